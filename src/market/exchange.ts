/**
 * An exchange: every kind of order, over the books. It decides what an order does when it arrives, meets the orders that
 * a plain sweep stops at, and keeps those that wait aside of the book: stops, and market orders in a call period.
 *
 * What happens is told through `Reports`, in order. A command is complete when its method returns, with the stops that it
 * set off: they queue in the order in which they were triggered and follow one by one, so nothing recurses. `now` and
 * `cause` are set by the caller before a command; its fills and the orders that it leaves carry them. An order comes as a
 * record, which the caller fills in anew for the next one.
 */
import * as ladders from '../core/ladder.ts';
import { Arrivals } from './arrivals.ts';
import { Bands } from './bands.ts';
import type { Side } from './book.ts';
import * as books from './book.ts';
import { Book, SELL } from './book.ts';
import { CallAuction } from './call-auction.ts';
import type { ExchangeCapacity, ExchangeTables } from './exchange-schema.ts';
import { LevelWalk } from './level-walk.ts';
import { Matcher } from './matcher.ts';
import type { Order } from './order.ts';
import { newOrder } from './order.ts';
import { FALLING, MARK, OpenOrders, RISING, WAITING } from './open-orders.ts';
import type { Orders } from './orders.ts';
import type { CancelReason, MarketRules, Reports } from './reports.ts';
import * as flags from './reports.ts';
import { Sessions } from './sessions.ts';
import { Stops, triggerKey } from './stops.ts';
import { Triggered } from './triggered.ts';

// Taken out of their modules: V8 compiles a module's own constants in, but reads imported ones anew at each use.
const { EMPTY } = ladders;
const { NOBODY } = books;
const { BY_MARK, FILL_OR_KILL, POST_ONLY, REDUCE_ONLY } = flags;

export class Exchange {
  readonly book: Book;
  /** All that is open, to look up. */
  readonly open: OpenOrders;
  private readonly matcher: Matcher;
  private readonly stops: Stops;
  private readonly arrivals: Arrivals;
  private readonly triggered: Triggered;
  private readonly auction: CallAuction;
  private readonly sessions: Sessions;
  private readonly bands: Bands;
  private readonly walk: LevelWalk;
  private readonly reports: Reports;
  /** The book's and the bands' own: a step nearer. */
  private readonly orders: Orders;
  private readonly collared: Uint8Array;
  /** True if any instrument has collars. */
  private readonly collars: boolean;
  private readonly rows: number;
  /** An order that arrives again. */
  private readonly again = newOrder();

  constructor(
    tables: ExchangeTables,
    capacity: ExchangeCapacity,
    rules: readonly MarketRules[],
    reports: Reports,
    book = new Book(tables, capacity),
  ) {
    const open = new OpenOrders(tables, capacity, book);
    const stops = new Stops(open);
    const sessions = new Sessions(tables);
    const bands = new Bands(tables, rules, open.book);
    const matcher = new Matcher(open, stops, bands, sessions, rules, reports);
    this.book = open.book;
    this.open = open;
    this.stops = stops;
    this.sessions = sessions;
    this.bands = bands;
    this.matcher = matcher;
    this.arrivals = new Arrivals(open, matcher, sessions, bands, reports);
    this.triggered = new Triggered(open, this.arrivals, reports);
    this.auction = new CallAuction(open, matcher, stops, sessions, bands, reports);
    this.walk = new LevelWalk(open);
    this.reports = reports;
    this.orders = open.book.orders;
    this.collared = bands.collared;
    this.collars = bands.collared.includes(1);
    this.rows = capacity.orders;
  }

  /** Must run once on a zeroed world. */
  reset(): void {
    this.open.reset();
  }

  /** Time of the command that comes next, µs. */
  set now(time: number) {
    this.book.now = time;
  }

  /** The liquidation that gives the command that comes next, or NO_CAUSE. */
  set cause(liquidation: number) {
    this.book.cause = liquidation;
  }

  /** The price at which a market opens, ticks: what collars and halt band start from. */
  opens(instrument: number, price: number): void {
    this.bands.open(instrument, this.book.now, price);
  }

  /** The halt band begins anew: prices before this do not count. */
  restartBand(instrument: number): void {
    this.bands.restart(instrument, this.book.now);
  }

  /** No order can be added that might stay. */
  get full(): boolean {
    return this.book.restingOrders === this.rows;
  }

