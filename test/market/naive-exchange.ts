/**
 * An exchange as plain arrays, one instrument: slow, and obviously right. What the engine's is compared with, event by
 * event. Orders are one list in order of arrival; everything else is found by sorting and filtering it.
 */
import type { Side } from '../../src/market/book.ts';
import type { Reports, SelfTrade } from '../../src/market/reports.ts';

export interface NaiveOrder {
  readonly tag: number;
  readonly owner: number;
  readonly side: Side;
  /** `waiting`: a market order in a call period. */
  where: 'book' | 'stop' | 'triggered' | 'waiting';
  price: number;
  shown: number;
  hidden: number;
  readonly display: number;
  readonly reduceOnly: boolean;
  readonly trigger: number;
  /** Arrival, and place in the queue of its price. */
  readonly age: number;
  turn: number;
}

const HIGHEST = 0x3fffffff;

export class NaiveExchange {
  orders: NaiveOrder[] = [];
  call = false;
  last = 0;
  #reference = 0;
  #limit = 0;
  #clock = 0;
  #queue: NaiveOrder[] = [];
  readonly #selfTrade: SelfTrade;
  readonly #reports: Reports;

  constructor(selfTrade: SelfTrade, reports: Reports) {
    this.#selfTrade = selfTrade;
    this.#reports = reports;
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
    tif: number,
    postOnly: boolean,
    display: number,
    reduceOnly: boolean,
  ): void {
    let left = reduceOnly ? this.#cut(side, lots, owner, tag) : lots;
    if (left === 0) return;
    const meets =
      !this.call && this.side((1 - side) as Side).some((maker) => crosses(side, price, maker.price));
    if (meets && postOnly) {
      this.#reports.cancelled(tag, left, 'post_only');
      return;
    }
    if (meets && (tif !== 2 || this.#canFill(side, price, left, owner))) {
      left = this.#match(side, price, left, owner, tag);
    }
    if (left > 0 && tif !== 0) this.#reports.cancelled(tag, left, tif === 2 ? 'fok' : 'ioc');
    else if (left > 0) {
      const shown = display === 0 ? left : Math.min(display, left);
      this.#add({ tag, owner, side, where: 'book', price, shown, hidden: left - shown, display, reduceOnly });
    }
    this.#work();
  }

  market(side: Side, lots: number, owner: number, tag: number, reduceOnly: boolean): void {
    const left = reduceOnly ? this.#cut(side, lots, owner, tag) : lots;
    if (left === 0) return;
    if (this.call) {
      this.#add({ tag, owner, side, where: 'waiting', price: 0, shown: left, reduceOnly: false });
      return;
    }
    const rest = this.#match(side, side === 0 ? Infinity : 0, left, owner, tag);
    if (rest > 0) this.#reports.cancelled(tag, rest, 'market');
    this.#work();
  }

  stop(side: Side, trigger: number, lots: number, price: number, owner: number, tag: number): void {
    const order = this.#add({
      tag,
      owner,
      side,
      where: 'stop',
      price,
      shown: lots,
      reduceOnly: false,
      trigger,
    });
    const met = this.last !== 0 && (side === 1 ? this.last <= trigger : this.last >= trigger);
    if (this.call || !met) return;
    this.#trigger(order);
    this.#work();
  }

  cancel(order: NaiveOrder, reason: 'user' | 'self_trade' | 'reduce_only' | 'market' = 'user'): void {
    this.#reports.cancelled(order.tag, order.shown + order.hidden, reason);
    this.#drop(order);
  }

  cancelAll(owner: number): void {
    for (const order of this.orders.filter((each) => each.owner === owner)) this.cancel(order);
  }

  replace(order: NaiveOrder, price: number, lots: number): void {
    const open = order.shown + order.hidden;
    if (price === order.price && lots < open) {
      order.hidden = Math.max(0, order.hidden - (open - lots));
      order.shown = lots - order.hidden;
      return;
    }
    this.#drop(order);
    const { side, owner, tag, display, reduceOnly } = order;
    this.limit(side, price, lots, owner, tag, 0, false, display, reduceOnly);
  }

  beginAuction(reference: number, limit: number): void {
    this.call = true;
    this.#reference = reference;
    this.#limit = limit;
  }

  uncross(): void {
    this.call = false;
    const { price, volume } = this.#auctionPrice();
    if (volume > 0) this.#reports.auction(0, price, volume);
    for (let left = volume; left > 0;) {
      const [buyer, seller] = [this.#inAuction(0)[0]!, this.#inAuction(1)[0]!];
      const lots = Math.min(left, buyer.shown, seller.shown);
      const [maker, taker] = buyer.age < seller.age ? [buyer, seller] : [seller, buyer];
      this.#trade(taker.side, price, lots, maker, taker.tag, taker.owner);
      this.#use(buyer, lots);
      this.#use(seller, lots);
      left -= lots;
    }
    for (const side of [0, 1]) {
      for (const order of this.orders.filter((each) => each.where === 'waiting' && each.side === side)) {
        this.cancel(order, 'market');
      }
    }
    if (volume > 0) for (const side of [0, 1] as const) this.#gather(side, price);
    this.#work();
  }

  #inAuction(side: Side): NaiveOrder[] {
    return [
      ...this.orders.filter((order) => order.where === 'waiting' && order.side === side),
      ...this.side(side),
    ];
  }

  /** Tries every price at which something changes, and those next to it. */
  #auctionPrice(): { price: number; volume: number } {
    const sum = (side: Side, price: number) =>
      this.#inAuction(side).reduce((lots, order) => {
        const in_ = order.where === 'waiting' || (side === 0 ? order.price >= price : order.price <= price);
        return lots + (in_ ? order.shown + order.hidden : 0);
      }, 0);
    const prices = new Set([1, HIGHEST]);
    for (const side of [0, 1] as const) {
      for (const { price } of this.side(side)) for (const near of [-1, 0, 1]) prices.add(price + near);
    }
    const tried = [...prices]
      .filter((price) => price >= 1 && price <= HIGHEST)
      .map((price) => ({ price, demand: sum(0, price), supply: sum(1, price) }));
    const volume = Math.max(...tried.map((at) => Math.min(at.demand, at.supply)));
    if (volume === 0) return { price: 0, volume };
    const most = tried.filter((at) => Math.min(at.demand, at.supply) === volume);
    const least = Math.min(...most.map((at) => Math.abs(at.demand - at.supply)));
    const best = most.filter((at) => Math.abs(at.demand - at.supply) === least);
    const low = Math.min(...best.map((at) => at.price));
    const high = Math.max(...best.map((at) => at.price));
    const clamp = (price: number) => Math.max(low, Math.min(high, price));
    const reference = this.#reference;
    // The limits of the test are multiples of 1 %: exact in hundredths.
    const percent = Math.round(this.#limit * 100);
    if (best.every((at) => at.demand > at.supply)) {
      const price = reference === 0 ? high : clamp(Math.ceil((reference * (100 + percent)) / 100));
      return { price, volume };
    }
    if (best.every((at) => at.demand < at.supply)) {
      const price = reference === 0 ? low : clamp(Math.floor((reference * (100 - percent)) / 100));
      return { price, volume };
    }
    return { price: clamp(reference || this.last || Math.floor((low + high) / 2)), volume };
  }

  /** Trades an incoming order. Returns what is left of it. */
  #match(side: Side, limit: number, lots: number, owner: number, tag: number): number {
    const other = (1 - side) as Side;
    let left = lots;
    let first = 0;
    while (left > 0) {
      const maker = this.side(other)[0];
      if (maker === undefined || !crosses(side, limit, maker.price)) break;
      if (this.#selfTrade !== 'none' && owner >= 0 && maker.owner === owner) {
        left = this.#self(maker, left, tag);
        continue;
      }
      let traded = Math.min(left, maker.shown);
      if (maker.reduceOnly) traded = Math.min(traded, this.closable(other, maker.owner));
      if (traded === 0) {
        this.cancel(maker, 'reduce_only');
        continue;
      }
      this.#trade(side, maker.price, traded, maker, tag, owner);
      if (first === 0) first = maker.price;
      left -= traded;
      const rest = maker.shown + maker.hidden - traded;
      const excess = maker.reduceOnly ? rest - Math.min(rest, this.closable(other, maker.owner)) : 0;
      if (excess > 0) this.#reports.cancelled(maker.tag, excess, 'reduce_only');
      const fromHidden = Math.min(excess, maker.hidden);
      maker.hidden -= fromHidden;
      this.#use(maker, traded + excess - fromHidden);
    }
    if (first !== 0) {
      this.#gather(other, first);
      this.#gather(side, this.last);
    }
    return left;
  }

  #self(maker: NaiveOrder, left: number, tag: number): number {
    if (this.#selfTrade === 'decrement') {
      const both = Math.min(left, maker.shown);
      this.#reports.cancelled(maker.tag, both, 'self_trade');
      this.#reports.cancelled(tag, both, 'self_trade');
      this.#use(maker, both);
      return left - both;
    }
    if (this.#selfTrade !== 'cancel-newest') this.cancel(maker, 'self_trade');
    if (this.#selfTrade === 'cancel-oldest') return left;
    this.#reports.cancelled(tag, left, 'self_trade');
    return 0;
  }

  #canFill(side: Side, limit: number, lots: number, owner: number): boolean {
    let found = 0;
    for (const maker of this.side((1 - side) as Side)) {
      if (!crosses(side, limit, maker.price)) break;
      if (this.#selfTrade !== 'none' && owner >= 0 && maker.owner === owner) {
        if (this.#selfTrade === 'cancel-oldest') continue;
        break;
      }
      const open = maker.shown + maker.hidden;
      found += maker.reduceOnly ? Math.min(open, this.closable(maker.side, maker.owner)) : open;
      if (found >= lots) return true;
    }
    return false;
  }

  /** Stops of a side that a trade at this price sets off: nearest first, then by arrival. */
  #gather(side: Side, price: number): void {
    const reached = this.orders
      .filter((order) => order.where === 'stop' && order.side === side)
      .filter((order) => (side === 1 ? order.trigger >= price : order.trigger <= price))
      .sort((a, b) => (side === 1 ? b.trigger - a.trigger : a.trigger - b.trigger) || a.turn - b.turn);
    for (const order of reached) this.#trigger(order);
  }

  #trigger(order: NaiveOrder): void {
    order.where = 'triggered';
    this.#queue.push(order);
  }

  #work(): void {
    for (let order = this.#queue.shift(); order !== undefined; order = this.#queue.shift()) {
      const { side, price, owner, tag, shown } = order;
      this.#reports.triggered(tag);
      const limit = price > 0 ? price : side === 0 ? Infinity : 0;
      const left = this.#match(side, limit, shown, owner, tag);
      order.shown = left;
      if (left > 0 && price > 0) {
        order.where = 'book';
        order.turn = this.#clock++;
        continue;
      }
      if (left > 0) this.#reports.cancelled(tag, left, 'market');
      this.#drop(order);
    }
  }

  #trade(side: Side, price: number, lots: number, maker: NaiveOrder, tag: number, owner: number): void {
    this.last = price;
    this.#reports.trade(0, side, price, lots, maker.tag, tag, maker.owner, owner);
  }

  /** Takes shown lots off; an iceberg shows the next ones, at the back. */
  #use(order: NaiveOrder, lots: number): void {
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

  #cut(side: Side, lots: number, owner: number, tag: number): number {
    const most = Math.min(lots, this.closable(side, owner));
    if (most < lots) this.#reports.cancelled(tag, lots - most, 'reduce_only');
    return most;
  }

  #add(
    order: Omit<NaiveOrder, 'age' | 'turn' | 'hidden' | 'display' | 'trigger'> & Partial<NaiveOrder>,
  ): NaiveOrder {
    const time = this.#clock++;
    const added = { hidden: 0, display: 0, trigger: 0, ...order, age: time, turn: time };
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
