/**
 * Executes the orders that a price has set off, one by one in the order in which it did; what their own trades set off
 * joins the queue, so nothing recurses. An order that is triggered in a call period joins that.
 */
import * as ladders from '../core/ladder.ts';
import type { Arrivals } from './arrivals.ts';
import type { Side } from './book.ts';
import { newOrder } from './order.ts';
import type { OpenOrders } from './open-orders.ts';
import * as lines from './open-orders.ts';
import type { Reports } from './reports.ts';

// Taken out of their modules: V8 compiles a module's own constants in, but reads imported ones anew at each use.
const { EMPTY } = ladders;
const { WAITING } = lines;

export class Triggered {
  private readonly open: OpenOrders;
  private readonly arrivals: Arrivals;
  private readonly reports: Reports;
  /** The order at hand. */
  private readonly order = newOrder();

  constructor(open: OpenOrders, arrivals: Arrivals, reports: Reports) {
    this.open = open;
    this.arrivals = arrivals;
    this.reports = reports;
  }

  work(): void {
    const { aside, triggeredLine } = this.open;
    while (aside.best[triggeredLine] !== EMPTY) this.next(this.open.firstAside(triggeredLine));
  }

  private next(row: number): void {
    const { open, arrivals, order } = this;
    const { orders } = open.book;
    const terms = open.termsOf(row);
    const instrument = (order.instrument = open.instrumentOf(row));
    const side = (order.side = open.terms.side[terms]! as Side);
    const asked = (order.price = open.terms.limit[terms]!);
    order.owner = open.ownerOf(row);
    order.tag = orders.tag(row);
    this.reports.triggered(order.tag);
    open.lift(row);
    open.book.cause = orders.cause(row);
    let left = orders.lots(row);
    if (open.isReduceOnly(row)) left = arrivals.reduce(order, left);
    let limit = asked;
    if (left > 0 && asked > 0) {
      limit = arrivals.collared(order, left);
      left = limit === 0 ? 0 : arrivals.limit(order, limit, left);
    } else if (left > 0) {
      left = arrivals.market(order, left);
    }
    if (left === 0) open.release(row);
    else if (asked > 0) open.restAgain(row, instrument, side, limit, left);
    else {
      orders.setLots(row, left);
      open.insertAside(row, instrument, WAITING + side, 0);
    }
  }
}
