/**
 * Matching of orders of all kinds. A plain sweep of the book does most of it; what a sweep stops at (icebergs,
 * reduce-only orders, orders of the taker's own account) is met here, one encounter at a time. Stops that trades set off
 * queue up and are executed one by one, after the order that set them off is done.
 */
import { EMPTY } from '../core/ladder.ts';
import type { Side } from './book.ts';
import { anyPrice, BUY, NO_CAUSE, NO_SELF, NOBODY, SELL } from './book.ts';
import { FALLING, RISING } from './open-orders.ts';
import type { OpenOrders } from './open-orders.ts';
import type { CancelReason, Reports, SelfTrade } from './reports.ts';

export class Matcher {
  /** Time of the fills, µs. */
  now = 0;
  private readonly open: OpenOrders;
  private readonly selfTrade: SelfTrade;
  private readonly reports: Reports;
  /** Fills told so far. */
  private told = 0;
  /** Of the order that is being executed, ticks; 0 before its first trade. */
  private firstPrice = 0;

  constructor(open: OpenOrders, selfTrade: SelfTrade, reports: Reports) {
    this.open = open;
    this.selfTrade = selfTrade;
    this.reports = reports;
  }

  /** Lots by which an order of this side could reduce the account's position. */
  closable(instrument: number, side: Side, owner: number): number {
    if (owner === NOBODY) return 0;
    const position = this.reports.position(owner, instrument);
    return Math.max(0, side === BUY ? -position : position);
  }

  /** Ends an open order, and tells. */
  cancel(row: number, reason: CancelReason): void {
    this.reports.cancelled(this.open.book.orders.tag[row]!, this.open.openLots(row), reason);
    this.open.remove(row);
  }

  /** Trades with the other side. Returns the lots left that may still rest (none if self-trade prevention took them). */
  execute(instrument: number, side: Side, limit: number, lots: number, owner: number, tag: number): number {
    const { book } = this.open;
    const other = (1 - side) as Side;
    const self = this.selfTrade === 'none' || owner === NOBODY ? NO_SELF : owner;
    this.firstPrice = 0;
    let left = lots;
    while (left > 0) {
      const room = book.fills.mask + 1;
      left = book.take(this.now, instrument, side, limit, left, owner, tag, NO_CAUSE, room, self);
      this.tell();
      if (left === 0 || !book.crosses(instrument, side, limit)) break;
      const maker = book.ladder.firstAtBest(2 * instrument + other);
      if (this.open.ownerOf(maker) === self) left = this.preventSelfTrade(maker, left, tag);
      else if (this.open.termsOf(maker) >= 0) left = this.meet(instrument, side, maker, left, owner, tag);
    }
    if (this.firstPrice !== 0) {
      this.gather(instrument, side === SELL ? RISING : FALLING, this.firstPrice);
      this.gather(instrument, side === SELL ? FALLING : RISING, book.lastPrice(instrument));
    }
    return left;
  }

  /** Trades with an order that has terms: an iceberg, a reduce-only order. Returns the lots left. */
  private meet(
    instrument: number,
    side: Side,
    maker: number,
    lots: number,
    owner: number,
    tag: number,
  ): number {
    const { book } = this.open;
    const { orders } = book;
    const other = (1 - side) as Side;
    const makerOwner = this.open.ownerOf(maker);
    const reduceOnly = this.open.terms.reduce_only[this.open.termsOf(maker)] !== 0;
    let traded = Math.min(lots, orders.lots[maker]!);
    if (reduceOnly) traded = Math.min(traded, this.closable(instrument, other, makerOwner));
    if (traded === 0) {
      this.cancel(maker, 'reduce_only');
      return lots;
    }
    const makerTag = orders.tag[maker]!;
    const price = book.priceOf(maker);
    book.record(this.now, instrument, side, price, traded, makerOwner, makerTag, owner, tag, NO_CAUSE);
    this.tell();
    if (reduceOnly) {
      const rest = this.open.openLots(maker) - traded;
      const excess = rest - Math.min(rest, this.closable(instrument, other, makerOwner));
      if (excess > 0) this.reports.cancelled(makerTag, excess, 'reduce_only');
      this.shrinkHidden(maker, excess, traded);
    } else {
      this.open.consume(maker, traded);
    }
    return lots - traded;
  }

  /** A reduce-only order has traded, and some of its rest is of no use any more: hidden lots go first. */
  private shrinkHidden(row: number, excess: number, traded: number): void {
    const { hidden } = this.open.terms;
    const terms = this.open.termsOf(row);
    const fromHidden = Math.min(excess, hidden[terms]!);
    hidden[terms] = hidden[terms]! - fromHidden;
    this.open.consume(row, traded + excess - fromHidden);
  }

