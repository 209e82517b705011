// Cross accounts with several positions, long, short and hedged, under marks that wander: who falls to the watched level by
// the ladder of triggers, and who by looking at everybody after every mark. A broken account begins anew elsewhere.
import type { Rng } from '../../src/core/rng.ts';
import type { WrittenPolicy } from '../sim/by-hand.ts';
import type { Desk } from './desk.ts';
import { newDesk } from './desk.ts';
import type { Requirement } from './naive-requirement.ts';

const ACCOUNTS = 64;
const PRICES = [600_000, 40_000, 900, 7000];
const TICK_LOTS = [1, 2, 30, 5];

export class CrossTwin {
  readonly desk: Desk;
  /** Independent of the order of accounts within a mark. */
  ladderHash = 0;
  scanHash = 0;
  marks = 0;
  broken = 0;
  /** Bands left, with or without a breach. */
  looks = 0;
  /** Portfolios of that many positions; those that are long one thing and short another. */
  readonly sizes = [0, 0, 0, 0, 0];
  hedged = 0;
  last = '';
  readonly #required: Requirement;
  readonly #level_ppm: number;
  readonly #rng: Rng;

  constructor(policy: WrittenPolicy, level: number, required: Requirement, rng: Rng) {
    this.desk = newDesk({
      tickLots: TICK_LOTS,
      marks: PRICES,
      accounts: ACCOUNTS,
      policy: { ...policy, ladder: [{ rung: 'full', at: level }] },
    });
    this.#level_ppm = Math.round(level * 1e6);
    this.#required = required;
    this.#rng = rng;
    for (let account = 1; account < ACCOUNTS; account++) this.#begin(account);
  }

  /** One mark moves; the accounts that this breaks are compared and begin anew. */
  move(): void {
    const rng = this.#rng;
    const { ledger } = this.desk;
    const i = rng.below(PRICES.length);
    const before = ledger.marks[i]!;
    const scale = rng.chance(0.05) ? 0.03 : rng.chance(0.5) ? 0.001 : 2 / before;
    const target = before * (1 + scale * rng.normal()) + 0.02 * scale * (PRICES[i]! - before);
    const mark = Math.max(1, Math.min(2 * PRICES[i]!, Math.round(target)));
    this.last = `mark of ${i} from ${before} to ${mark}`;
    ledger.setMark(i, mark);
    this.marks++;
    const byLadder = this.#crossed(i, mark);
    const byScan = this.#scan();
    this.ladderHash = fold(this.ladderHash, this.marks, byLadder);
    this.scanHash = fold(this.scanHash, this.marks, byScan);
    if (this.ladderHash !== this.scanHash) {
      throw new Error(`${this.last}: ladder ${String(byLadder)}, scan ${String(byScan)}`);
    }
    this.broken += byScan.length;
    for (const account of byScan) this.#begin(account);
  }

  #crossed(instrument: number, mark: number): number[] {
    const { house } = this.desk;
    const broken: number[] = [];
    for (;;) {
      const account = house.triggers.crossed(instrument, mark);
      if (account < 0) return broken.sort((a, b) => a - b);
      this.looks++;
      if (!house.watch(account)) broken.push(account);
    }
  }

  #scan(): number[] {
    const broken: number[] = [];
    for (let account = 1; account < ACCOUNTS; account++) if (this.#spare(account) <= 0) broken.push(account);
    return broken;
  }

  /** Equity less the watched level of the requirement, quanta, from the raw columns. */
  #spare(account: number): number {
    const { ledger } = this.desk;
    let equity = ledger.accounts.quote[account]!;
    let required = 0;
    for (let i = 0; i < PRICES.length; i++) {
      const value = ledger.lots[account * PRICES.length + i]! * ledger.marks[i]! * TICK_LOTS[i]!;
      equity += value;
      if (value !== 0) required += this.#required(Math.abs(value), i);
    }
    return equity - Number((BigInt(required) * BigInt(this.#level_ppm) + 999_999n) / 1_000_000n);
  }

  /** A new portfolio of two to four positions, and from one quantum to a good deal more than it needs. */
  #begin(account: number): void {
    const rng = this.#rng;
    const { ledger, house } = this.desk;
    const count = 2 + rng.below(PRICES.length - 1);
    const left = PRICES.map((_, i) => i);
    const small = rng.chance(0.5); // a tick is worth a quantum or some: rounding matters
    const chosen = Array.from({ length: count }, () => left.splice(rng.below(left.length), 1)[0]!);
    PRICES.forEach((_, i) => {
      const mark = ledger.marks[i]!;
      const most = Math.max(1, Math.floor(3e7 / (mark * TICK_LOTS[i]!)));
      const size = 1 + rng.below(small ? 3 : most);
      const wanted = chosen.includes(i) ? (rng.chance(0.5) ? size : -size) : 0;
      ledger.settle(account, 0, i, wanted - ledger.position(account, i), mark);
    });
    const sides = chosen.map((i) => Math.sign(ledger.position(account, i)));
    if (new Set(sides).size > 1) this.hedged++;
    this.sizes[count]!++;
    const slack = rng.chance(0.3) ? 1 + rng.below(6) : 1 + rng.below(small ? 20_000 : 2_000_000);
    ledger.mint(account, slack - this.#spare(account));
    if (!house.watch(account))
      throw new Error(`account ${account} has ${slack} quanta to lose and is in breach`);
  }
}

function fold(hash: number, number: number, accounts: readonly number[]): number {
  for (const account of accounts)
    hash = Math.imul(hash ^ (number * 64 + account), 0x9e3779b1) ^ (hash >>> 15);
  return hash;
}
