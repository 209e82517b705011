/**
 * The part of the naive twin that trades: orders in one list, in order of arrival; everything else is found by sorting and
 * filtering it. What orders do when they arrive is in naive-exchange.ts.
 */
import type { Side } from '../../src/market/book.ts';
import type { CancelReason, MarketRules } from '../../src/market/reports.ts';
import { NaiveBands } from './naive-bands.ts';
import type { Fields, NaiveOrder, NaiveReports } from './naive-order.ts';
import { crosses, nearer } from './naive-order.ts';

export class NaiveMatching {
  orders: NaiveOrder[] = [];
  call = false;
  last = 0;
  now = 0;
  cause = -1;
  mark = 0;
  protected reference = 0;
  protected pressure = 0;
  protected clock = 0;
  protected queue: NaiveOrder[] = [];
  protected readonly rules: MarketRules;
  protected readonly bands: NaiveBands;
  protected readonly reports: NaiveReports;

  constructor(rules: MarketRules, reports: NaiveReports) {
    this.rules = rules;
    this.bands = new NaiveBands(rules);
    this.reports = reports;
  }

  opens(price: number): void {
    this.bands.open(price, this.last);
  }

  /** A side of the book, the first to trade first. */
  side(side: Side): NaiveOrder[] {
    return this.orders
      .filter((order) => order.where === 'book' && order.side === side)
      .sort((a, b) => (side === 0 ? b.price - a.price : a.price - b.price) || a.turn - b.turn);
  }

  closable(side: Side, owner: number): number {
    if (owner < 0) return 0;
    const position = this.reports.position(owner, 0);
    return Math.max(0, side === 0 ? -position : position);
  }

  cancel(order: NaiveOrder, reason: CancelReason = 'user'): void {
    this.reports.cancelled(order.tag, order.shown + order.hidden, reason);
    this.drop(order);
  }

  /** A call period begins. */
  protected callFrom(reference: number, limit: number): void {
    this.call = true;
    this.reference = reference;
    this.pressure = limit;
  }

  protected meets(side: Side, limit: number): boolean {
    return this.side((1 - side) as Side).some((maker) => crosses(side, limit, maker.price));
  }

  /** Trades an incoming order, up to the halt band. Returns what is left of it. */
  protected match(
    side: Side,
    limit: number,
    lots: number,
    owner: number,
    tag: number,
    cause: number,
  ): number {
    const edge = nearer(side, limit, this.bands.edge(side, this.now));
    const left = this.sweep(side, edge, lots, owner, tag, cause);
    if (left > 0 && edge !== limit && this.meets(side, limit)) {
      this.callFrom(this.last || this.bands.opening, this.rules.halt!.move_ppm / 1e6);
      this.reports.halted(0);
    }
    return left;
  }

  protected sweep(
    side: Side,
    limit: number,
    lots: number,
    owner: number,
    tag: number,
    cause: number,
  ): number {
    const other = (1 - side) as Side;
    let left = lots;
    let first = 0;
    while (left > 0) {
      const maker = this.side(other)[0];
      if (maker === undefined || !crosses(side, limit, maker.price)) break;
      if (this.rules.selfTrade !== 'none' && owner >= 0 && maker.owner === owner) {
        left = this.self(maker, left, tag);
        continue;
      }
      const traded = this.most(maker, Math.min(left, maker.shown));
      if (traded === 0) continue;
      this.trade(side, maker.price, traded, maker, tag, owner, cause);
      if (first === 0) first = maker.price;
      left -= traded;
      this.use(maker, traded);
    }
    if (first !== 0) {
      this.bands.record(this.now, first, this.last);
      this.gather(false, side === 0, first, cause);
      this.gather(false, side === 1, this.last, cause);
    }
    return left;
  }

  protected self(maker: NaiveOrder, left: number, tag: number): number {
    const { selfTrade } = this.rules;
    if (selfTrade === 'decrement') {
      const both = Math.min(left, maker.shown);
      this.reports.cancelled(maker.tag, both, 'self_trade');
      this.reports.cancelled(tag, both, 'self_trade');
      this.show(maker, both);
      return left - both;
    }
    if (selfTrade !== 'cancel-newest') this.cancel(maker, 'self_trade');
    if (selfTrade === 'cancel-oldest') return left;
    this.reports.cancelled(tag, left, 'self_trade');
    return 0;
  }

