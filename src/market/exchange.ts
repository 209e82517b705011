/**
 * An exchange: every kind of order, over the books. It decides what an order does when it arrives, meets the orders that
 * a plain sweep stops at, and keeps those that wait aside of the book: stops, and market orders in a call period.
 *
 * What happens is told through `Reports`, in order. A command is complete when its method returns, with the stops that it
 * set off: they queue in the order in which they were triggered and follow one by one, so nothing recurses.
 */
import { EMPTY } from '../core/ladder.ts';
import { World } from '../core/world.ts';
import type { Book, Side } from './book.ts';
import { anyPrice, SELL } from './book.ts';
import { CallAuction } from './call-auction.ts';
import { exchangeSchema } from './exchange-schema.ts';
import { Matcher } from './matcher.ts';
import { FALLING, OpenOrders, RISING, WAITING } from './open-orders.ts';
import type { CancelReason, Reports, SelfTrade, TimeInForce } from './reports.ts';
import { FILL_OR_KILL, GOOD_TILL_CANCELLED } from './reports.ts';
import type { MarketCapacity } from './schema.ts';

export type { CancelReason, Reports, SelfTrade, TimeInForce } from './reports.ts';

export class Exchange {
  readonly book: Book;
  private readonly open: OpenOrders;
  private readonly matcher: Matcher;
  private readonly auction: CallAuction;
  private readonly reports: Reports;
  private readonly rows: number;

  constructor(capacity: MarketCapacity, selfTrade: SelfTrade, reports: Reports) {
    const { tables } = new World(exchangeSchema(capacity));
    this.open = new OpenOrders(tables, capacity);
    this.open.reset();
    this.book = this.open.book;
    this.matcher = new Matcher(this.open, selfTrade, reports);
    this.auction = new CallAuction(tables.sessions, this.open, this.matcher, reports);
    this.reports = reports;
    this.rows = capacity.orders;
  }

  /** No order can be added that might stay. */
  get full(): boolean {
    return this.book.restingOrders === this.rows;
  }

  isCall(instrument: number): boolean {
    return this.auction.isCall(instrument);
  }

  /** True for what waits aside of the book: a stop, or a market order in a call period. */
  isStop(row: number): boolean {
    return this.open.isAside(row);
  }

  /** Lots by which an order of this side could reduce the account's position. */
  closable(instrument: number, side: Side, owner: number): number {
    return this.matcher.closable(instrument, side, owner);
  }

  /** A limit order arrives. Returns its row if it stays open, else -1. `display`: lots shown at a time, 0 for all. */
  limit(
    instrument: number,
    side: Side,
    price: number,
    lots: number,
    owner: number,
    tag: number,
    tif: TimeInForce,
    postOnly: boolean,
    display: number,
    reduceOnly: boolean,
  ): number {
    const { reports } = this;
    let left = reduceOnly ? this.cut(instrument, side, lots, owner, tag) : lots;
    if (left === 0) return -1;
    if (!this.isCall(instrument)) {
      if (this.book.crosses(instrument, side, price)) {
        if (postOnly) {
          reports.cancelled(tag, left, 'post_only');
          return -1;
        }
        if (tif !== FILL_OR_KILL || this.matcher.canFill(instrument, side, price, left, owner)) {
          left = this.matcher.execute(instrument, side, price, left, owner, tag);
        }
      }
    }
    let row = -1;
    if (left > 0 && tif !== GOOD_TILL_CANCELLED) {
      reports.cancelled(tag, left, tif === FILL_OR_KILL ? 'fok' : 'ioc');
    } else if (left > 0) {
      row = this.open.rest(instrument, side, price, left, owner, tag, display, reduceOnly);
    }
    this.matcher.workTriggered();
    return row >= 0 && this.book.ladder.isLinked(row) ? row : -1;
  }

