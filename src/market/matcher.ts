/**
 * Matching of orders of all kinds. A plain sweep of the book does most of it; what a sweep stops at (icebergs,
 * reduce-only orders, orders of the taker's own account) is met here, one encounter at a time.
 */
import * as ladders from '../core/ladder.ts';
import type { Bands } from './bands.ts';
import { nearer, PPM } from './bands.ts';
import type { Side } from './book.ts';
import * as books from './book.ts';
import type { Order } from './order.ts';
import type { OpenOrders } from './open-orders.ts';
import type { CancelReason, MarketRules, Reports } from './reports.ts';
import type { Sessions } from './sessions.ts';
import type { Stops } from './stops.ts';

// Taken out of their modules: V8 compiles a module's own constants in, but reads imported ones anew at each use.
const { EMPTY } = ladders;
const { BUY, NO_SELF, NOBODY } = books;

export class Matcher {
  private readonly open: OpenOrders;
  private readonly stops: Stops;
  private readonly bands: Bands;
  private readonly sessions: Sessions;
  private readonly rules: readonly MarketRules[];
  private readonly reports: Reports;
  /** Fills of one sweep, at most: half the ring, so that those just told stay readable. */
  private readonly room: number;

  constructor(
    open: OpenOrders,
    stops: Stops,
    bands: Bands,
    sessions: Sessions,
    rules: readonly MarketRules[],
    reports: Reports,
  ) {
    this.open = open;
    this.stops = stops;
    this.bands = bands;
    this.sessions = sessions;
    this.rules = rules;
    this.reports = reports;
    this.room = (open.book.fills.mask + 1) >> 1;
  }

  /** Lots by which an order of this side could reduce the account's position. */
  closable(instrument: number, side: Side, owner: number): number {
    if (owner === NOBODY) return 0;
    const position = this.reports.position(owner, instrument);
    return Math.max(0, side === BUY ? -position : position);
  }

  /** Ends an open order, and tells. */
  cancel(row: number, reason: CancelReason): void {
    this.reports.cancelled(this.open.book.orders.tag(row), this.open.openLots(row), reason);
    this.open.remove(row);
  }

  /**
   * Trades with the other side. Returns the lots left that may still rest (none if self-trade prevention took them). Where
   * a trade would leave the halt band, a call period begins.
   */
  execute(order: Order, limit: number, lots: number): number {
    const { instrument, side } = order;
    if (this.bands.banded[instrument] === 0) return this.sweep(order, limit, lots);
    const edge = nearer(side, limit, this.bands.edge(instrument, this.open.book.now, side));
    const left = this.sweep(order, edge, lots);
    if (left > 0 && edge !== limit && this.open.book.crosses(instrument, side, limit)) {
      const { move_ppm } = this.rules[instrument]!.halt!;
      this.sessions.call(instrument, this.bands.present(instrument), move_ppm / PPM);
      this.reports.halted(instrument);
    }
    return left;
  }

  private sweep(order: Order, limit: number, lots: number): number {
    const { book } = this.open;
    const { instrument, side, owner } = order;
    const { fills } = book;
    const self = owner === NOBODY || this.rules[instrument]!.selfTrade === 'none' ? NO_SELF : owner;
    const { room } = this;
    let first = 0; // price of the first trade
    let left = lots;
    for (;;) {
      const from = fills.count;
      left = book.take(order, limit, left, room, self);
      const to = fills.count;
      if (to > from) {
        if (first === 0) first = fills.price(fills.row(from));
        const goesOn = to - from === room && left > 0 && book.crosses(instrument, side, limit);
        this.reports.traded(instrument, from, to, goesOn);
        if (goesOn) continue;
      }
      if (left === 0 || !book.crosses(instrument, side, limit)) break;
      const maker = book.ladder.firstAtBest(2 * instrument + 1 - side);
      if (this.open.ownerOf(maker) === self) left = this.preventSelfTrade(instrument, maker, left, order.tag);
      else {
        const price = book.priceOf(maker);
        const before = left;
        left = this.meet(order, maker, left);
        if (first === 0 && left < before) first = price;
      }
      if (left === 0) break;
    }
    if (first !== 0) {
      const last = book.lastPrice(instrument);
      if (this.bands.banded[instrument] !== 0) this.bands.record(instrument, first, last);
      this.stops.passed(instrument, first, last, side === BUY, book.cause);
    }
    return left;
  }

