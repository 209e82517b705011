/**
 * Collateral assets: coins that stand beside an account's money and count, with weights, in its equity for margin.
 *
 * An account holds whole lots of an asset; lots are brought in once and then only change hands. What lots count for is
 *
 *   counted = ⌊ n · u · min(p, p_D) · w / 10⁶ ⌋ quanta
 *
 * n: lots; u: quanta per tick and lot; p: price, ticks; w = ⌊10⁶ · min(1 − haircut, 1.1 / (1 + imf · √(size in coins)))⌋, the
 * weight by size (Drift v2); p_D = ⌊start / (D · u)⌋, the price at which all D lots deposited are worth `start`: the weight by
 * deposits, min(1, start / (D · u · p)), times the price (Mango v4), so that what counts never rises when the price
 * falls. Both as in formulas/collateral-weights.ts, which a test compares.
 */
import { CapacityError, InvariantError } from '../../core/errors.ts';
import { MAX_KEY } from '../../core/ladder.ts';
import type { LinearTerms } from '../../contracts/linear.ts';
import { Contracts } from '../../contracts/contracts.ts';
import { PPM, shareOf } from '../margin/rule.ts';
import type { ClearingTables } from '../schema.ts';
import { OUTSIDE } from '../schema.ts';

/** What is fixed about an asset. */
export interface AssetTerms {
  readonly name: string;
  readonly contract: LinearTerms;
  /** Coins in one lot. */
  readonly lot: number;
  /** Share of the value that does not count, ppm. */
  readonly haircut_ppm: number;
  /** How fast the weight falls with an account's size (imf), per square root of a coin; 0: it does not. */
  readonly size_discount: number;
  /** Value of all deposits from which the weight falls, quanta; Infinity: never. */
  readonly deposit_scale_start: number;
  /** What a forced sale brings less than the price, ppm. */
  readonly penalty_ppm: number;
}

/** Price of an asset that no loss leads to. */
const NEVER = 0;

export class Collateral {
  readonly assets: readonly AssetTerms[];
  /** How many assets there are. */
  readonly count: number;
  /** Ticks, by asset. */
  readonly price: Int32Array;
  /** Row: account × assets + asset. */
  readonly lots: Int32Array;
  private readonly contracts: Contracts;
  private readonly weight: Int32Array;
  private readonly table: ClearingTables['assets'];

  constructor(tables: ClearingTables, assets: readonly AssetTerms[]) {
    this.assets = assets;
    this.count = assets.length;
    this.contracts = new Contracts(assets.map(({ contract }) => contract));
    this.price = tables.assets.price;
    this.lots = tables.holdings.lots;
    this.weight = tables.holdings.weight_ppm;
    this.table = tables.assets;
  }

  /** Lots of an asset that an account holds. */
  held(account: number, asset: number): number {
    return this.count === 0 ? 0 : this.lots[account * this.count + asset]!;
  }

  /** What all assets of an account count for at the present prices, quanta. */
  counted(account: number): number {
    let total = 0;
    for (let asset = 0; asset < this.count; asset++) total += this.countedOf(account, asset);
    return total;
  }

  /** What one asset of an account counts for at the present price, quanta. */
  countedOf(account: number, asset: number): number {
    return this.countedAt(account, asset, this.price[asset]!);
  }

  /** Brings lots of an asset into the system. The only way in. */
  bring(account: number, asset: number, lots: number): void {
    if (asset < 0 || asset >= this.count) throw new InvariantError(`there is no collateral asset ${asset}`);
    const { brought } = this.table;
    brought[asset] = brought[asset]! + lots;
    this.move(account, asset, lots);
  }

  /**
   * Least lots that count for `quanta` or more by their size alone, as if they were the account's only ones and deposits
   * were small; for traders who bring an asset in place of money.
   */
  lotsFor(asset: number, quanta: number): number {
    const price = this.price[asset]!;
    const counts = (lots: number) =>
      floorShare(this.contracts.value(asset, lots, price), this.weightOf(asset, lots));
    let enough = 1;
    while (counts(enough) < quanta) {
      if (enough > MAX_KEY)
        throw new CapacityError('lots of a collateral asset', enough, 'market.collateral.lot');
      enough *= 2;
    }
    let few = 0;
    while (enough - few > 1) {
      const middle = Math.floor((few + enough) / 2);
      if (counts(middle) < quanta) few = middle;
      else enough = middle;
    }
    return enough;
  }

