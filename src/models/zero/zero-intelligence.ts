/**
 * The zero-intelligence market: orders come, trade and go at random, and a spread, depth and volatility emerge.
 *
 * Limit orders of σ shares come at α shares per unit of price and time: bids at any price below the best ask, asks at any
 * price above the best bid, uniformly. Market orders of σ shares come at μ shares per unit of time, half of them to buy.
 * Each resting order is cancelled at rate δ. With p_c = μ/2α as the unit of price only ε = 2δσ/μ matters (and the tick
 * over p_c, until it is small). Source: E. Smith, J. D. Farmer, L. Gillemot, S. Krishnamurthy, "Statistical theory of the
 * continuous double auction", Quantitative Finance 3 (2003) 481.
 *
 * Prices are cut at a window: bids come within `window` ticks below the best ask, asks within as many above the best bid.
 * What was placed outside of it stays. Beyond a few p_c the depth is flat (α/δ) and no trade reaches it, so that the
 * window changes nothing as long as the price does not diffuse across it within the life 1/δ of an order.
 */
import { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { deriveStream, hashName } from '../../core/seed.ts';
import type { Columns, TableSchema } from '../../core/world.ts';
import { World } from '../../core/world.ts';
import type { Side } from '../../market/book.ts';
import { anyPrice, Book, BUY, SELL } from '../../market/book.ts';
import { newOrder } from '../../market/order.ts';
import { marketSchema, spanOf } from '../../market/schema.ts';
import { mostOrders } from '../poisson/most-orders.ts';

/** In ticks, orders and one unit of time: what a user's settings come to. */
export interface ZeroIntelligenceSettings {
  /** α/σ · tick: limit orders per tick and time on each side. */
  readonly limit_rate: number;
  /** μ/2σ: market orders per time on each side. */
  readonly market_rate: number;
  /** δ: cancellations per resting order and time. */
  readonly cancel_rate: number;
  /** σ: lots of each order. */
  readonly lots: number;
  /** Ticks from the opposite best quote within which limit orders come. */
  readonly window: number;
  /** Time before anything is measured, and time measured. */
  readonly warm_up: number;
  readonly time: number;
}

/** Middle of the first book, ticks: far from the ends of the price axis. */
const START = 0x20000000;

/** One row. Prices in ticks, times in the unit of the rates. */
const resultSchema = {
  rows: 1,
  columns: {
    bid: 'i32', // best now, or when there last was one
    ask: 'i32',
    rows: 'i32', // rows of the order table that were ever in use
    time: 'f64', // now
    measured: 'f64', // time since the warm-up
    quoted: 'f64', // of it, with both quotes there
    area: 'f64', // spread summed over that time
    events: 'f64', // limit orders, market orders and cancellations so far
  },
} as const satisfies TableSchema;

export class ZeroIntelligence {
  readonly book: Book;
  private readonly order = newOrder();
  readonly result: Columns<typeof resultSchema>;
  private readonly settings: ZeroIntelligenceSettings;
  private readonly world: { clear(): void; hash(): string };
  private readonly streams: Columns<{ rows: 1; columns: { a: 'i32'; b: 'i32'; c: 'i32'; d: 'i32' } }>;
  private readonly rng: Rng;

  constructor(settings: ZeroIntelligenceSettings) {
    const capacity = {
      instruments: 1,
      orders: 2 * mostOrders(settings.limit_rate * settings.window, settings.cancel_rate),
      owners: 1,
      span: spanOf(2 * settings.window),
      fills: 64,
    };
    const world = new World({
      ...marketSchema(capacity),
      streams: { rows: 1, columns: { a: 'i32', b: 'i32', c: 'i32', d: 'i32' } },
      zero: resultSchema,
    });
    const { tables } = world;
    this.settings = settings;
    this.world = world;
    this.book = new Book(tables, capacity);
    this.streams = tables.streams;
    this.result = tables.zero;
    this.rng = new Rng(tables.streams.a, tables.streams.b, tables.streams.c, tables.streams.d);
  }

  /** Hash of the world: of all that a run has left. */
  hash(): string {
    return this.world.hash();
  }

  /** One run; `result` holds what it found. */
  run(key: RunKey): void {
    const { result, settings } = this;
    this.world.clear();
    this.book.reset();
    deriveStream(key, hashName('zero-intelligence'), 0, 0, this.streams, 0);
    this.populate();
    this.advance(settings.warm_up);
    result.measured[0] = 0;
    result.quoted[0] = 0;
    result.area[0] = 0;
    this.advance(settings.warm_up + settings.time);
  }

  /** The depth α/δ that would rest without trades, on both sides of START. */
  private populate(): void {
    const { result, settings, rng } = this;
    const { limit_rate, cancel_rate, window } = settings;
    result.bid[0] = START;
    result.ask[0] = START + 1;
    const each = Math.ceil((limit_rate / cancel_rate) * window);
    for (let i = 0; i < each; i++) {
      this.rest(BUY, START - rng.below(window));
      this.rest(SELL, START + 1 + rng.below(window));
    }
  }

  /**
   * Events up to a time. Each row of the order table that was ever in use rings at rate δ, and an order that rests in it is
   * then cancelled; if none does, nothing happens. So the rate of all that can happen is known without a list of the
   * orders, and the mean time in each state (which stands for the time itself: the averages have the same mean and less
   * noise) is the same until one more row is in use.
   */
  private advance(until: number): void {
    const { book, rng, result, order } = this;
    const { limit_rate, market_rate, cancel_rate, lots, window } = this.settings;
    const limits = 2 * limit_rate * window;
    const trades = limits + 2 * market_rate;
    let bid = result.bid[0]!;
    let ask = result.ask[0]!;
    let rows = result.rows[0]!;
    let rate = trades + cancel_rate * rows;
    let hold = 1 / rate;
    let quotes = book.bestBid(0) !== 0 && book.bestAsk(0) !== 0 ? 1 : 0;
    let time = result.time[0]!;
    let measured = result.measured[0]!;
    let quoted = result.quoted[0]!;
    let area = result.area[0]!;
    let events = result.events[0]!;
    while (time < until) {
      time += hold;
      measured += hold;
      quoted += quotes * hold;
      area += quotes * (ask - bid) * hold;
      const draw = rng.uniform() * rate;
      if (draw < limits) {
        const place = rng.below(2 * window);
        if (place < window) this.rest(BUY, ask - 1 - place);
        else this.rest(SELL, bid + 1 + place - window);
        if (result.rows[0]! !== rows) {
          rows = result.rows[0]!;
          rate = trades + cancel_rate * rows;
          hold = 1 / rate;
        }
      } else if (draw < trades) {
        order.side = draw < limits + market_rate ? BUY : SELL;
        // The book's own clock stays at 0: this model's time has no unit, and nobody reads when a fill was.
        book.take(order, anyPrice(order.side), lots, 1);
      } else {
        const row = rng.below(rows);
        if (!book.ladder.isLinked(row)) continue;
        book.remove(row);
      }
      events++;
      const bestBid = book.bestBid(0);
      const bestAsk = book.bestAsk(0);
      quotes = bestBid !== 0 && bestAsk !== 0 ? 1 : 0;
      if (bestBid !== 0) bid = bestBid;
      if (bestAsk !== 0) ask = bestAsk;
    }
    result.bid[0] = bid;
    result.ask[0] = ask;
    result.time[0] = time;
    result.measured[0] = measured;
    result.quoted[0] = quoted;
    result.area[0] = area;
    result.events[0] = events;
  }

  private rest(side: Side, price: number): void {
    const { result } = this;
    this.order.side = side;
    const row = this.book.rest(this.order, price, this.settings.lots);
    if (row >= result.rows[0]!) result.rows[0] = row + 1;
  }
}
