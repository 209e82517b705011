/**
 * Prices that are made outside of these markets. The index, which is the price on other venues, makes steps of normal size:
 * p ← p · (1 + σ·√(A·Δt)·Z), and where it jumps, jumps of Laplace's law at a rate times A; a part of both may be
 * common to several instruments (common-factor.ts). A collateral asset makes normal steps too, and follows an instrument: p ← p · (1 + σ·√Δt·Z + β·r).
 *
 * A: everybody's activity (1 where it does not vary); σ: volatility per √s; Δt: seconds between steps; Z: standard normal, from a stream of the price's own; r: relative move
 * of the instrument's mark (or index) since the asset's step before. An asset's price is rounded to ticks, never below
 * one, and its fall reaches the accounts whose triggers it crosses.
 */
import { MAX_KEY } from '../../core/ladder.ts';
import type { Agenda } from '../terms/agenda.ts';
import type { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { deriveStream, hashName } from '../../core/seed.ts';
import { SECOND } from '../../core/units.ts';
import type { Breaches } from './breaches.ts';
import type { FlowBelief } from './flow-belief.ts';
import { ASSET_STEP, INDEX_STEP } from '../terms/events.ts';
import { PURPOSE } from '../terms/purposes.ts';
import { CommonFactor, ownShare } from './common-factor.ts';
import type { JumpSpec } from '../terms/jumps.ts';
import { laplaceJump } from '../terms/jumps.ts';
import type { VenueLayout } from '../scenario/layout.ts';
import type { AssetSpec, InstrumentSpec, VenueSpec } from '../scenario/scenario.ts';
import type { WorldTables } from '../scenario/tables.ts';

export class OutsidePrices {
  private readonly instruments: readonly InstrumentSpec[];
  private readonly assets: readonly AssetSpec[];
  private readonly tables: WorldTables;
  private readonly queue: Agenda;
  private readonly rng: Rng;
  private readonly breaches: Breaches;
  private readonly belief: FlowBelief;
  private readonly streams: VenueLayout['streams'];
  private readonly common: CommonFactor;
  /** By instrument: volatility of the steps that are its own alone. */
  private readonly own: Float64Array;

  constructor(
    venue: VenueSpec,
    commonJumps: JumpSpec | undefined,
    layout: VenueLayout,
    tables: WorldTables,
    queue: Agenda,
    rng: Rng,
    breaches: Breaches,
    belief: FlowBelief,
  ) {
    this.instruments = venue.instruments;
    this.assets = venue.assets ?? [];
    this.tables = tables;
    this.queue = queue;
    this.rng = rng;
    this.breaches = breaches;
    this.belief = belief;
    this.streams = layout.streams;
    this.common = new CommonFactor(venue.instruments, commonJumps, layout.streams.common, tables, queue, rng);
    this.own = Float64Array.from(venue.instruments, (spec) => spec.index.volatility * ownShare(spec));
  }

  /** First steps of an instrument's index. */
  prepareIndex(instrument: number): void {
    const { volatility, every_us, jumps, common } = this.instruments[instrument]!.index;
    if (volatility > 0 || jumps !== undefined || common !== undefined || this.belief.isRead(instrument))
      this.queue.schedule(this.queue.now + every_us, INDEX_STEP, 0, instrument);
  }

  /** First prices and first steps of the assets. Marks and indexes must be set. */
  prepareAssets(): void {
    const { price, exact, followed } = this.tables.assets;
    this.assets.forEach((spec, asset) => {
      price[asset] = spec.price;
      exact[asset] = spec.price;
      followed[asset] = this.followedPrice(spec);
      if (spec.volatility > 0 || spec.follows >= 0) this.schedule(spec, asset);
    });
  }

  /** Their luck in one run. */
  start(key: RunKey): void {
    const { streams } = this.tables;
    this.common.start(key);
    this.instruments.forEach(({ name }, i) => {
      deriveStream(key, hashName(name), 0, PURPOSE.index, streams, this.streams.indexes + i);
    });
    this.assets.forEach(({ name }, i) => {
      deriveStream(key, hashName(name), 0, PURPOSE.asset, streams, this.streams.assets + i);
    });
  }

  stepIndex(instrument: number): void {
    this.belief.step(instrument);
    const { every_us, jumps } = this.instruments[instrument]!.index;
    const rng = this.rng.at(this.streams.indexes + instrument);
    const { prices, run } = this.tables;
    const elapsed = (every_us / SECOND) * run.activity[0]!;
    let step = this.own[instrument]! * Math.sqrt(elapsed) * rng.normal();
    if (jumps !== undefined) step += laplaceJump(rng, jumps, elapsed);
    step += this.common.moveOf(instrument);
    // 1 + s has mean 1 and nothing is taken off: the index is a martingale, its expected value is where it stands. Its
    // logarithm falls by s² / 2 a step on average, as that of exp(s − σ²Δt / 2) does, which costs more.
    prices.index[instrument] = onPriceAxis(prices.index[instrument]! * (1 + step));
    this.queue.schedule(this.queue.now + every_us, INDEX_STEP, 0, instrument);
  }

  /** The price on other venues changes at once by a share. */
  jumpIndex(instrument: number, change: number): void {
    const { index } = this.tables.prices;
    index[instrument] = onPriceAxis(index[instrument]! * (1 + change));
  }

  stepAsset(asset: number): void {
    const spec = this.assets[asset]!;
    const { price, exact, followed } = this.tables.assets;
    const before = followed[asset]!;
    const now = this.followedPrice(spec);
    followed[asset] = now;
    const { volatility, every_us, beta } = spec;
    const luck = volatility > 0 ? this.rng.at(this.streams.assets + asset).normal() : 0;
    const own = volatility * Math.sqrt(every_us / SECOND) * luck;
    const stepped = exact[asset]! * (1 + own + (beta * (now - before)) / before);
    exact[asset] = onPriceAxis(stepped);
    price[asset] = Math.round(exact[asset]);
    this.schedule(spec, asset);
    this.breaches.reachAsset(asset, price[asset]);
  }

  private schedule({ every_us }: AssetSpec, asset: number): void {
    this.queue.schedule(this.queue.now + every_us, ASSET_STEP, asset, 0);
  }

  /** Price of the instrument that an asset follows, ticks; 1 without one. */
  private followedPrice({ follows, of }: AssetSpec): number {
    if (follows < 0) return 1;
    return of === 'index' ? this.tables.prices.index[follows]! : this.tables.marks.price[follows]!;
  }
}

/** The nearest price that a book could have, ticks. */
function onPriceAxis(price: number): number {
  return price < 1 ? 1 : price > MAX_KEY ? MAX_KEY : price;
}
