/** What is known of a whole run beforehand: a row a moment, at equal distances of time, from its beginning to its end. */
import { BUY } from '../market/book.ts';
import { depthWithin, touchOf } from '../sim/observe/book-depth.ts';
import type { View } from './view.ts';
import { moneyOf } from './view.ts';
import type { Heat } from './heat.ts';
import { emptyHeat, lookAtBook } from './heat.ts';

/** Columns of a row a moment. Prices in ticks; money in units of money. */
export interface Track {
  readonly instrument: number;
  readonly time_us: Float64Array;
  /** Events so far. */
  readonly events: Float64Array;
  readonly middle: Float64Array;
  /** Of the latest trade; the first mark before there is one. */
  readonly last: Int32Array;
  readonly mark: Int32Array;
  readonly index: Float64Array;
  /** Lots bought and sold by takers since the moment before. */
  readonly bought: Float64Array;
  readonly sold: Float64Array;
  /** … of these, lots of forced orders. */
  readonly forced: Float64Array;
  /** Accounts in distress. */
  readonly distressed: Int32Array;
  /** Forced orders so far, and calls. */
  readonly liquidations: Int32Array;
  readonly calls: Int32Array;
  /** Resting within 1 % of the middle. */
  readonly bids: Float64Array;
  readonly asks: Float64Array;
  readonly heat: Heat;
}

/** Within this share of the middle, depth is told as one number. */
const NEAR = 0.01;

export class TrackWriter {
  readonly track: Track;
  #moment = 0;
  #fills: number;

  /** `step_us`: time between moments, the first of which is time 0. */
  constructor(view: View, until_us: number, step_us: number) {
    const { venue, instrument } = view;
    const moments = Math.ceil(until_us / step_us) + 1;
    const float = (): Float64Array => new Float64Array(moments);
    const whole = (): Int32Array => new Int32Array(moments);
    this.#fills = venue.book.fills.count;
    this.track = {
      instrument,
      time_us: float(),
      events: float(),
      middle: float(),
      last: whole(),
      mark: whole(),
      index: float(),
      bought: float(),
      sold: float(),
      forced: float(),
      distressed: whole(),
      liquidations: whole(),
      calls: whole(),
      bids: float(),
      asks: float(),
      heat: emptyHeat(moments, venue.spec.instruments[instrument]!.price),
    };
  }

  /** Writes what the world is now as the next moment. `view`: of the same venue; a fork has a world of its own. */
  write(view: View): void {
    const { track } = this;
    const { simulation, venue, instrument } = view;
    const moment = this.#moment;
    const { house, ledger, tables, book } = venue;
    const { middle } = touchOf(venue, instrument);
    track.time_us[moment] = simulation.queue.now;
    track.events[moment] = simulation.events;
    track.middle[moment] = middle;
    const traded = book.lastPrice(instrument);
    track.last[moment] = traded > 0 ? traded : ledger.marks[instrument]!;
    track.mark[moment] = ledger.marks[instrument]!;
    track.index[moment] = tables.prices.index[instrument]!;
    track.liquidations[moment] = house.liquidationCount;
    track.calls[moment] = house.callCount;
    let distressed = 0;
    for (const stage of tables.accounts.stage) if (stage !== 0) distressed++;
    track.distressed[moment] = distressed;
    const near = (side: 0 | 1): number => moneyOf(view, depthWithin(venue, instrument, side, middle, NEAR));
    track.bids[moment] = near(0);
    track.asks[moment] = near(1);
    lookAtBook(track.heat, moment, view);
    this.#moment++;
  }

  /**
   * Reads the trades since the last time: they count for the next moment. To be called after each event. An event with more
   * fills than are kept counts with those that are.
   */
  readTrades({ venue }: View): void {
    const { fills } = venue.book;
    if (fills.count === this.#fills) return;
    const { track } = this;
    const moment = this.#moment;
    const from = Math.max(this.#fills, fills.count - fills.mask - 1);
    for (let n = from; n < fills.count; n++) {
      const sweep = fills.sweepOf(n);
      if (fills.sweeps.instrument(sweep) !== track.instrument) continue;
      const lots = fills.lots(fills.row(n));
      const side = fills.sweeps.side(sweep) === BUY ? track.bought : track.sold;
      side[moment] = side[moment]! + lots;
      if (fills.sweeps.cause(sweep) >= 0) track.forced[moment] = track.forced[moment]! + lots;
    }
    this.#fills = fills.count;
  }
}
