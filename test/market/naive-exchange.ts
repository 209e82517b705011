/**
 * An exchange as plain arrays, one instrument: slow, and obviously right. What the engine's is compared with, event by
 * event. Orders are one list in order of arrival; everything else is found by sorting and filtering it.
 */
import type { Side } from '../../src/market/book.ts';
import type { CancelReason, MarketRules, Reports } from '../../src/market/reports.ts';
import { BY_MARK, FILL_OR_KILL, FORCED, IMMEDIATE_OR_CANCEL } from '../../src/market/reports.ts';
import { POST_ONLY, REDUCE_ONLY } from '../../src/market/reports.ts';
import { auctionPrice } from './naive-auction.ts';
import { NaiveBands } from './naive-bands.ts';

/** What the twin tells: each trade by itself. */
export interface NaiveReports extends Omit<Reports, 'traded'> {
  trade(
    side: Side,
    price: number,
    lots: number,
    makerTag: number,
    takerTag: number,
    maker: number,
    taker: number,
    cause: number,
  ): void;
}

export interface NaiveOrder {
  readonly tag: number;
  readonly owner: number;
  readonly side: Side;
  /** `waiting`: a market order in a call period. */
  where: 'book' | 'stop' | 'triggered' | 'waiting' | 'none';
  price: number;
  shown: number;
  hidden: number;
  readonly display: number;
  readonly reduceOnly: boolean;
  readonly forced: boolean;
  readonly trigger: number;
  /** Of a stop: waits for a price to fall to its trigger, or to rise to it; the mark's, or the last trade's. */
  readonly falling: boolean;
  readonly byMark: boolean;
  cause: number;
  /** Arrival, and place in the queue of its price. */
  readonly age: number;
  turn: number;
}

type Fields = Pick<NaiveOrder, 'tag' | 'owner' | 'side' | 'where' | 'price' | 'shown'> & Partial<NaiveOrder>;

export class NaiveExchange {
  orders: NaiveOrder[] = [];
  call = false;
  last = 0;
  now = 0;
  cause = -1;
  #mark = 0;
  #reference = 0;
  #limit = 0;
  #clock = 0;
  #queue: NaiveOrder[] = [];
  readonly #rules: MarketRules;
  readonly #bands: NaiveBands;
  readonly #reports: NaiveReports;

  constructor(rules: MarketRules, reports: NaiveReports) {
    this.#rules = rules;
    this.#bands = new NaiveBands(rules);
    this.#reports = reports;
  }

  opens(price: number): void {
    this.#bands.open(price, this.last);
  }

  /** A side of the book, the first to trade first. */
  side(side: Side): NaiveOrder[] {
    return this.orders
      .filter((order) => order.where === 'book' && order.side === side)
      .sort((a, b) => (side === 0 ? b.price - a.price : a.price - b.price) || a.turn - b.turn);
  }

  closable(side: Side, owner: number): number {
    if (owner < 0) return 0;
    const position = this.#reports.position(owner, 0);
    return Math.max(0, side === 0 ? -position : position);
  }

  limit(
    side: Side,
    price: number,
    lots: number,
    owner: number,
    tag: number,
    how: number,
    display: number,
  ): void {
    const reduceOnly = (how & REDUCE_ONLY) !== 0;
    const order = this.#add({ tag, owner, side, where: 'none', price, shown: lots, display, reduceOnly });
    this.#arrive(order, lots, how);
    this.#work();
  }

  market(side: Side, lots: number, owner: number, tag: number, how: number): void {
    const [reduceOnly, forced] = [(how & REDUCE_ONLY) !== 0, (how & FORCED) !== 0];
    const order = this.#add({ tag, owner, side, where: 'none', price: 0, shown: lots, reduceOnly, forced });
    this.#arrive(order, lots, how);
    this.#work();
  }