  /** A market order arrives; in a call period it waits for the uncross. Returns its row if it waits, else -1. */
  market(
    instrument: number,
    side: Side,
    lots: number,
    owner: number,
    tag: number,
    reduceOnly: boolean,
  ): number {
    const left = reduceOnly ? this.cut(instrument, side, lots, owner, tag) : lots;
    if (left === 0) return -1;
    if (this.isCall(instrument)) {
      return this.open.putAside(instrument, WAITING + side, 0, side, left, 0, owner, tag);
    }
    const rest = this.matcher.execute(instrument, side, anyPrice(side), left, owner, tag);
    if (rest > 0) this.reports.cancelled(tag, rest, 'market');
    this.matcher.workTriggered();
    return -1;
  }

  /**
   * A stop arrives: a sell waits for a trade at or below its trigger, a buy for one at or above it. Then it is a market
   * order (`limit` 0) or a limit order. Returns its row if it stays open, else -1.
   */
  stop(
    instrument: number,
    side: Side,
    trigger: number,
    lots: number,
    limit: number,
    owner: number,
    tag: number,
  ): number {
    const line = side === SELL ? FALLING : RISING;
    const row = this.open.putAside(
      instrument,
      line,
      side === SELL ? trigger : ~trigger,
      side,
      lots,
      limit,
      owner,
      tag,
    );
    const last = this.book.lastPrice(instrument);
    if (!this.isCall(instrument) && last !== 0 && (side === SELL ? last <= trigger : last >= trigger)) {
      this.matcher.queueTriggered(row);
      this.matcher.workTriggered();
    }
    return this.open.aside.isLinked(row) || this.book.ladder.isLinked(row) ? row : -1;
  }

  /** Ends an open order, and tells. */
  cancel(row: number, reason: CancelReason): void {
    this.matcher.cancel(row, reason);
  }

  /** Cancels all orders of an account, oldest first. */
  cancelAll(owner: number): void {
    for (let row = this.book.oldest(owner); row >= 0; row = this.book.oldest(owner)) this.cancel(row, 'user');
  }

  /**
   * Gives a limit order a new price and open quantity. It keeps its place only when the quantity falls at the same price;
   * else it leaves and arrives again. Returns its row if it stays open, else -1.
   */
  replace(row: number, price: number, lots: number): number {
    const { orders } = this.book;
    const terms = this.open.termsOf(row);
    const open = this.open.openLots(row);
    if (price === this.book.priceOf(row) && lots < open) {
      const hidden = terms < 0 ? 0 : Math.max(0, this.open.terms.hidden[terms]! - (open - lots));
      if (terms >= 0) this.open.terms.hidden[terms] = hidden;
      orders.lots[row] = lots - hidden;
      return row;
    }
    const line = orders.line[row]!;
    const side = (line & 1) as Side;
    const owner = this.open.ownerOf(row);
    const tag = orders.tag[row]!;
    const display = terms < 0 ? 0 : this.open.terms.display[terms]!;
    const reduceOnly = terms >= 0 && this.open.terms.reduce_only[terms] !== 0;
    this.open.remove(row);
    return this.limit(line >> 1, side, price, lots, owner, tag, 0, false, display, reduceOnly);
  }

  /** Opens a call period: orders collect without trading. `reference`: ticks, 0 for none; `limit`: a share. */
  beginAuction(instrument: number, reference: number, limit: number): void {
    this.auction.begin(instrument, reference, limit);
  }

  /** Ends the call period: what can trade does, at one price. */
  uncross(instrument: number): void {
    this.auction.uncross(instrument);
  }

  /** Visits the levels of a side, best first, with the lots that are open there (hidden ones, too). */
  level(instrument: number, side: Side, visit: (price: number, lots: number) => void): void {
    const { ladder } = this.book;
    const line = 2 * instrument + side;
    for (let key = ladder.best[line]!; key !== EMPTY; key = ladder.nextBelow(line, key)) {
      let lots = 0;
      for (let row = ladder.firstAt(line, key); row >= 0; row = ladder.nextAt(row))
        lots += this.open.openLots(row);
      visit(key ^ -side, lots);
    }
  }

  /** Cuts a reduce-only order to what it can reduce. Returns the lots left. */
  private cut(instrument: number, side: Side, lots: number, owner: number, tag: number): number {
    const most = Math.min(lots, this.closable(instrument, side, owner));
    if (most < lots) this.reports.cancelled(tag, lots - most, 'reduce_only');
    return most;
  }
}