  /** Applies the rule to a resting order of the taker's own account. Returns the taker's lots left. */
  private preventSelfTrade(maker: number, lots: number, tag: number): number {
    const { reports, selfTrade } = this;
    if (selfTrade === 'decrement') {
      const { orders } = this.open.book;
      const both = Math.min(lots, orders.lots[maker]!);
      reports.cancelled(orders.tag[maker]!, both, 'self_trade');
      reports.cancelled(tag, both, 'self_trade');
      this.open.consume(maker, both);
      return lots - both;
    }
    if (selfTrade !== 'cancel-newest') this.cancel(maker, 'self_trade');
    if (selfTrade === 'cancel-oldest') return lots;
    reports.cancelled(tag, lots, 'self_trade');
    return 0;
  }

  /** True if the other side has these lots within the limit, for this account. */
  canFill(instrument: number, side: Side, limit: number, lots: number, owner: number): boolean {
    const { ladder } = this.open.book;
    const other = (1 - side) as Side;
    const line = 2 * instrument + other;
    const worst = limit ^ -other;
    const guarded = this.selfTrade !== 'none' && owner !== NOBODY;
    let found = 0;
    for (let key = ladder.best[line]!; key !== EMPTY && key >= worst; key = ladder.nextBelow(line, key)) {
      for (let row = ladder.firstAt(line, key); row >= 0; row = ladder.nextAt(row)) {
        if (guarded && this.open.ownerOf(row) === owner) {
          if (this.selfTrade === 'cancel-oldest') continue;
          return false;
        }
        found += this.usableLots(instrument, other, row);
        if (found >= lots) return true;
      }
    }
    return false;
  }

  private usableLots(instrument: number, side: Side, row: number): number {
    const terms = this.open.termsOf(row);
    const open = this.open.openLots(row);
    if (terms < 0 || this.open.terms.reduce_only[terms] === 0) return open;
    return Math.min(open, this.closable(instrument, side, this.open.ownerOf(row)));
  }

  /** Queues the stops that a trade at this price sets off: nearest first, then by arrival. */
  gather(instrument: number, direction: number, price: number): void {
    const { aside } = this.open;
    const line = this.open.lineOf(instrument, direction);
    const reached = direction === FALLING ? price : ~price;
    while (aside.best[line] !== EMPTY && aside.best[line]! >= reached) {
      this.queueTriggered(aside.firstAtBest(line));
    }
  }

  queueTriggered(row: number): void {
    this.open.aside.remove(row);
    this.open.aside.insert(this.open.triggeredLine, 0, row);
  }

  /** Executes the triggered stops, one by one; what they trigger joins the queue. */
  workTriggered(): void {
    const { aside, book } = this.open;
    const { orders } = book;
    while (aside.best[this.open.triggeredLine] !== EMPTY) {
      const row = aside.firstAtBest(this.open.triggeredLine);
      aside.remove(row);
      const terms = this.open.termsOf(row);
      const tag = orders.tag[row]!;
      const instrument = this.open.instrumentAside(row);
      const side = this.open.terms.side[terms]! as Side;
      const limit = this.open.terms.limit[terms]!;
      this.reports.triggered(tag);
      const price = limit === 0 ? anyPrice(side) : limit;
      const left = this.execute(instrument, side, price, orders.lots[row]!, this.open.ownerOf(row), tag);
      if (left > 0 && limit !== 0) {
        orders.line[row] = 2 * instrument + side;
        orders.lots[row] = left;
        book.ladder.insert(2 * instrument + side, limit ^ -side, row);
        continue;
      }
      if (left > 0) this.reports.cancelled(tag, left, 'market');
      this.open.release(row);
    }
  }

  /** Reports the fills since the last look. */
  tell(): void {
    const { fills } = this.open.book;
    const { columns, sweeps } = fills;
    for (; this.told < fills.count; this.told++) {
      const row = fills.row(this.told);
      const sweep = columns.sweep[row]!;
      if (this.firstPrice === 0) this.firstPrice = columns.price[row]!;
      this.reports.trade(
        sweeps.instrument[sweep]!,
        sweeps.side[sweep]! as Side,
        columns.price[row]!,
        columns.lots[row]!,
        columns.maker_tag[row]!,
        sweeps.taker_tag[sweep]!,
        columns.maker[row]!,
        sweeps.taker[sweep]!,
      );
    }
  }
}