  isCall(instrument: number): boolean {
    return this.sessions.isCall(instrument);
  }

  /** Lots by which an order of this side could reduce the account's position. */
  closable(instrument: number, side: Side, owner: number): number {
    return this.matcher.closable(instrument, side, owner);
  }

  /** True if an order that does not stay would trade now or, in a call period, may then; a market order by its outermost price. */
  couldTrade(order: Order): boolean {
    const { instrument, side, price, lots } = order;
    if (this.isCall(instrument)) return true;
    if (!this.book.crosses(instrument, side, price)) return false;
    return (order.how & FILL_OR_KILL) === 0 || this.matcher.canFill(order, price, lots);
  }

  /** A limit order arrives. Returns its row if it stays open, else -1. */
  limit(order: Order): number {
    const { instrument, side, price, lots, how, display } = order;
    // Most orders are plain and meet nobody: they rest as they are, whatever the session.
    if (
      (how | display) === 0 &&
      lots > 0 &&
      (!this.collars || this.collared[instrument] === 0) &&
      !this.book.crosses(instrument, side, price)
    ) {
      const row = this.book.rest(order, price, lots);
      this.open.arrive(row);
      return row;
    }
    const most = (how & REDUCE_ONLY) === 0 ? lots : this.arrivals.reduce(order);
    if (most === 0) return -1;
    const limit = this.arrivals.collared(order, most);
    if (limit === 0) return -1;
    const left = this.arrivals.limit(order, limit, most);
    let row = -1;
    if (left > 0) {
      row = this.open.rest(order, limit, left) | 0;
      if (left === most) return row; // it traded nothing, so it set nothing off
    }
    this.triggered.work();
    return row >= 0 && this.open.isOpen(row) ? row : -1;
  }

  /** A market order arrives; in a call period it waits for the uncross. Returns its row if it waits, else -1. */
  market(order: Order): number {
    const most = (order.how & REDUCE_ONLY) === 0 ? order.lots : this.arrivals.reduce(order);
    if (most === 0) return -1;
    const left = this.arrivals.market(order, most);
    let row = -1;
    if (left > 0) row = this.open.putAside(order, WAITING + order.side, 0, left, 0);
    this.triggered.work();
    return row >= 0 && this.open.isOpen(row) ? row : -1;
  }

  /**
   * A stop arrives: a sell waits for a price at or below its trigger, a buy for one at or above it. Then it is a market
   * order (price 0) or a limit order. Returns its row if it stays open, else -1.
   */
  stop(order: Order): number {
    return this.wait(order, order.side === SELL ? FALLING : RISING);
  }

  /** A take-profit arrives: as a stop, but a sell waits for the price to rise to its trigger, and a buy to fall. */
  takeProfit(order: Order): number {
    return this.wait(order, order.side === SELL ? RISING : FALLING);
  }

  /** The mark has come to a price (ticks): sets off what waits for it. */
  markMoved(instrument: number, mark: number): void {
    this.sessions.columns.mark[instrument] = mark;
    this.stops.marked(instrument, mark, this.book.cause);
    this.triggered.work();
  }

  /** True if `markMoved` to this price would set something off. */
  marksStops(instrument: number, mark: number): boolean {
    return this.stops.wouldMark(instrument, mark);
  }

  /** Ends an open order, and tells. */
  cancel(row: number, reason: CancelReason): void {
    const { orders } = this;
    if (orders.owner(row) < NOBODY) {
      this.matcher.cancel(row, reason); // it has terms
      return;
    }
    this.reports.cancelled(orders.tag(row), orders.lots(row), reason);
    this.book.remove(row);
  }

  /** Lots of an account's open orders on one side of an instrument, those left out that can only reduce. */
  lotsOut(owner: number, instrument: number, side: Side): number {
    let lots = 0;
    for (let row = this.book.oldest(owner); row >= 0; row = this.book.orders.owner_next[row]! - 1) {
      if (this.open.instrumentOf(row) !== instrument || this.open.sideOf(row) !== side) continue;
      if (!this.open.isReduceOnly(row) && !this.open.isForced(row)) lots += this.open.openLots(row);
    }
    return lots;
  }

  /** True if a forced order of the account waits for the instrument's uncross. */
  isForcedOut(owner: number, instrument: number): boolean {
    if (!this.isCall(instrument)) return false;
    for (let row = this.book.oldest(owner); row >= 0; row = this.book.orders.owner_next[row]! - 1) {
      if (this.open.isForced(row) && this.open.instrumentOf(row) === instrument) return true;
    }
    return false;
  }

