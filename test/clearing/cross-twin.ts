// Cross accounts with several positions, long, short and hedged, and collateral assets, under prices that wander: who falls to the watched level by
// the ladder of triggers, and who by looking at everybody after every mark. A broken account begins anew elsewhere.
import { linear } from '../../src/contracts/linear.ts';
import type { AssetTerms } from '../../src/clearing/ledger/collateral.ts';
import type { Rng } from '../../src/core/rng.ts';
import type { WrittenPolicy } from '../sim/by-hand.ts';
import type { Desk } from './desk.ts';
import { newDesk } from './desk.ts';
import type { Requirement } from './naive-requirement.ts';

const ACCOUNTS = 64;
const PRICES = [600_000, 40_000, 900, 7000];
const TICK_LOTS = [1, 2, 30, 5];

/** One whose weight falls with the account's size, one whose weight falls with all deposits. */
export const ASSETS: readonly AssetTerms[] = [
  {
    name: 'large',
    contract: linear(1),
    lot: 1,
    haircut_ppm: 100_000,
    size_discount: 0.01,
    deposit_scale_start: Infinity,
    penalty_ppm: 0,
  },
  {
    name: 'scarce',
    contract: linear(7),
    lot: 0.01,
    haircut_ppm: 333_333,
    size_discount: 0,
    deposit_scale_start: 400_000_000,
    penalty_ppm: 50_000,
  },
];
const ASSET_PRICES = [1000, 30_000];

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
  /** Accounts that broke when a collateral asset fell; of these, without a position. */
  brokenByAsset = 0;
  brokenFlat = 0;
  last = '';
  readonly #assets: readonly AssetTerms[];
  readonly #required: Requirement;
  readonly #level_ppm: number;
  readonly #rng: Rng;

  constructor(
    policy: WrittenPolicy,
    level: number,
    required: Requirement,
    rng: Rng,
    assets: readonly AssetTerms[] = [],
  ) {
    this.#assets = assets;
    this.desk = newDesk({
      tickLots: TICK_LOTS,
      marks: PRICES,
      accounts: ACCOUNTS,
      assets,
      policy: { ...policy, ladder: [{ rung: 'full', at: level }] },
    });
    this.#level_ppm = Math.round(level * 1e6);
    this.#required = required;
    this.#rng = rng;
    ASSET_PRICES.slice(0, assets.length).forEach((price, asset) => {
      this.desk.ledger.collateral.price[asset] = price;
    });
    for (let account = 1; account < ACCOUNTS; account++) this.#begin(account);
    this.#settleDown();
  }

  /** One mark, or price of an asset, moves; the accounts that this breaks are compared and begin anew. */
  move(): void {
    const rng = this.#rng;
    const { ledger, house } = this.desk;
    const { triggers } = house;
    const i = rng.below(PRICES.length + this.#assets.length);
    const asset = i - PRICES.length;
    let byLadder: number[];
    if (asset < 0) {
      const mark = this.#next(ledger.marks[i]!, PRICES[i]!);
      this.last = `mark of ${i} from ${ledger.marks[i]!} to ${mark}`;
      ledger.setMark(i, mark);
      byLadder = this.#broken(() => triggers.crossed(i, mark));
    } else {
      const { price } = ledger.collateral;
      const next = this.#next(price[asset]!, ASSET_PRICES[asset]!);
      this.last = `price of asset ${asset} from ${price[asset]!} to ${next}`;
      price[asset] = next;
      byLadder = this.#broken(() => triggers.crossedByAsset(asset, next));
    }
    this.marks++;
    const byScan = this.#scan();
    this.ladderHash = fold(this.ladderHash, this.marks, byLadder);
    this.scanHash = fold(this.scanHash, this.marks, byScan);
    if (this.ladderHash !== this.scanHash) {
      throw new Error(`${this.last}: ladder ${String(byLadder)}, scan ${String(byScan)}`);
    }
    this.broken += byScan.length;
    if (asset >= 0) {
      this.brokenByAsset += byScan.length;
      this.brokenFlat += byScan.filter((account) => ledger.isFlat(account)).length;
    }
    for (const account of byScan) this.#begin(account);
    if (this.#assets.length > 0 && byScan.length > 0) this.#settleDown();
  }

  #next(before: number, start: number): number {
    const rng = this.#rng;
    const scale = rng.chance(0.05) ? 0.03 : rng.chance(0.5) ? 0.001 : 2 / before;
    const target = before * (1 + scale * rng.normal()) + 0.02 * scale * (start - before);
    return Math.max(1, Math.min(2 * start, Math.round(target)));
  }

  #broken(next: () => number): number[] {
    const broken: number[] = [];
    for (;;) {
      const account = next();
      if (account < 0) return broken.sort((a, b) => a - b);
      this.looks++;
      if (!this.desk.house.watch(account)) broken.push(account);
    }
  }

  /** New deposits take weight from the others': whoever that breaks begins anew, until nobody does. */
  #settleDown(): void {
    for (let again = true; again;) {
      again = false;
      for (let account = 1; account < ACCOUNTS; account++) {
        if (this.desk.house.watch(account)) continue;
        this.#begin(account);
        again = true;
      }
    }
  }

  #scan(): number[] {
    const broken: number[] = [];
    for (let account = 1; account < ACCOUNTS; account++) if (this.#spare(account) <= 0) broken.push(account);
    return broken;
  }

  /** What an account can lose before it breaks, quanta, from the raw columns. */
  #spare(account: number): number {
    const { ledger } = this.desk;
    let equity = ledger.accounts.quote[account]!;
    let required = 0;
    let flat = true;
    for (let i = 0; i < PRICES.length; i++) {
      const value = ledger.lots[account * PRICES.length + i]! * ledger.marks[i]! * TICK_LOTS[i]!;
      equity += value;
      flat &&= value === 0;
      if (value !== 0) required += this.#required(Math.abs(value), i);
    }
    this.#assets.forEach((_, asset) => {
      equity += this.#counted(account, asset);
    });
    if (flat) return equity + 1; // nothing to hold a margin for: it breaks below zero
    return equity - Number((BigInt(required) * BigInt(this.#level_ppm) + 999_999n) / 1_000_000n);
  }

  /** ⌊lots · unit · min(price, start / deposits) · weight⌋ in whole numbers. */
  #counted(account: number, asset: number): number {
    const { lots, price } = this.desk.ledger.collateral;
    const { contract, lot, haircut_ppm, size_discount, deposit_scale_start } = this.#assets[asset]!;
    const count = this.#assets.length;
    let deposits = 0;
    for (let other = 1; other < ACCOUNTS; other++) deposits += lots[other * count + asset]!;
    const held = lots[account * count + asset]!;
    const bySize = Math.floor(1.1e6 / (1 + size_discount * Math.sqrt(held * lot)));
    const weight = Math.min(1e6 - haircut_ppm, size_discount > 0 ? bySize : 1e6);
    const most = Math.floor(deposit_scale_start / (deposits * contract.tickLot));
    const ticks = Math.min(price[asset]!, most);
    return held === 0
      ? 0
      : Number((BigInt(held * contract.tickLot) * BigInt(ticks) * BigInt(weight)) / 1_000_000n);
  }

  /** A new portfolio of two to four positions, and from one quantum to a good deal more than it needs. */
  #begin(account: number): void {
    const rng = this.#rng;
    const { ledger, house } = this.desk;
    const bare = this.#assets.length > 0 && rng.chance(0.1); // no position, a debt that assets cover
    const count = bare ? 0 : 2 + rng.below(PRICES.length - 1);
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
    ledger.sellCollateral(account, Number.MAX_SAFE_INTEGER);
    this.#assets.forEach(({ contract }, asset) => {
      if (!bare && rng.chance(0.3)) return;
      const value = small ? 30_000 : 3_000_000;
      const most = 1 + Math.floor(value / (contract.tickLot * ASSET_PRICES[asset]!));
      ledger.collateral.bring(account, asset, 1 + rng.below(most));
    });
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