  /** A stop, or a take-profit: they differ in the direction that the price comes from. */
  stop(
    falling: boolean,
    side: Side,
    trigger: number,
    lots: number,
    price: number,
    owner: number,
    tag: number,
    how: number,
  ): void {
    const [reduceOnly, byMark] = [(how & REDUCE_ONLY) !== 0, (how & BY_MARK) !== 0];
    const more = { trigger, reduceOnly, falling, byMark };
    const order = this.#add({ tag, owner, side, where: 'stop', price, shown: lots, ...more });
    const at = byMark ? this.#mark : this.last;
    if (this.call || at === 0 || !(falling ? at <= trigger : at >= trigger)) return;
    this.#trigger(order, this.cause);
    this.#work();
  }

  markMoved(price: number): void {
    this.#mark = price;
    this.#gather(true, false, price, this.cause);
    this.#gather(true, true, price, this.cause);
    this.#work();
  }

  cancel(order: NaiveOrder, reason: CancelReason = 'user'): void {
    this.#reports.cancelled(order.tag, order.shown + order.hidden, reason);
    this.#drop(order);
  }

  cancelAll(owner: number): void {
    for (const order of this.orders.filter((each) => each.owner === owner && !each.forced))
      this.cancel(order);
  }

  replace(order: NaiveOrder, price: number, lots: number): void {
    const open = order.shown + order.hidden;
    if (price === order.price && lots < open) {
      order.hidden = Math.max(0, order.hidden - (open - lots));
      order.shown = lots - order.hidden;
      return;
    }
    order.where = 'none';
    order.cause = this.cause;
    order.price = price;
    order.hidden = 0;
    this.#arrive(order, lots, 0);
    this.#work();
  }

  beginAuction(reference: number, limit: number): void {
    this.call = true;
    this.#reference = reference;
    this.#limit = limit;
  }

  uncross(): void {
    this.call = false;
    let traded = false;
    for (;;) {
      const sides = [this.#inAuction(0), this.#inAuction(1)] as const;
      const { price, volume } = auctionPrice(...sides, this.#reference, this.#limit, this.last);
      if (volume === 0) break;
      traded = true;
      this.#reports.auction(0, price, volume);
      const cause = this.#pairs(price, volume);
      this.#gather(false, false, price, cause);
      this.#gather(false, true, price, cause);
    }
    for (const side of [0, 1] as const) {
      for (const order of this.#inAuction(side).filter((each) => each.where === 'waiting')) {
        this.cancel(order, 'market');
      }
    }
    if (traded) this.#bands.open(this.last, this.last);
    else this.#bands.restart(this.last);
    this.#work();
  }

  /** Returns the first cause of a trade. */
  #pairs(price: number, volume: number): number {
    let cause = -1;
    for (let left = volume; left > 0;) {
      const buyer = this.#inAuction(0).find((each) => each.where === 'waiting' || each.price >= price);
      const seller = this.#inAuction(1).find((each) => each.where === 'waiting' || each.price <= price);
      if (buyer === undefined || seller === undefined) break;
      const bought = this.#most(buyer, Math.min(left, buyer.shown));
      if (bought === 0) continue;
      const lots = this.#most(seller, Math.min(bought, seller.shown));
      if (lots === 0) continue;
      const [maker, taker] = buyer.age < seller.age ? [buyer, seller] : [seller, buyer];
      const own = taker.cause >= 0 ? taker.cause : maker.cause;
      this.#trade(taker.side, price, lots, maker, taker.tag, taker.owner, own);
      for (const order of [buyer, seller]) if (order.forced) this.#reports.forced(order.cause, lots, price);
      this.#use(buyer, lots);
      this.#use(seller, lots);
      if (cause < 0) cause = own;
      left -= lots;
    }
    return cause;
  }

  #inAuction(side: Side): NaiveOrder[] {
    const waiting = this.orders.filter((order) => order.where === 'waiting' && order.side === side);
    return [...waiting.sort((a, b) => a.turn - b.turn), ...this.side(side)];
  }