  /** Cancels an account's orders, oldest first, on one instrument or on all (-1). Returns how many. */
  cancelAll(owner: number, instrument: number): number {
    let cancelled = 0;
    for (let row = this.book.oldest(owner); row >= 0;) {
      const next = this.book.orders.owner_next[row]! - 1;
      if ((instrument < 0 || this.open.instrumentOf(row) === instrument) && !this.open.isForced(row)) {
        this.cancel(row, 'user');
        cancelled++;
      }
      row = next;
    }
    return cancelled;
  }

  /**
   * Gives a limit order a new price and open quantity. It keeps its place only when the quantity falls at the same price;
   * else it leaves and arrives again, as the same order with the same terms. Returns its row if it stays open, else -1.
   */
  replace(row: number, price: number, lots: number): number {
    const { orders } = this.book;
    const terms = this.open.termsOf(row);
    const open = this.open.openLots(row);
    if (price === this.book.priceOf(row) && lots < open) {
      const hidden = terms < 0 ? 0 : Math.max(0, this.open.terms.hidden[terms]! - (open - lots));
      if (terms >= 0) this.open.terms.hidden[terms] = hidden;
      orders.setLots(row, lots - hidden);
      return row;
    }
    const { again } = this;
    const line = orders.line(row);
    again.instrument = line >> 1;
    again.side = (line & 1) as Side;
    again.price = price;
    again.owner = this.open.ownerOf(row);
    again.tag = orders.tag(row);
    again.how = orders.isPostOnly(row) ? POST_ONLY : 0;
    this.open.lift(row);
    orders.setCause(row, this.book.cause);
    const most = this.open.isReduceOnly(row) ? this.arrivals.reduce(again, lots) : lots;
    const limit = most === 0 ? 0 : this.arrivals.collared(again, most);
    const left = limit === 0 ? 0 : this.arrivals.limit(again, limit, most);
    if (left > 0) this.open.restAgain(row, again.instrument, again.side, limit, left);
    else this.open.release(row);
    this.triggered.work();
    return left > 0 && this.open.isOpen(row) ? row : -1;
  }

  /**
   * Opens a call period: orders collect without trading. `reference`: ticks, 0 for none; `limit`: a share. One that is on
   * goes over into the new one, which gets the stops that came in it with their price there already.
   */
  beginAuction(instrument: number, reference: number, limit: number): void {
    const again = this.isCall(instrument);
    this.sessions.call(instrument, reference, limit);
    if (!again) return; // while a market trades, nothing waits for a price that is there
    this.stops.lookAgain(instrument, this.sessions.columns.mark[instrument]!, this.book.cause);
    this.triggered.work();
  }

  /**
   * Ends the call period: what can trade does, at one price. `goesOn`: the next call period begins at once, with the last
   * price as reference that pressure does not leave, and gets the stops that were set off (frequent batch auctions).
   */
  uncross(instrument: number, goesOn = false): void {
    this.auction.uncross(instrument);
    if (goesOn) this.sessions.call(instrument, this.bands.present(instrument), 0);
    this.triggered.work();
  }

  /** Visits the levels of a side, best first, with the lots that are open there (hidden ones, too). */
  level(instrument: number, side: Side, visit: (price: number, lots: number) => void): void {
    const { walk } = this;
    walk.start(instrument, side);
    while (walk.key !== EMPTY) {
      visit(walk.price, walk.lots);
      walk.next();
    }
  }

  /** A stop or take-profit begins to wait, unless its price is there already. */
  private wait(order: Order, direction: number): number {
    const { instrument, trigger, lots, price: limit } = order;
    const byMark = (order.how & BY_MARK) !== 0;
    const line = direction + (byMark ? MARK : 0);
    const key = triggerKey(direction, trigger);
    const row = this.open.putAside(order, line, key, lots, limit);
    const price = byMark ? this.sessions.columns.mark[instrument]! : this.book.lastPrice(instrument);
    const reached = price !== 0 && (direction === FALLING ? price <= trigger : price >= trigger);
    if (reached && !this.isCall(instrument)) {
      this.stops.setOff(row, this.book.cause);
      this.triggered.work();
    }
    return this.open.isOpen(row) ? row : -1;
  }
}
