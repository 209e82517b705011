// A small exchange of accounts played by random commands twice: once on the ladder of triggers, once by looking at
// every account after every command. Accounts found in breach are made healthy again, by money or by closing out.
import type { Ledger } from '../../../src/clearing/ledger/ledger.ts';
import type { Rng } from '../../../src/core/rng.ts';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import type { Desk } from '../desk.ts';
import { newDesk } from '../desk.ts';
import type { Requirement } from '../naive-requirement.ts';

const ACCOUNTS = 48;
const PRICES = [600_000, 40_000, 900];
const TICK_LOTS = [1, 2, 30];

export class TriggerTwin {
  readonly ledger: Ledger;
  /** What the last command was, and which accounts it broke by either count. */
  last = '';
  byLadder = '';
  byScan = '';
  /** Independent of the order of accounts within a command. */
  ladderHash = 0;
  scanHash = 0;
  reported = 0;
  crossings = 0;
  crossingsInBreach = 0;
  byUpdate = 0;
  readonly #desk: Desk;
  readonly #required: Requirement;
  readonly #rng: Rng;
  readonly #instruments: number;

  constructor(
    instruments: number,
    policy: WrittenPolicy,
    requirement: (desk: Desk) => Requirement,
    rng: Rng,
  ) {
    this.#instruments = instruments;
    this.#desk = newDesk({
      tickLots: TICK_LOTS.slice(0, instruments),
      marks: PRICES.slice(0, instruments),
      accounts: ACCOUNTS,
      policy,
    });
    this.ledger = this.#desk.ledger;
    this.#required = requirement(this.#desk);
    this.#rng = rng;
  }

  command(number: number): void {
    const rng = this.#rng;
    const choice = rng.below(100);
    const instrument = rng.below(this.#instruments);
    let broken: number[];
    if (choice < 35) broken = this.#fill(instrument);
    else if (choice < 50) broken = this.#deposit();
    else if (choice < 95 || this.#desk.margin.update === undefined) broken = this.#move(instrument);
    else broken = this.#update(instrument);
    broken.sort((a, b) => a - b);
    const scanned = this.#scan();
    this.ladderHash = fold(this.ladderHash, number, broken);
    this.scanHash = fold(this.scanHash, number, scanned);
    this.byLadder = String(broken);
    this.byScan = String(scanned);
    this.reported += scanned.length;
    for (const account of scanned) this.#cure(account);
  }

  /** Account 0 is the rest of the world, which nobody watches. */
  #fill(instrument: number): number[] {
    const rng = this.#rng;
    const buyer = rng.below(ACCOUNTS);
    const seller = (buyer + 1 + rng.below(ACCOUNTS - 1)) % ACCOUNTS;
    const mark = this.ledger.marks[instrument]!;
    const price = Math.max(1, Math.round(mark * (1 + 0.01 * rng.normal())));
    // Sizes over several tiers: up to 1.5 · 10⁹ quanta of notional.
    const most = 10 + Math.floor((rng.chance(0.1) ? 1.5e9 : 2e7) / (price * TICK_LOTS[instrument]!));
    const lots = 1 + rng.below(most);
    this.last = `fill of ${lots} lots of ${instrument} at ${price} by ${buyer} from ${seller}`;
    if (this.#tooLarge(buyer, instrument, lots, price) || this.#tooLarge(seller, instrument, -lots, price))
      return [];
    this.ledger.settle(buyer, seller, instrument, lots, price);
    return [buyer, seller].filter((account) => account !== 0 && !this.#desk.house.watch(account));
  }

  /** Beyond what plain numbers hold exactly. */
  #tooLarge(account: number, instrument: number, lots: number, price: number): boolean {
    const after = Math.abs(this.ledger.position(account, instrument) + lots);
    return after * price * TICK_LOTS[instrument]! > 2e9;
  }

  #deposit(): number[] {
    const account = 1 + this.#rng.below(ACCOUNTS - 1);
    const { house } = this.#desk;
    const slack = this.ledger.equity(account) - house.requirement.maintenance(account);
    const share = 2 * this.#rng.uniform() - 0.9; // a withdrawal may take all slack, and a little more
    const quanta = this.#rng.chance(0.5) ? Math.round(share * slack) : this.#rng.below(1000);
    this.last = `${quanta} quanta for ${account}`;
    this.ledger.mint(account, quanta);
    return house.watch(account) ? [] : [account];
  }

  #move(instrument: number): number[] {
    const rng = this.#rng;
    const before = this.ledger.marks[instrument]!;
    const scale = rng.chance(0.05) ? 0.05 : rng.chance(0.5) ? 0.001 : 3 / before;
    // Pulled back to the start, so that prices stay where the numbers are exact.
    const target = before * (1 + scale * rng.normal()) + 0.02 * scale * (PRICES[instrument]! - before);
    const mark = Math.max(1, Math.min(2 * PRICES[instrument]!, Math.round(target)));
    this.last = `mark of ${instrument} from ${before} to ${mark}`;
    this.ledger.marks[instrument] = mark;
    const { house } = this.#desk;
    const broken: number[] = [];
    for (;;) {
      const account = house.triggers.crossed(instrument, mark);
      if (account < 0) return broken;
      this.crossings++;
      if (house.watch(account)) continue;
      this.crossingsInBreach++;
      broken.push(account);
    }
  }

  #update(instrument: number): number[] {
    const { house, margin } = this.#desk;
    this.last = `update of the requirements of ${instrument}`;
    if (!margin.update!(instrument, this.ledger.marks[instrument]!)) return [];
    const broken: number[] = [];
    for (let account = 1; account < ACCOUNTS; account++) if (!house.watch(account)) broken.push(account);
    this.byUpdate += broken.length;
    return broken;
  }

  #scan(): number[] {
    const { quote } = this.ledger.accounts;
    const { lots, marks } = this.ledger;
    const broken: number[] = [];
    for (let account = 1; account < ACCOUNTS; account++) {
      let equity = quote[account]!;
      let required = 0;
      let flat = true;
      for (let i = 0; i < this.#instruments; i++) {
        const held = lots[account * this.#instruments + i]!;
        if (held === 0) continue;
        flat = false;
        const value = held * marks[i]! * TICK_LOTS[i]!;
        equity += value;
        required += this.#required(Math.abs(value), i);
      }
      if (flat ? equity < 0 : equity <= required) broken.push(account);
    }
    return broken;
  }

  #cure(account: number): void {
    const { ledger } = this;
    const { house } = this.#desk;
    if (this.#rng.chance(0.5)) {
      for (let i = 0; i < this.#instruments; i++)
        ledger.settle(0, account, i, ledger.position(account, i), ledger.marks[i]!);
    }
    const missing = house.requirement.maintenance(account) - ledger.equity(account);
    const slack = this.#rng.chance(0.2) ? 1 + this.#rng.below(5) : 1 + this.#rng.below(30_000_000);
    ledger.mint(account, missing + slack);
    if (!house.watch(account))
      throw new Error(`account ${account} has ${slack} quanta to lose and is in breach`);
  }
}

function fold(hash: number, number: number, accounts: readonly number[]): number {
  for (const account of accounts)
    hash = Math.imul(hash ^ (number * 64 + account), 0x9e3779b1) ^ (hash >>> 15);
  return hash;
}