  /** Trades with an order that has terms: an iceberg, a reduce-only order. Returns the lots left. */
  private meet(order: Order, maker: number, lots: number): number {
    const { book } = this.open;
    const { instrument } = order;
    const side = (1 - order.side) as Side;
    const traded = this.most(instrument, side, maker, Math.min(lots, book.orders.lots(maker)));
    if (traded === 0) return lots;
    this.record(order, book.priceOf(maker), traded, maker, book.cause);
    this.use(instrument, side, maker, traded);
    return lots - traded;
  }

  /** Lots that an order may trade: of a reduce-only one what is of use; one that is of none is cancelled. */
  most(instrument: number, side: Side, row: number, lots: number): number {
    if (!this.open.isReduceOnly(row)) return lots;
    const most = Math.min(lots, this.closable(instrument, side, this.open.ownerOf(row)));
    if (most === 0) this.cancel(row, 'reduce_only');
    return most;
  }

  /** Writes one fill with a resting order, and tells. */
  record(taker: Order, price: number, lots: number, maker: number, cause: number): void {
    const { book } = this.open;
    const from = book.fills.count;
    book.record(taker, price, lots, this.open.ownerOf(maker), book.orders.tag(maker), cause);
    this.reports.traded(taker.instrument, from, from + 1, false);
  }

  /** An order has traded: takes the lots off, and what is of no use any more of a reduce-only one (hidden lots first). */
  use(instrument: number, side: Side, row: number, traded: number): void {
    if (!this.open.isReduceOnly(row)) {
      this.open.consume(row, traded);
      return;
    }
    const rest = this.open.openLots(row) - traded;
    const excess = rest - Math.min(rest, this.closable(instrument, side, this.open.ownerOf(row)));
    if (excess > 0) this.reports.cancelled(this.open.book.orders.tag(row), excess, 'reduce_only');
    const { hidden } = this.open.terms;
    const terms = this.open.termsOf(row);
    const fromHidden = Math.min(excess, hidden[terms]!);
    hidden[terms] = hidden[terms]! - fromHidden;
    this.open.consume(row, traded + excess - fromHidden);
  }

  /** Applies the rule to a resting order of the taker's own account. Returns the taker's lots left. */
  private preventSelfTrade(instrument: number, maker: number, lots: number, tag: number): number {
    const { reports } = this;
    const { selfTrade } = this.rules[instrument]!;
    if (selfTrade === 'decrement') {
      const { orders } = this.open.book;
      const both = Math.min(lots, orders.lots(maker));
      reports.cancelled(orders.tag(maker), both, 'self_trade');
      reports.cancelled(tag, both, 'self_trade');
      this.open.consume(maker, both);
      return lots - both;
    }
    if (selfTrade !== 'cancel-newest') this.cancel(maker, 'self_trade');
    if (selfTrade === 'cancel-oldest') return lots;
    reports.cancelled(tag, lots, 'self_trade');
    return 0;
  }

  /** True if the other side has these lots within the limit, for this account, and trading would not be halted first. */
  canFill(order: Order, limit: number, lots: number): boolean {
    const { instrument, side, owner } = order;
    const { ladder } = this.open.book;
    const other = (1 - side) as Side;
    const line = 2 * instrument + other;
    const { selfTrade } = this.rules[instrument]!;
    const guarded = selfTrade !== 'none' && owner !== NOBODY;
    let reach = limit;
    if (this.bands.banded[instrument] !== 0) {
      reach = nearer(side, limit, this.bands.edge(instrument, this.open.book.now, side));
    }
    const worst = reach ^ -other;
    let found = 0;
    for (let key = ladder.best[line]!; key !== EMPTY && key >= worst; key = ladder.nextBelow(line, key)) {
      for (let row = ladder.firstAt(line, key); row >= 0; row = ladder.nextAt(row)) {
        if (guarded && this.open.ownerOf(row) === owner) {
          if (selfTrade === 'cancel-oldest') continue;
          return false;
        }
        found += this.usableLots(instrument, other, row);
        if (found >= lots) return true;
      }
    }
    return false;
  }

  private usableLots(instrument: number, side: Side, row: number): number {
    const open = this.open.openLots(row);
    if (!this.open.isReduceOnly(row)) return open;
    return Math.min(open, this.closable(instrument, side, this.open.ownerOf(row)));
  }
}
