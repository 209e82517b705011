/**
 * A book of Poisson orders: limit orders, market orders and cancellations of one lot come independently, at rates that
 * depend on the distance from the opposite best quote alone.
 *
 * At each distance i from the best ask bids come at rate λ(i), and asks as often at that from the best bid; an order that
 * rests at distance i is cancelled at rate θ(i); market orders come at rate μ on each side and take the first order of the
 * best queue. An order's distance follows the quotes. While a side is empty its last quote stands for it.
 * Source: R. Cont, S. Stoikov, R. Talreja, "A stochastic model for order book dynamics", Operations Research 58 (2010) 549.
 *
 * One addition: an order of the keeper is never cancelled.
 */
import { AliasTable } from '../../core/alias.ts';
import { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { deriveStream, hashName } from '../../core/seed.ts';
import type { Columns, TableSchema, Tables } from '../../core/world.ts';
import type { Side } from '../../market/book.ts';
import { anyPrice, Book, BUY, NOBODY, SELL } from '../../market/book.ts';
import { newOrder } from '../../market/order.ts';
import type { MarketCapacity } from '../../market/schema.ts';
import { marketSchema, spanOf } from '../../market/schema.ts';
import { mostOrders } from './most-orders.ts';
import type { PoissonRates } from './poisson-rates.ts';
import { cancelRate, limitRate, limitRateWithin } from './poisson-rates.ts';

/** The owner of orders that are never cancelled; all others are nobody's. */
export const KEEPER = 0;

const flowSchema = {
  rows: 1,
  columns: {
    bid: 'i32', // best now, or when there last was one; ticks
    ask: 'i32',
    distance: 'i32', // of the order that came or went last, ticks
    rows: 'i32', // rows of the order table that were ever in use
    rate: 'f64', // of all steps
    hold: 'f64', // its inverse: mean time from now to the next step
    events: 'f64', // limit orders, market orders and cancellations so far
  },
} as const satisfies TableSchema;

/** Room for `orders` of the start and all that may come at distances up to `placement` ticks. */
export function poissonCapacity(rates: PoissonRates, placement: number, orders: number): MarketCapacity {
  const slowest = Math.min(...rates.cancel_rates, rates.cancel_beyond);
  return {
    instruments: 1,
    orders: orders + 2 * mostOrders(limitRateWithin(rates, placement), slowest),
    owners: 1,
    span: spanOf(2 * placement),
    fills: 64,
  };
}

export const poissonSchema = (capacity: MarketCapacity) =>
  ({
    ...marketSchema(capacity),
    streams: { rows: 1, columns: { a: 'i32', b: 'i32', c: 'i32', d: 'i32' } },
    flow: flowSchema,
  }) as const satisfies Record<string, TableSchema>;

export class PoissonBook {
  readonly book: Book;
  private readonly order = newOrder();
  readonly flow: Columns<typeof flowSchema>;
  private readonly streams: Columns<{ rows: 1; columns: { a: 'i32'; b: 'i32'; c: 'i32'; d: 'i32' } }>;
  private readonly rng: Rng;
  /** Which distance, less 1, a limit order comes at. */
  private readonly distances: AliasTable;
  /** Rates of all limit orders, and of these and all market orders. */
  private readonly limits: number;
  private readonly trades: number;
  /** The greatest θ, and the share of it that each distance of the list, and those beyond, have. */
  private readonly ring: number;
  private readonly cancelled: Float64Array;

  /** Limit orders come up to `placement` ticks from the opposite best quote. */
  constructor(
    rates: PoissonRates,
    placement: number,
    tables: Tables<ReturnType<typeof poissonSchema>>,
    capacity: MarketCapacity,
  ) {
    const { market_rate, cancel_rates } = rates;
    this.book = new Book(tables, capacity);
    this.flow = tables.flow;
    this.streams = tables.streams;
    this.rng = new Rng(tables.streams.a, tables.streams.b, tables.streams.c, tables.streams.d);
    this.distances = new AliasTable(Array.from({ length: placement }, (_, i) => limitRate(rates, i + 1)));
    this.limits = 2 * limitRateWithin(rates, placement);
    this.trades = this.limits + 2 * market_rate;
    const thetas = Array.from({ length: cancel_rates.length + 1 }, (_, i) => cancelRate(rates, i + 1));
    this.ring = Math.max(...thetas);
    this.cancelled = Float64Array.from(thetas, (theta) => theta / this.ring);
  }

  /** An empty book between two quotes, in a world that was cleared; races of one run differ by `purpose`. */
  start(key: RunKey, purpose: number, bid: number, ask: number): void {
    this.book.reset();
    this.flow.bid[0] = bid;
    this.flow.ask[0] = ask;
    this.ringAlong(0);
    deriveStream(key, hashName('poisson-book'), 0, purpose, this.streams, 0);
  }

  rest(side: Side, price: number, owner: number): void {
    const { order } = this;
    order.side = side;
    order.owner = owner;
    const row = this.book.rest(order, price, 1);
    if (row >= this.flow.rows[0]!) this.ringAlong(row + 1);
  }

  /** So many rows of the order table ring from now on. */
  private ringAlong(rows: number): void {
    const { flow } = this;
    const rate = this.trades + this.ring * rows;
    flow.rows[0] = rows;
    flow.rate[0] = rate;
    flow.hold[0] = 1 / rate;
  }

  /** Whether there are both quotes. */
  get quoted(): boolean {
    return this.book.bestBid(0) !== 0 && this.book.bestAsk(0) !== 0;
  }

  /**
   * One step; false if nothing happened in it. Each row of the order table that was ever in use rings at the greatest θ,
   * and an order that rests in it is then cancelled in its distance's share of the cases. So the rate of all that can
   * happen is known without a list of the orders.
   */
  step(): boolean {
    const { book, flow, rng } = this;
    const draw = rng.uniform() * flow.rate[0]!;
    if (draw < this.limits) this.limit(rng.int32() & 1 ? SELL : BUY);
    else if (draw < this.trades) this.trade(rng.int32() & 1 ? SELL : BUY);
    else if (!this.cancel(rng.below(flow.rows[0]!))) return false;
    flow.events[0] = flow.events[0]! + 1;
    const bid = book.bestBid(0);
    const ask = book.bestAsk(0);
    if (bid !== 0) flow.bid[0] = bid;
    if (ask !== 0) flow.ask[0] = ask;
    return true;
  }

  private limit(side: Side): void {
    const { flow } = this;
    const distance = 1 + this.distances.draw(this.rng);
    flow.distance[0] = distance;
    this.rest(side, side === BUY ? flow.ask[0]! - distance : flow.bid[0]! + distance, NOBODY);
  }

  private trade(side: Side): void {
    const { flow } = this;
    flow.distance[0] = flow.ask[0]! - flow.bid[0]!;
    // The book's own clock stays at 0: this model's time has no unit, and nobody reads when a fill was.
    this.order.side = side;
    this.order.owner = NOBODY;
    this.book.take(this.order, anyPrice(side), 1, 1);
  }

  private cancel(row: number): boolean {
    const { book, flow, cancelled } = this;
    const { orders } = book;
    if (!book.ladder.isLinked(row) || orders.owner(row) === KEEPER) return false;
    const price = book.priceOf(row);
    const distance = orders.line(row) === BUY ? flow.ask[0]! - price : price - flow.bid[0]!;
    const last = cancelled.length - 1;
    if (!this.rng.chance(cancelled[distance <= last ? distance - 1 : last]!)) return false;
    flow.distance[0] = distance;
    book.remove(row);
    return true;
  }
}