  /** An order trades what it can, and rests, waits or is dropped. A price of 0: at any. */
  #arrive(order: NaiveOrder, lots: number, how: number): void {
    const { tag, side, owner } = order;
    const most = order.reduceOnly ? Math.min(lots, this.closable(side, owner)) : lots;
    if (most < lots) this.#reports.cancelled(tag, lots - most, 'reduce_only');
    const end = (left: number, reason: CancelReason) => {
      if (left > 0) this.#reports.cancelled(tag, left, reason);
      this.#drop(order);
    };
    if (most === 0) {
      end(0, 'user');
      return;
    }
    const collar = this.call ? undefined : this.#bands.collar(side, this.last);
    const any = side === 0 ? Infinity : -Infinity;
    const asked = order.price === 0 ? any : order.price;
    const limit = collar === undefined ? asked : nearer(side, asked, collar);
    if (order.price > 0 && limit !== asked && this.#rules.collars?.beyond === 'reject') {
      end(most, 'collar');
      return;
    }
    let left = most;
    if (!this.call && this.#meets(side, limit)) {
      if ((how & POST_ONLY) !== 0) {
        end(left, 'post_only');
        return;
      }
      if ((how & FILL_OR_KILL) === 0 || this.#canFill(side, limit, left, owner)) {
        left = this.#match(side, limit, left, owner, tag, order.cause);
      }
    }
    if (left === 0) end(0, 'user');
    else if ((how & FILL_OR_KILL) !== 0) end(left, 'fok');
    else if ((how & IMMEDIATE_OR_CANCEL) !== 0) end(left, 'ioc');
    else if (order.price === 0 && !this.call) end(left, this.#meets(side, any) ? 'collar' : 'market');
    else {
      order.where = order.price === 0 ? 'waiting' : 'book';
      if (order.price > 0) order.price = limit;
      order.shown = order.display === 0 ? left : Math.min(order.display, left);
      order.hidden = left - order.shown;
      order.turn = this.#clock++;
    }
  }

