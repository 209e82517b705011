/**
 * The first orders of a book: a real snapshot, continued outward so that the depth within 1 … 5 % of the
 * middle is that of measured bands; or a flat book. Prices in ticks, sizes in lots.
 */
import { at, ConfigError } from '../../../core/errors.ts';
import { requireAtMost, whole } from '../../../core/whole.ts';
import type { Levels } from '../../../sim/scenario/scenario.ts';

export type Side = 'bid' | 'ask';

/** A book's two sides while they are put together, best price first. */
export interface Sides {
  readonly bids: Levels;
  readonly asks: Levels;
}

/** Cumulative notional (money) within a distance of the middle (a share). */
export interface Band {
  readonly within: number;
  readonly notional: number;
}

/** Levels while they are put together, best first. */
export interface Depth {
  readonly price: number[];
  readonly lots: number[];
}

/** Most prices on one side of a book: more would be orders that no run has time for. */
const MOST_LEVELS = 1_000_000;

export const EMPTY: Levels = { price: new Int32Array(0), lots: new Int32Array(0) };

/** `lots` at each of `ticks` prices on both sides of `price`, which itself stays free. */
export function flatBook(price: number, lots: number, ticks: number): Sides {
  if (ticks >= price) throw new ConfigError(['ticks'], `must stay below the price, ${price} ticks`);
  if (ticks > MOST_LEVELS) throw new ConfigError(['ticks'], `must be at most ${MOST_LEVELS}`);
  at(['ticks'], () => whole(price + ticks, 'ticks'));
  at(['lots_per_tick'], () => whole(ticks * lots, 'lots'));
  const side = (step: number): Levels => ({
    price: Int32Array.from({ length: ticks }, (_, i) => price + step * (i + 1)),
    lots: new Int32Array(ticks).fill(lots),
  });
  return { bids: side(-1), asks: side(1) };
}

export interface Continuation {
  readonly bands: readonly Band[];
  /** Distance between the prices that are added, ticks. */
  readonly spacing: number;
  /** How far from the middle the last band's density goes on, a share. */
  readonly beyond: number;
  /** What lots are worth at a price (ticks), money. */
  readonly worth: (price: number, lots: number) => number;
  /** Middle of the book, ticks. */
  readonly middle: number;
}

/**
 * Continues one side outward from its last level. What a band has more than the levels before it is spread
 * evenly over the prices that it adds; beyond the last band its density goes on. Throws ConfigError when the
 * levels have more.
 */
export function continueSide(side: Side, book: Levels, continuation: Continuation): Levels {
  const { bands, spacing, beyond, worth, middle } = continuation;
  const away = side === 'bid' ? -1 : 1;
  const depth: Depth = { price: [...book.price], lots: [...book.lots] };
  let price = depth.price.at(-1)! + away * spacing;
  let held = notionalOf(book, worth);
  const limit = (within: number) => middle * (1 + away * within);
  const isWithin = (within: number) => (price - limit(within)) * away <= 0 && price > 0;
  /**
   * Prices up to a distance, so that all of them get the same notional and `target` is reached at the last.
   */
  const spread = (within: number, target: number) => {
    const from = held;
    const count = countWithin(within);
    for (let n = 1; n <= count; n++, price += away * spacing) {
      const due = from + ((target - from) * n) / count;
      const lots = Math.round((due - held) / worth(price, 1));
      if (lots <= 0) continue;
      depth.price.push(price);
      depth.lots.push(lots);
      held += worth(price, lots);
    }
  };
  const countWithin = (within: number) => {
    const count = isWithin(within) ? Math.floor(Math.abs(limit(within) - price) / spacing) + 1 : 0;
    if (depth.price.length + count <= MOST_LEVELS) return count;
    throw new ConfigError([], `${side}s would have more than ${MOST_LEVELS} prices; use a larger spacing`);
  };
  requireAtMost(limit(Math.max(beyond, bands.at(-1)!.within)), 'ticks');
  for (const { within, notional } of bands) {
    if (!isWithin(within)) continue;
    if (notional < held) {
      throw new ConfigError(
        [],
        `${side}s within ${100 * within} %: the bands have ${notional}, but the snapshot alone has ` +
          `${Math.round(held)}`,
      );
    }
    spread(within, notional);
  }
  const [inner, outer] = [bands.at(-2) ?? { within: 0, notional: 0 }, bands.at(-1)!];
  const density = (outer.notional - inner.notional) / (outer.within - inner.within);
  if (beyond > outer.within) spread(beyond, held + density * (beyond - outer.within));
  return levels(depth);
}

/** Notional (money) of levels. */
function notionalOf(book: Levels, worth: Continuation['worth']): number {
  return book.price.reduce((sum, price, i) => sum + worth(price, book.lots[i]!), 0);
}

/** Lots of levels whose price is within a share of the middle. */
export function lotsWithin(book: Levels, middle: number, within: number): number {
  let sum = 0;
  book.price.forEach((price, i) => {
    if (Math.abs(price - middle) <= within * middle) sum += book.lots[i]!;
  });
  return sum;
}

/** Levels as columns of the engine. Throws ConfigError for sums that are too many lots. */
export function levels({ price, lots }: Depth): Levels {
  let sum = 0;
  for (const count of lots) sum += count;
  requireAtMost(sum, 'lots');
  return { price: Int32Array.from(price), lots: Int32Array.from(lots) };
}

/** What of a book lies at least a share of the middle (ticks) away from it. */
export function hollow({ bids, asks }: Sides, middle: number, from: number): Sides {
  const outer = ({ price, lots }: Levels): Levels => {
    const far = (_: number, i: number): boolean => Math.abs(price[i]! - middle) >= from * middle;
    return { price: price.filter(far), lots: lots.filter(far) };
  };
  return { bids: outer(bids), asks: outer(asks) };
}
