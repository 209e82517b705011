/**
 * The book of one instrument over time, as a picture has it: for each moment the money that rests at prices near the middle,
 * in buckets of equal width. A moment keeps only the buckets round its own middle, so that a fall of any size costs no more.
 */
import { BUY, SELL } from '../market/book.ts';
import { eachLevel, touchOf } from '../sim/observe/book-depth.ts';
import type { View } from './view.ts';
import { moneyOf } from './view.ts';

/** Width of a bucket as a share of the first price, and buckets on each side of the middle. */
const WIDTH = 0.0002;
const REACH = 300;

export interface Heat {
  /** Ticks of a bucket. */
  readonly width: number;
  /** Buckets of a moment. */
  readonly rows: number;
  /** Bucket of the lowest price of each moment: prices from `first · width` ticks on. */
  readonly first: Int32Array;
  /** Moment × rows: units of money that rest there; bids below 0. */
  readonly depth: Float32Array;
}

export function emptyHeat(moments: number, price: number): Heat {
  const rows = 2 * REACH + 1;
  return {
    width: Math.max(1, Math.round(price * WIDTH)),
    rows,
    first: new Int32Array(moments),
    depth: new Float32Array(moments * rows),
  };
}

/** Writes what the book is now as a moment. */
export function lookAtBook(heat: Heat, moment: number, view: View): void {
  const { venue, instrument } = view;
  const { width, rows, depth } = heat;
  const first = Math.floor(touchOf(venue, instrument).middle / width) - REACH;
  heat.first[moment] = first;
  for (const side of [BUY, SELL] as const) {
    eachLevel(venue, instrument, side, (price, lots) => {
      const bucket = Math.floor(price / width) - first;
      // A crossed book of a call period reaches over the other end.
      if (bucket < 0 || bucket >= rows) return side === BUY ? bucket >= rows : bucket < 0;
      const money = moneyOf(view, venue.ledger.contracts.notional(instrument, lots, price));
      const at = moment * rows + bucket;
      depth[at] = depth[at]! + (side === BUY ? -money : money);
      return true;
    });
  }
}