  #meets(side: Side, limit: number): boolean {
    return this.side((1 - side) as Side).some((maker) => crosses(side, limit, maker.price));
  }

  /** Trades an incoming order, up to the halt band. Returns what is left of it. */
  #match(side: Side, limit: number, lots: number, owner: number, tag: number, cause: number): number {
    const edge = nearer(side, limit, this.#bands.edge(side, this.now));
    const left = this.#sweep(side, edge, lots, owner, tag, cause);
    if (left > 0 && edge !== limit && this.#meets(side, limit)) {
      this.beginAuction(this.last, Infinity);
      this.#reports.halted(0);
    }
    return left;
  }

  #sweep(side: Side, limit: number, lots: number, owner: number, tag: number, cause: number): number {
    const other = (1 - side) as Side;
    let left = lots;
    let first = 0;
    while (left > 0) {
      const maker = this.side(other)[0];
      if (maker === undefined || !crosses(side, limit, maker.price)) break;
      if (this.#rules.selfTrade !== 'none' && owner >= 0 && maker.owner === owner) {
        left = this.#self(maker, left, tag);
        continue;
      }
      const traded = this.#most(maker, Math.min(left, maker.shown));
      if (traded === 0) continue;
      this.#trade(side, maker.price, traded, maker, tag, owner, cause);
      if (first === 0) first = maker.price;
      left -= traded;
      this.#use(maker, traded);
    }
    if (first !== 0) {
      this.#bands.record(this.now, first, this.last);
      this.#gather(false, side === 0, first, cause);
      this.#gather(false, side === 1, this.last, cause);
    }
    return left;
  }

  #self(maker: NaiveOrder, left: number, tag: number): number {
    const { selfTrade } = this.#rules;
    if (selfTrade === 'decrement') {
      const both = Math.min(left, maker.shown);
      this.#reports.cancelled(maker.tag, both, 'self_trade');
      this.#reports.cancelled(tag, both, 'self_trade');
      this.#show(maker, both);
      return left - both;
    }
    if (selfTrade !== 'cancel-newest') this.cancel(maker, 'self_trade');
    if (selfTrade === 'cancel-oldest') return left;
    this.#reports.cancelled(tag, left, 'self_trade');
    return 0;
  }

  #canFill(side: Side, asked: number, lots: number, owner: number): boolean {
    const limit = nearer(side, asked, this.#bands.edge(side, this.now));
    let found = 0;
    for (const maker of this.side((1 - side) as Side)) {
      if (!crosses(side, limit, maker.price)) break;
      if (this.#rules.selfTrade !== 'none' && owner >= 0 && maker.owner === owner) {
        if (this.#rules.selfTrade === 'cancel-oldest') continue;
        break;
      }
      const open = maker.shown + maker.hidden;
      found += maker.reduceOnly ? Math.min(open, this.closable(maker.side, maker.owner)) : open;
      if (found >= lots) return true;
    }
    return false;
  }

  /** Stops that a price sets off: nearest first, then by arrival. */
  #gather(byMark: boolean, falling: boolean, price: number, cause: number): void {
    const reached = this.orders
      .filter((order) => order.where === 'stop' && order.byMark === byMark && order.falling === falling)
      .filter((order) => (falling ? order.trigger >= price : order.trigger <= price))
      .sort((a, b) => (falling ? b.trigger - a.trigger : a.trigger - b.trigger) || a.turn - b.turn);
    for (const order of reached) this.#trigger(order, cause);
  }

  #trigger(order: NaiveOrder, cause: number): void {
    order.where = 'triggered';
    order.cause = cause;
    this.#queue.push(order);
  }

  #work(): void {
    for (let order = this.#queue.shift(); order !== undefined; order = this.#queue.shift()) {
      this.#reports.triggered(order.tag);
      this.#arrive(order, order.shown, 0);
    }
  }

  #trade(
    side: Side,
    price: number,
    lots: number,
    maker: NaiveOrder,
    tag: number,
    owner: number,
    cause: number,
  ): void {
    this.last = price;
    this.#reports.trade(side, price, lots, maker.tag, tag, maker.owner, owner, cause);
  }

  /** What an order may trade: of a reduce-only one no more than is of use. */
  #most(order: NaiveOrder, lots: number): number {
    if (!order.reduceOnly) return lots;
    const most = Math.min(lots, this.closable(order.side, order.owner));
    if (most === 0) this.cancel(order, 'reduce_only');
    return most;
  }

  /** Takes traded lots off, and what is of no use any more of a reduce-only order: hidden lots first. */
  #use(order: NaiveOrder, traded: number): void {
    const rest = order.shown + order.hidden - traded;
    const excess = order.reduceOnly ? rest - Math.min(rest, this.closable(order.side, order.owner)) : 0;
    if (excess > 0) this.#reports.cancelled(order.tag, excess, 'reduce_only');
    const fromHidden = Math.min(excess, order.hidden);
    order.hidden -= fromHidden;
    this.#show(order, traded + excess - fromHidden);
  }

  /** Takes shown lots off; an iceberg shows the next ones, at the back. */
  #show(order: NaiveOrder, lots: number): void {
    order.shown -= lots;
    if (order.shown > 0) return;
    if (order.hidden === 0) {
      this.#drop(order);
      return;
    }
    order.shown = Math.min(order.display, order.hidden);
    order.hidden -= order.shown;
    order.turn = this.#clock++;
  }

  #add(order: Fields): NaiveOrder {
    const time = this.#clock++;
    const plain = { hidden: 0, display: 0, trigger: 0, falling: false, byMark: false };
    const flags = { reduceOnly: false, forced: false, cause: this.cause };
    const added = { ...plain, ...flags, ...order, age: time, turn: time };
    this.orders.push(added);
    return added;
  }

  #drop(order: NaiveOrder): void {
    this.orders.splice(this.orders.indexOf(order), 1);
  }
}

function crosses(side: Side, limit: number, price: number): boolean {
  return side === 0 ? price <= limit : price >= limit;
}

function nearer(side: Side, a: number, b: number): number {
  return side === 0 ? Math.min(a, b) : Math.max(a, b);
}
