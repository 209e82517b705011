/**
 * The price of a call auction: largest volume, then smallest surplus, then market pressure, then nearest to the
 * reference. Every integer price is a candidate, whether orders rest there or not.
 */
import { EMPTY, MAX_KEY } from '../core/ladder.ts';
import type { Side } from './book.ts';
import { BUY, SELL } from './book.ts';
import { LevelWalk } from './level-walk.ts';
import type { OpenOrders } from './open-orders.ts';
import { WAITING } from './open-orders.ts';

/** Relative slack of a limit percentage: 0.05 is not a number of binary digits. */
const SLACK = 1e-12;

export class AuctionPrice {
  /** Ticks; 0 when nobody meets. */
  price = 0;
  volume = 0;
  /** First price at which enough is offered for the volume, and last at which enough is wanted. */
  private low = 0;
  private high = 0;
  /** Lots wanted at `high`, and offered at `low`. */
  private demand = 0;
  private supply = 0;
  private readonly open: OpenOrders;
  private readonly bids: LevelWalk;
  private readonly asks: LevelWalk;
  constructor(open: OpenOrders) {
    this.open = open;
    this.bids = new LevelWalk(open);
    this.asks = new LevelWalk(open);
  }

  /**
   * Finds price and volume; a volume of 0 means that nobody meets. `reference` and `last`: ticks, 0 for none. `limit`:
   * share by which pressure may move the price from the reference.
   *
   * D(p), the demand, falls with the price, and S(p), the supply, rises. Matching the best of both sides for as long as
   * they are willing gives the largest volume V = max min(D, S); `low` is the first price with S ≥ V, `high` the last with
   * D ≥ V. Between them one of the two curves is V and the other at least that: first S = V while D falls, then D = V
   * while S rises. So the least surplus is at the last price of the first part, or at the first one of the second.
   */
  find(instrument: number, reference: number, limit: number, last: number): void {
    this.match(instrument);
    this.price = 0;
    const { volume, low, high, demand, supply, bids, asks } = this;
    if (volume === 0) return;
    // The walks stand at the next level of each side.
    const nextAsk = asks.key === EMPTY ? MAX_KEY + 1 : asks.price;
    const nextBid = bids.key === EMPTY ? 0 : bids.price;
    const turn = Math.min(high, nextAsk - 1);
    if (supply > volume) {
      this.price = pressDown(low, turn, reference, limit);
      return;
    }
    let wanted = turn === high ? demand : volume; // D at the turn
    let from = Math.max(low, nextBid + 1); // first price with the same D
    if (turn < high && nextBid === turn) {
      wanted += bids.lots;
      bids.next();
      from = Math.max(low, bids.key === EMPTY ? 1 : bids.price + 1);
    }
    const above = wanted - volume;
    const below = turn < high ? asks.lots : Infinity; // S less D just above the turn
    if (above === 0) this.price = nearest(from, turn, reference, last);
    else if (above < below) this.price = pressUp(from, turn, reference, limit);
    else {
      asks.next();
      const to = Math.min(high, asks.key === EMPTY ? MAX_KEY : asks.price - 1);
      // With a surplus of demand on one part and an equal one of supply on the other, nobody presses.
      if (above === below) this.price = nearest(from, to, reference, last);
      else this.price = pressDown(turn + 1, to, reference, limit);
    }
  }

  /** Matches the best of both sides as long as they are willing; leaves the walks behind the last levels that trade. */
  private match(instrument: number): void {
    const { bids, asks } = this;
    let buying = this.waiting(instrument, BUY);
    let selling = this.waiting(instrument, SELL);
    this.volume = 0;
    this.demand = buying;
    this.supply = selling;
    this.high = MAX_KEY;
    this.low = 1;
    bids.start(instrument, BUY);
    asks.start(instrument, SELL);
    for (;;) {
      if ((buying === 0 && bids.key === EMPTY) || (selling === 0 && asks.key === EMPTY)) break;
      const highest = buying > 0 ? this.high : bids.price;
      const lowest = selling > 0 ? this.low : asks.price;
      if (highest < lowest) break;
      this.high = highest;
      this.low = lowest;
      if (buying === 0) {
        buying = bids.lots;
        this.demand += buying;
        bids.next();
      }
      if (selling === 0) {
        selling = asks.lots;
        this.supply += selling;
        asks.next();
      }
      const lots = Math.min(buying, selling);
      this.volume += lots;
      buying -= lots;
      selling -= lots;
    }
    // Market orders may have been enough: then these are the ends of the price axis, where others may rest, too.
    if (bids.key !== EMPTY && bids.price === this.high) {
      this.demand += bids.lots;
      bids.next();
    }
    if (asks.key !== EMPTY && asks.price === this.low) {
      this.supply += asks.lots;
      asks.next();
    }
  }

  /** Lots of the market orders that wait. */
  private waiting(instrument: number, side: Side): number {
    const { aside, terms, book } = this.open;
    let lots = 0;
    const line = this.open.lineOf(instrument, WAITING + side);
    for (let node = aside.firstAt(line, 0); node >= 0; node = aside.nextAt(node)) {
      lots += book.orders.lots(terms.order[node]!);
    }
    return lots;
  }
}

/** Demand is left over on all of these prices. */
function pressUp(low: number, high: number, reference: number, limit: number): number {
  if (reference === 0) return high;
  return clamp(Math.ceil(reference * (1 + limit) * (1 - SLACK)), low, high);
}

/** Supply is left over on all of these prices. */
function pressDown(low: number, high: number, reference: number, limit: number): number {
  if (reference === 0) return low;
  return clamp(Math.floor(reference * (1 - limit) * (1 + SLACK)), low, high);
}

/** Nobody presses. */
function nearest(low: number, high: number, reference: number, last: number): number {
  const near = reference !== 0 ? reference : last !== 0 ? last : Math.floor((low + high) / 2);
  return clamp(near, low, high);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
