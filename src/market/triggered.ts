/**
 * Executes the orders that a price has set off, one by one in the order in which it did; what their own trades set off
 * joins the queue, so nothing recurses. An order that is triggered in a call period joins that.
 */
import * as ladders from '../core/ladder.ts';
import type { Arrivals } from './arrivals.ts';
import type { Side } from './book.ts';
import type { Matcher } from './matcher.ts';
import type { OpenOrders } from './open-orders.ts';
import * as lines from './open-orders.ts';
import type { Reports } from './reports.ts';

// Taken out of their modules: V8 compiles a module's own constants in, but reads imported ones anew at each use.
const { EMPTY } = ladders;
const { WAITING } = lines;

export class Triggered {
  private readonly open: OpenOrders;
  private readonly matcher: Matcher;
  private readonly arrivals: Arrivals;
  private readonly reports: Reports;

  constructor(open: OpenOrders, matcher: Matcher, arrivals: Arrivals, reports: Reports) {
    this.open = open;
    this.matcher = matcher;
    this.arrivals = arrivals;
    this.reports = reports;
  }

  work(): void {
    const { aside, triggeredLine } = this.open;
    while (aside.best[triggeredLine] !== EMPTY) this.next(this.open.firstAside(triggeredLine));
  }

  private next(row: number): void {
    const { open, matcher, arrivals } = this;
    const { orders } = open.book;
    const terms = open.termsOf(row);
    const tag = orders.tag(row);
    const instrument = open.instrumentOf(row);
    const side = open.terms.side[terms]! as Side;
    const owner = open.ownerOf(row);
    const asked = open.terms.limit[terms]!;
    this.reports.triggered(tag);
    open.lift(row);
    matcher.cause = orders.cause(row);
    let left = orders.lots(row);
    if (open.isReduceOnly(row)) left = arrivals.reduce(instrument, side, left, owner, tag);
    let limit = asked;
    if (left > 0 && asked > 0) {
      limit = arrivals.collared(instrument, side, asked, left, tag);
      left = limit === 0 ? 0 : arrivals.limit(instrument, side, limit, left, owner, tag, 0);
    } else if (left > 0) {
      left = arrivals.market(instrument, side, left, owner, tag);
    }
    if (left === 0) open.release(row);
    else if (asked > 0) open.restAgain(row, instrument, side, limit, left);
    else {
      orders.setLots(row, left);
      open.insertAside(row, instrument, WAITING + side, 0);
    }
  }
}
