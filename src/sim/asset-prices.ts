/**
 * Prices of collateral assets: each makes steps of its own, of normal size, and follows an instrument. A step is
 *
 *   p ← p · (1 + σ·√Δt·Z + β·r)
 *
 * σ: volatility per √s; Δt: seconds between steps; Z: standard normal, from a stream of the asset's own; r: relative move
 * of the instrument's mark (or index) since the step before. Rounded to ticks, never below one; a fall reaches the
 * accounts whose triggers it crosses.
 */
import { MAX_KEY } from '../core/ladder.ts';
import type { EventQueue } from '../core/queue.ts';
import type { Rng } from '../core/rng.ts';
import type { RunKey } from '../core/seed.ts';
import { deriveStream, hashName } from '../core/seed.ts';
import { SECOND } from '../core/units.ts';
import type { Breaches } from './breaches.ts';
import { ASSET_STEP } from './events.ts';
import type { AssetSpec, Scenario } from './scenario.ts';
import type { Layout, WorldTables } from './tables.ts';

const PURPOSE_ASSET = 5;

export class AssetPrices {
  private readonly specs: readonly AssetSpec[];
  private readonly tables: WorldTables;
  private readonly queue: EventQueue;
  private readonly rng: Rng;
  private readonly breaches: Breaches;
  private readonly firstStream: number;

  constructor(
    scenario: Scenario,
    layout: Layout,
    tables: WorldTables,
    queue: EventQueue,
    rng: Rng,
    breaches: Breaches,
  ) {
    this.specs = scenario.assets ?? [];
    this.tables = tables;
    this.queue = queue;
    this.rng = rng;
    this.breaches = breaches;
    this.firstStream = layout.streams.assets;
  }

  /** First prices and first steps, the same in all runs. Marks and indexes must be set. */
  prepare(): void {
    const { price, exact, followed } = this.tables.assets;
    this.specs.forEach((spec, asset) => {
      price[asset] = spec.price;
      exact[asset] = spec.price;
      followed[asset] = this.followedPrice(spec);
      if (spec.volatility > 0 || spec.follows >= 0) this.queue.schedule(spec.every_us, ASSET_STEP, asset, 0);
    });
  }

  /** Their luck in one run. */
  start(key: RunKey): void {
    this.specs.forEach(({ name }, asset) => {
      deriveStream(key, hashName(name), 0, PURPOSE_ASSET, this.tables.streams, this.firstStream + asset);
    });
  }

  /** One step of an asset's price. */
  step(asset: number): void {
    const spec = this.specs[asset]!;
    const { price, exact, followed } = this.tables.assets;
    const now = this.followedPrice(spec);
    const move = spec.follows < 0 ? 0 : (now - followed[asset]!) / followed[asset]!;
    followed[asset] = now;
    const { volatility, every_us, beta } = spec;
    const own =
      volatility > 0
        ? volatility * Math.sqrt(every_us / SECOND) * this.rng.at(this.firstStream + asset).normal()
        : 0;
    const stepped = exact[asset]! * (1 + own + beta * move);
    exact[asset] = stepped < 1 ? 1 : stepped > MAX_KEY ? MAX_KEY : stepped;
    price[asset] = Math.round(exact[asset]);
    this.queue.schedule(this.queue.now + every_us, ASSET_STEP, asset, 0);
    this.breaches.reachAsset(asset, price[asset]);
  }

  /** Price of the instrument that an asset follows, ticks; 1 without one. */
  private followedPrice({ follows, of }: AssetSpec): number {
    if (follows < 0) return 1;
    return of === 'index' ? this.tables.prices.index[follows]! : this.tables.marks.price[follows]!;
  }
}
