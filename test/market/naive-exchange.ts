/**
 * An exchange as plain arrays, one instrument: slow, and obviously right. What the engine's is compared with, event by
 * event. Trading itself is in naive-matching.ts.
 */
import type { Side } from '../../src/market/book.ts';
import type { CancelReason } from '../../src/market/reports.ts';
import { BY_MARK, FILL_OR_KILL, FORCED, IMMEDIATE_OR_CANCEL } from '../../src/market/reports.ts';
import { POST_ONLY, REDUCE_ONLY } from '../../src/market/reports.ts';
import { auctionPrice } from './naive-auction.ts';
import { NaiveMatching } from './naive-matching.ts';
import type { NaiveOrder } from './naive-order.ts';
import { nearer } from './naive-order.ts';

export class NaiveExchange extends NaiveMatching {
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
    const more = { display, reduceOnly, postOnly: (how & POST_ONLY) !== 0 };
    const order = this.add({ tag, owner, side, where: 'none', price, shown: lots, ...more });
    this.arrive(order, lots, how);
    this.work();
  }

  market(side: Side, lots: number, owner: number, tag: number, how: number): void {
    const [reduceOnly, forced] = [(how & REDUCE_ONLY) !== 0, (how & FORCED) !== 0];
    const order = this.add({ tag, owner, side, where: 'none', price: 0, shown: lots, reduceOnly, forced });
    this.arrive(order, lots, how);
    this.work();
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
    const order = this.add({ tag, owner, side, where: 'stop', price, shown: lots, ...more });
    const at = byMark ? this.mark : this.last;
    if (this.call || at === 0 || !(falling ? at <= trigger : at >= trigger)) return;
    this.trigger(order, this.cause);
    this.work();
  }

  markMoved(price: number): void {
    this.mark = price;
    this.gather(true, false, price, this.cause);
    this.gather(true, true, price, this.cause);
    this.work();
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
    this.arrive(order, lots, order.postOnly ? POST_ONLY : 0);
    this.work();
  }

  beginAuction(reference: number, limit: number): void {
    const on = this.call;
    this.callFrom(reference, limit);
    if (on) this.wakeStops();
    this.work();
  }

  uncross(goesOn: boolean): void {
    this.call = false;
    let traded = false;
    for (;;) {
      const sides = [this.inAuction(0), this.inAuction(1)] as const;
      const { price, volume } = auctionPrice(...sides, this.reference, this.pressure, this.last);
      if (volume === 0) break;
      traded = true;
      this.reports.auction(0, price, volume);
      const cause = this.pairs(price, volume);
      this.gather(false, false, price, cause);
      this.gather(false, true, price, cause);
    }
    for (const side of [0, 1] as const) {
      for (const order of this.inAuction(side).filter((each) => each.where === 'waiting')) {
        this.cancel(order, 'market');
      }
    }
    this.wakeStops();
    if (traded) this.bands.open(this.last, this.last);
    else this.bands.restart(this.last);
    if (goesOn) this.callFrom(this.last || this.bands.opening, 0);
    this.work();
  }

  /** Stops whose price is there already go off, those by the last trade first. */
  private wakeStops(): void {
    for (const byMark of [false, true]) {
      const price = byMark ? this.mark : this.last;
      if (price === 0) continue;
      this.gather(byMark, false, price, this.cause);
      this.gather(byMark, true, price, this.cause);
    }
  }

  /** Returns the first cause of a trade. */
  private pairs(price: number, volume: number): number {
    let cause = -1;
    for (let left = volume; left > 0;) {
      const buyer = this.inAuction(0).find((each) => each.where === 'waiting' || each.price >= price);
      const seller = this.inAuction(1).find((each) => each.where === 'waiting' || each.price <= price);
      if (buyer === undefined || seller === undefined) break;
      const bought = this.most(buyer, Math.min(left, buyer.shown));
      if (bought === 0) continue;
      const lots = this.most(seller, Math.min(bought, seller.shown));
      if (lots === 0) continue;
      const [maker, taker] = buyer.age < seller.age ? [buyer, seller] : [seller, buyer];
      const own = taker.cause >= 0 ? taker.cause : maker.cause;
      this.trade(taker.side, price, lots, maker, taker.tag, taker.owner, own);
      for (const order of [buyer, seller]) if (order.forced) this.reports.forced(order.cause, lots, price);
      this.use(buyer, lots);
      this.use(seller, lots);
      if (cause < 0) cause = own;
      left -= lots;
    }
    return cause;
  }

  private inAuction(side: Side): NaiveOrder[] {
    const waiting = this.orders.filter((order) => order.where === 'waiting' && order.side === side);
    return [...waiting.sort((a, b) => a.turn - b.turn), ...this.side(side)];
  }

  /** An order trades what it can, and rests, waits or is dropped. A price of 0: at any. */
  private arrive(order: NaiveOrder, lots: number, how: number): void {
    const { tag, side, owner } = order;
    const most = order.reduceOnly ? Math.min(lots, this.closable(side, owner)) : lots;
    if (most < lots) this.reports.cancelled(tag, lots - most, 'reduce_only');
    const end = (left: number, reason: CancelReason) => {
      if (left > 0) this.reports.cancelled(tag, left, reason);
      this.drop(order);
    };
    if (most === 0) {
      end(0, 'user');
      return;
    }
    const collar = this.call ? undefined : this.bands.collar(side, this.last);
    const any = side === 0 ? Infinity : -Infinity;
    const asked = order.price === 0 ? any : order.price;
    const limit = collar === undefined ? asked : nearer(side, asked, collar);
    if (order.price > 0 && limit !== asked && this.rules.collars?.beyond === 'reject') {
      end(most, 'collar');
      return;
    }
    let left = most;
    if (!this.call && this.meets(side, limit)) {
      if ((how & POST_ONLY) !== 0) {
        end(left, 'post_only');
        return;
      }
      if ((how & FILL_OR_KILL) === 0 || this.canFill(side, limit, left, owner)) {
        left = this.match(side, limit, left, owner, tag, order.cause);
      }
    }
    if (left === 0) end(0, 'user');
    else if ((how & FILL_OR_KILL) !== 0) end(left, 'fok');
    else if ((how & IMMEDIATE_OR_CANCEL) !== 0) end(left, 'ioc');
    else if (order.price === 0 && !this.call) end(left, this.meets(side, any) ? 'collar' : 'market');
    else {
      order.where = order.price === 0 ? 'waiting' : 'book';
      if (order.price > 0) order.price = limit;
      order.shown = order.display === 0 ? left : Math.min(order.display, left);
      order.hidden = left - order.shown;
      order.turn = this.clock++;
    }
  }

  private work(): void {
    for (let order = this.queue.shift(); order !== undefined; order = this.queue.shift()) {
      this.reports.triggered(order.tag);
      this.arrive(order, order.shown, 0);
    }
  }
}