  /**
   * Sells assets, in the order of their list, to the rest of the world: as few lots as bring `quanta`, or all. Each lot goes
   * at the price less the penalty. Returns what they brought, which the caller pays to the account.
   */
  sell(account: number, quanta: number): number {
    let raised = 0;
    for (let asset = 0; asset < this.count && raised < quanta; asset++) {
      const lots = this.needed(asset, this.held(account, asset), quanta - raised);
      if (lots > 0) raised += this.sellLots(account, asset, lots);
    }
    return raised;
  }

  /** Sells lots of one asset to the rest of the world. Returns what they brought, quanta. */
  sellLots(account: number, asset: number, lots: number): number {
    const quanta = this.proceeds(asset, lots);
    this.move(account, asset, -lots);
    this.move(OUTSIDE, asset, lots);
    return quanta;
  }

  /**
   * The highest price (ticks) below the present one at which an account's lots count for at least `loss` quanta less than
   * now; 0 if there is none. With a `loss` of 0: at which they count for less at all.
   */
  priceAtLoss(account: number, asset: number, loss: number): number {
    let kept = this.price[asset]!;
    const most = this.countedAt(account, asset, kept) - (loss > 1 ? loss : 1);
    let lost = 1;
    if (kept === lost || this.countedAt(account, asset, lost) > most) return NEVER;
    while (kept - lost > 1) {
      const middle = (kept + lost) >> 1;
      if (this.countedAt(account, asset, middle) > most) kept = middle;
      else lost = middle;
    }
    return lost;
  }

  /** Throws InvariantError unless lots are conserved. Costs a pass over all accounts. */
  assertConserved(): void {
    for (let asset = 0; asset < this.count; asset++) {
      let total = 0;
      for (let row = asset; row < this.lots.length; row += this.count) total += this.lots[row]!;
      const { brought, deposits } = this.table;
      const deposited = total - this.held(OUTSIDE, asset);
      if (total === brought[asset] && deposited === deposits[asset]) continue;
      throw new InvariantError(
        `${this.assets[asset]!.name}: ${total} lots, ${deposited} deposited, of ${brought[asset]!} and ${deposits[asset]!}`,
      );
    }
  }

  private countedAt(account: number, asset: number, price: number): number {
    const row = account * this.count + asset;
    const lots = this.lots[row]!;
    if (lots === 0) return 0;
    const { deposit_scale_start } = this.assets[asset]!;
    const scaled = Math.floor(
      this.contracts.move(asset, this.table.deposits[asset]!, 0, deposit_scale_start),
    );
    return floorShare(this.contracts.value(asset, lots, price < scaled ? price : scaled), this.weight[row]!);
  }

  /** Weight of so many lots by their size, ppm. */
  private weightOf(asset: number, lots: number): number {
    const { haircut_ppm, size_discount, lot } = this.assets[asset]!;
    const small = PPM - haircut_ppm;
    if (size_discount === 0) return small;
    const large = Math.floor((1.1 * PPM) / (1 + size_discount * Math.sqrt(lots * lot)));
    return small < large ? small : large;
  }

  private proceeds(asset: number, lots: number): number {
    const { penalty_ppm } = this.assets[asset]!;
    return floorShare(this.contracts.value(asset, lots, this.price[asset]!), PPM - penalty_ppm);
  }

  /** Fewest of the lots held that bring `quanta`; all if they do not. */
  private needed(asset: number, held: number, quanta: number): number {
    if (this.proceeds(asset, held) <= quanta) return held;
    let few = 0;
    let enough = held;
    while (enough - few > 1) {
      const middle = Math.floor((few + enough) / 2);
      if (this.proceeds(asset, middle) < quanta) few = middle;
      else enough = middle;
    }
    return enough;
  }

  private move(account: number, asset: number, lots: number): void {
    const row = account * this.count + asset;
    const after = this.lots[row]! + lots;
    this.lots[row] = after;
    if (account === OUTSIDE) return; // what it holds is no deposit
    this.weight[row] = this.weightOf(asset, after);
    const { deposits } = this.table;
    deposits[asset] = deposits[asset]! + lots;
  }
}

/** ⌊value · ppm / 10⁶⌋, exactly, for 0 ≤ ppm ≤ 10⁶. */
function floorShare(value: number, ppm: number): number {
  return value - shareOf(value, PPM - ppm);
}
