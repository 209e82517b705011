/** What happens to an order on its arrival, before it rests or waits: what reduce-only and collars leave of it, and trades. */
import type { Bands } from './bands.ts';
import { nearer } from './bands.ts';
import { anyPrice } from './book.ts';
import type { Matcher } from './matcher.ts';
import type { Order } from './order.ts';
import type { OpenOrders } from './open-orders.ts';
import type { Reports } from './reports.ts';
import * as flags from './reports.ts';
import type { Sessions } from './sessions.ts';

// Taken out of their modules: V8 compiles a module's own constants in, but reads imported ones anew at each use.
const { FILL_OR_KILL, IMMEDIATE_OR_CANCEL, POST_ONLY } = flags;

export class Arrivals {
  private readonly open: OpenOrders;
  private readonly matcher: Matcher;
  private readonly sessions: Sessions;
  private readonly bands: Bands;
  private readonly reports: Reports;

  constructor(open: OpenOrders, matcher: Matcher, sessions: Sessions, bands: Bands, reports: Reports) {
    this.open = open;
    this.matcher = matcher;
    this.sessions = sessions;
    this.bands = bands;
    this.reports = reports;
  }

  /** Cuts a reduce-only order to what it can reduce. Returns the lots left. */
  reduce(order: Order, lots = order.lots): number {
    const most = Math.min(lots, this.matcher.closable(order.instrument, order.side, order.owner));
    if (most < lots) this.reports.cancelled(order.tag, lots - most, 'reduce_only');
    return most;
  }

  /** The price that the collar leaves a limit order of so many lots, or 0 if it drops it. */
  collared(order: Order, lots: number): number {
    const { instrument, side, price } = order;
    if (this.bands.collared[instrument] === 0 || this.sessions.isCall(instrument)) return price;
    const limit = nearer(side, price, this.bands.collar(instrument, side));
    if (limit === price || !this.bands.rejects(instrument)) return limit;
    this.reports.cancelled(order.tag, lots, 'collar');
    return 0;
  }

  /** Trades what a limit order may at once. Returns the lots that rest; what is dropped is told. */
  limit(order: Order, limit: number, lots: number): number {
    const { instrument, side, tag, how } = order;
    let left = lots;
    if (!this.sessions.isCall(instrument) && this.open.book.crosses(instrument, side, limit)) {
      if ((how & POST_ONLY) !== 0) {
        this.reports.cancelled(tag, left, 'post_only');
        return 0;
      }
      if ((how & FILL_OR_KILL) === 0 || this.matcher.canFill(order, limit, left)) {
        left = this.matcher.execute(order, limit, left);
      }
    }
    if (left > 0 && (how & (IMMEDIATE_OR_CANCEL | FILL_OR_KILL)) !== 0) {
      this.reports.cancelled(tag, left, (how & FILL_OR_KILL) === 0 ? 'ioc' : 'fok');
      return 0;
    }
    return left;
  }

  /** Trades a market order at once. Returns the lots that wait for an uncross; what is dropped is told. */
  market(order: Order, lots: number): number {
    const { instrument, side } = order;
    if (this.sessions.isCall(instrument)) return lots;
    const { bands, open } = this;
    const limit = bands.collared[instrument] === 0 ? anyPrice(side) : bands.collar(instrument, side);
    const left = this.matcher.execute(order, limit, lots);
    // A halt may have begun.
    if (left === 0 || this.sessions.isCall(instrument)) return left;
    // Nobody is left, or only those beyond the collar.
    const reason = open.book.crosses(instrument, side, anyPrice(side)) ? 'collar' : 'market';
    this.reports.cancelled(order.tag, left, reason);
    return 0;
  }
}