  protected canFill(side: Side, asked: number, lots: number, owner: number): boolean {
    const limit = nearer(side, asked, this.bands.edge(side, this.now));
    let found = 0;
    for (const maker of this.side((1 - side) as Side)) {
      if (!crosses(side, limit, maker.price)) break;
      if (this.rules.selfTrade !== 'none' && owner >= 0 && maker.owner === owner) {
        if (this.rules.selfTrade === 'cancel-oldest') continue;
        break;
      }
      const open = maker.shown + maker.hidden;
      found += maker.reduceOnly ? Math.min(open, this.closable(maker.side, maker.owner)) : open;
      if (found >= lots) return true;
    }
    return false;
  }

  /** Stops that a price sets off: nearest first, then by arrival. */
  protected gather(byMark: boolean, falling: boolean, price: number, cause: number): void {
    const reached = this.orders
      .filter((order) => order.where === 'stop' && order.byMark === byMark && order.falling === falling)
      .filter((order) => (falling ? order.trigger >= price : order.trigger <= price))
      .sort((a, b) => (falling ? b.trigger - a.trigger : a.trigger - b.trigger) || a.turn - b.turn);
    for (const order of reached) this.trigger(order, cause);
  }

  protected trigger(order: NaiveOrder, cause: number): void {
    order.where = 'triggered';
    order.cause = cause;
    this.queue.push(order);
  }

  protected trade(
    side: Side,
    price: number,
    lots: number,
    maker: NaiveOrder,
    tag: number,
    owner: number,
    cause: number,
  ): void {
    this.last = price;
    this.reports.trade(side, price, lots, maker.tag, tag, maker.owner, owner, cause);
  }

  /** What an order may trade: of a reduce-only one no more than is of use. */
  protected most(order: NaiveOrder, lots: number): number {
    if (!order.reduceOnly) return lots;
    const most = Math.min(lots, this.closable(order.side, order.owner));
    if (most === 0) this.cancel(order, 'reduce_only');
    return most;
  }

  /** Takes traded lots off, and what is of no use any more of a reduce-only order: hidden lots first. */
  protected use(order: NaiveOrder, traded: number): void {
    const rest = order.shown + order.hidden - traded;
    const excess = order.reduceOnly ? rest - Math.min(rest, this.closable(order.side, order.owner)) : 0;
    if (excess > 0) this.reports.cancelled(order.tag, excess, 'reduce_only');
    const fromHidden = Math.min(excess, order.hidden);
    order.hidden -= fromHidden;
    this.show(order, traded + excess - fromHidden);
  }

  /** Takes shown lots off; an iceberg shows the next ones, at the back. */
  protected show(order: NaiveOrder, lots: number): void {
    order.shown -= lots;
    if (order.shown > 0) return;
    if (order.hidden === 0) {
      this.drop(order);
      return;
    }
    order.shown = Math.min(order.display, order.hidden);
    order.hidden -= order.shown;
    order.turn = this.clock++;
  }

  protected add(order: Fields): NaiveOrder {
    const time = this.clock++;
    // Field by field: objects made with `...` are slow, and there are millions of orders.
    const added: NaiveOrder = {
      tag: order.tag,
      owner: order.owner,
      side: order.side,
      where: order.where,
      price: order.price,
      shown: order.shown,
      hidden: 0,
      display: order.display ?? 0,
      reduceOnly: order.reduceOnly ?? false,
      postOnly: order.postOnly ?? false,
      forced: order.forced ?? false,
      trigger: order.trigger ?? 0,
      falling: order.falling ?? false,
      byMark: order.byMark ?? false,
      cause: this.cause,
      age: time,
      turn: time,
    };
    this.orders.push(added);
    return added;
  }

  protected drop(order: NaiveOrder): void {
    this.orders.splice(this.orders.indexOf(order), 1);
  }
}
