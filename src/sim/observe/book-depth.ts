/** How much rests near the middle of the book. */
import { EMPTY } from '../../core/ladder.ts';
import { BUY } from '../../market/book.ts';
import type { Venue } from '../venue/venue.ts';

/** The book of one instrument at a moment. */
export interface Touch {
  /** Middle between best bid and ask, ticks; the mark where a side is empty. */
  readonly middle: number;
  /** Best ask less best bid, ticks; NaN where a side is empty. */
  readonly spread: number;
}

export function touchOf({ book, ledger }: Venue, instrument: number): Touch {
  const bid = book.bestBid(instrument);
  const ask = book.bestAsk(instrument);
  if (bid === 0 || ask === 0) return { middle: ledger.marks[instrument]!, spread: NaN };
  return { middle: (bid + ask) / 2, spread: ask - bid };
}

/**
 * Lots on one side at prices within `share` of `middle`, valued at their prices, quanta. Levels are walked from the best
 * one on, so that the cost is of what is counted.
 */
export function depthWithin(
  { book, ledger }: Venue,
  instrument: number,
  side: number,
  middle: number,
  share: number,
): number {
  const { ladder, orders } = book;
  const line = 2 * instrument + side;
  const far = Math.abs(middle * share);
  let value = 0;
  for (let key = ladder.best[line]!; key !== EMPTY; key = ladder.nextBelow(line, key)) {
    const price = key ^ -side;
    if ((side === BUY ? middle - price : price - middle) > far) break;
    for (let order = ladder.firstAt(line, key); order >= 0; order = ladder.nextAt(order)) {
      value += ledger.contracts.notional(instrument, orders.lots(order), price);
    }
  }
  return value;
}

/** Each price of one side at which orders rest, best first, with the lots there; ends where `visit` returns false. */
export function eachLevel(
  { book }: Venue,
  instrument: number,
  side: number,
  visit: (price: number, lots: number) => boolean,
): void {
  const { ladder, orders } = book;
  const line = 2 * instrument + side;
  for (let key = ladder.best[line]!; key !== EMPTY; key = ladder.nextBelow(line, key)) {
    let lots = 0;
    for (let order = ladder.firstAt(line, key); order >= 0; order = ladder.nextAt(order)) {
      lots += orders.lots(order);
    }
    if (!visit(key ^ -side, lots)) return;
  }
}
