/**
 * Absorption capacity: the largest size of a push (a forced sale) that a system takes with a given probability.
 *
 * Each continuation of the system, that is each way in which luck may turn out, has a critical size N*: the smallest push
 * that it does not take. With N* of independent continuations, P(a push of N is taken, and each smaller one) = P(N* > N), so
 * the capacity at probability p is the (1 − p)-quantile of N*, with the interval of order statistics, which assumes nothing
 * of their law. It takes one search a continuation, whose steps are all made on the same luck.
 */
import { pow } from '../core/maths.ts';
import type { Column } from './estimate.ts';
import { CONFIDENCE } from './estimate.ts';
import type { QuantileEstimate } from './quantile.ts';
import { quantileInterval, sortedQuantile } from './quantile.ts';

/** Where the critical size of a continuation lies. */
export interface Critical {
  /** Largest size taken, with all that were tried below it; 0: none. */
  readonly low: number;
  /** Smallest size that failed; Infinity: none did. */
  readonly high: number;
  /** Sizes tried. */
  readonly looks: number;
  /** True if a size above `high` was taken again: not every size above the critical one fails. */
  readonly again: boolean;
}

export interface Search {
  /** First size tried, a whole number from 1. */
  readonly first: number;
  /** Each next size is so many times the one before, above 1. */
  readonly step: number;
  /** high/low − 1 at which the search ends. */
  readonly precision: number;
  /** Sizes tried upward before it gives up, and downward from the first. */
  readonly most: number;
}

/**
 * Looks for the critical size from below, so that of several it finds the smallest that its grid can tell: rising steps until
 * one fails, then halves between that and the one before. Sizes are whole numbers. If the first fails it goes down; a
 * smallest of 1 that fails leaves 0. One look above the critical size tells whether a larger push is taken again.
 */
export function smallestFailure(fails: (size: number) => boolean, search: Search): Critical {
  const { first, step, precision, most } = search;
  let looks = 0;
  const isTaken = (size: number): boolean => {
    looks++;
    return !fails(size);
  };
  let low = 0;
  let high = Infinity;
  let size = first;
  for (let n = 0; n < most && high === Infinity; n++) {
    if (isTaken(size)) {
      low = size;
      size = Math.max(size + 1, Math.round(size * step));
    } else high = size;
  }
  if (low === 0) {
    for (let n = 0; n < most && low === 0 && high > 1; n++) {
      size = Math.max(1, Math.floor(high / step));
      if (isTaken(size)) low = size;
      else high = size;
    }
  }
  if (high === Infinity) return { low, high, looks, again: false };
  const above = Math.max(high + 1, Math.round(high * step));
  while (low > 0 && high - low > 1 && high > low * (1 + precision)) {
    const middle = Math.floor(low + (high - low) / 2);
    if (isTaken(middle)) low = middle;
    else high = middle;
  }
  return { low, high, looks, again: isTaken(above) };
}

/**
 * The capacity at `probability` from the searches of independent continuations: `lows` and `highs` their ends, row i of both
 * the same continuation, in any unit. The value is the quantile of the lower ends (the largest sizes that were seen to be
 * taken); the interval reaches from the order statistic of the lower ends to that of the upper ends, so that what the
 * searches left open is inside.
 *
 * With so few continuations that no order statistic bounds the quantile from below (n < 72 at 95 %), `low` is 0; where none
 * bounds it from above, or a search gave up, `high` is NaN: unknown. No continuation: NaN.
 */
export function capacityInterval(
  lows: Column,
  highs: Column,
  probability: number,
  confidence = CONFIDENCE,
): QuantileEstimate {
  const open = Number.MAX_VALUE;
  let known = -Infinity; // the largest upper end that a search found; the bound may lie between it and an open one
  for (let i = 0; i < highs.length; i++) if (highs[i]! < Infinity) known = Math.max(known, highs[i]!);
  const below = quantileInterval(lows, 1 - probability, confidence);
  const above = quantileInterval(
    Float64Array.from(highs, (high) => (high === Infinity ? open : high)),
    1 - probability,
    confidence,
  );
  const n = lows.length;
  const tail = (1 - confidence) / 2;
  const fromBelow = isBoundedBelow(n, probability, confidence);
  const high = 1 - pow(1 - probability, n) < 1 - tail || above.high > known ? NaN : above.high;
  return {
    value: below.value,
    low: n === 0 ? NaN : fromBelow ? below.low : 0,
    high: n < 2 ? NaN : high,
    // A bound of 0 cannot be wrong.
    confidence: fromBelow ? below.confidence : Math.max(below.confidence, confidence),
  };
}

/** The value of `capacityInterval` alone, for resamples: of lower ends in order, of which there must be one at least. */
export function capacityOf(sortedLows: Float64Array, probability: number): number {
  return sortedQuantile(sortedLows, 1 - probability);
}

/** True where the interval of `capacityInterval` has both bounds from the continuations. */
export function isBounded(
  lows: Column,
  highs: Column,
  probability: number,
  confidence = CONFIDENCE,
): boolean {
  const { high } = capacityInterval(lows, highs, probability, confidence);
  return isBoundedBelow(lows.length, probability, confidence) && !Number.isNaN(high);
}

/** True where an order statistic of n lower ends bounds the capacity from below. */
function isBoundedBelow(n: number, probability: number, confidence: number): boolean {
  return pow(probability, n) <= (1 - confidence) / 2;
}
