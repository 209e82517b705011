/**
 * Collateral assets as the auditor keeps them: who holds how many lots, and what they count for in equity.
 *
 *   counted = ⌊n · u · min(p, ⌊start / (D · u)⌋) · w / 10⁶⌋, w = min(10⁶ − haircut, ⌊1.1 · 10⁶ / (1 + imf · √(n · lot))⌋)
 *
 * n lots, D lots in all accounts but the rest of the world's, u quanta a tick and lot, p the price in ticks.
 */
import { floorDiv, least, PPM } from './arithmetic.ts';
import type { AssetTerms } from './terms.ts';
import { OUTSIDE } from './terms.ts';

export class Collateral {
  readonly count: number;
  readonly prices: bigint[] = [];
  private readonly assets: readonly AssetTerms[];
  /** By asset, then account. */
  private readonly lots: readonly bigint[][];
  private readonly deposits: bigint[];

  constructor(assets: readonly AssetTerms[]) {
    this.assets = assets;
    this.count = assets.length;
    this.lots = assets.map(() => []);
    this.deposits = assets.map(() => 0n);
  }

  held(account: number, asset: number): bigint {
    return this.lots[asset]![account] ?? 0n;
  }

  move(account: number, asset: number, lots: bigint): void {
    this.lots[asset]![account] = this.held(account, asset) + lots;
    if (account !== OUTSIDE) this.deposits[asset] = this.deposits[asset]! + lots;
  }

  /** The first asset before `end` that an account holds any of; −1: none. */
  firstHeld(account: number, end = this.count): number {
    for (let asset = 0; asset < end; asset++) if (this.held(account, asset) > 0n) return asset;
    return -1;
  }

  /** What all assets of an account count for, quanta. */
  counted(account: number): bigint {
    let sum = 0n;
    for (let asset = 0; asset < this.count; asset++) sum += this.countedOf(account, asset);
    return sum;
  }

  /** What a forced sale of so many lots brings, quanta. */
  proceeds(asset: number, lots: bigint): bigint {
    const { tick_lot, penalty_ppm } = this.assets[asset]!;
    return floorDiv(lots * BigInt(tick_lot) * this.prices[asset]! * (PPM - BigInt(penalty_ppm)), PPM);
  }

  /** Fewest of the lots held that bring `quanta`; all, if they do not bring more. */
  needed(account: number, asset: number, quanta: bigint): bigint {
    const held = this.held(account, asset);
    let few = 0n;
    let enough = held;
    if (this.proceeds(asset, held) <= quanta) return held;
    while (enough - few > 1n) {
      const middle = (few + enough) / 2n;
      if (this.proceeds(asset, middle) < quanta) few = middle;
      else enough = middle;
    }
    return enough;
  }

  private countedOf(account: number, asset: number): bigint {
    const lots = this.held(account, asset);
    if (lots === 0n) return 0n;
    const { tick_lot, deposit_scale_start: start } = this.assets[asset]!;
    const unit = BigInt(tick_lot);
    const price = this.prices[asset]!;
    const scaled = start === null ? price : BigInt(start) / (this.deposits[asset]! * unit);
    return floorDiv(lots * unit * least(price, scaled) * this.weight(asset, lots), PPM);
  }

  /** ppm. The root is that of IEEE 754 doubles, which is the same everywhere. */
  private weight(asset: number, lots: bigint): bigint {
    const { haircut_ppm, size_discount, lot } = this.assets[asset]!;
    const small = PPM - BigInt(haircut_ppm);
    if (size_discount === 0) return small;
    return least(small, BigInt(Math.floor(1_100_000 / (1 + size_discount * Math.sqrt(Number(lots) * lot)))));
  }
}
