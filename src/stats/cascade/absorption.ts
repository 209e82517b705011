/**
 * Absorption capacity: the largest size of a push (a forced sale) that a system takes with a given probability.
 *
 * Each continuation of the system, that is each way in which luck may turn out, is searched for the sizes that it takes, on
 * the same luck: for the smallest push that it does not take, and for larger ones that it takes all the same. The share of
 * continuations that take a size is an estimate of P(taken), made to fall with the size (absorbed-share.ts), and the capacity
 * at probability p is where it falls below p: the (1 − p)-quantile of critical sizes, with the interval of order
 * statistics, which assumes nothing of their law.
 */
import { pow } from '../../core/maths.ts';
import type { TakenSizes } from './absorbed-share.ts';
import { fallingSizes } from './absorbed-share.ts';
import type { Column } from '../estimate.ts';
import { CONFIDENCE } from '../estimate.ts';
import type { QuantileEstimate } from '../intervals/quantile.ts';
import { quantileInterval, sortedQuantile } from '../intervals/quantile.ts';

/** Where the critical size of a continuation lies. */
export interface Critical {
  /** Largest size taken, with all that were tried below it; 0: none. */
  readonly low: number;
  /** Smallest size that failed; Infinity: none did. */
  readonly high: number;
  /** Sizes tried. */
  readonly looks: number;
  /** From where to where sizes above `high` were taken again (halfway, in ratio, to the looks that failed); NaN: none was. */
  readonly from: number;
  readonly to: number;
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
 * smallest of 1 that fails leaves 0. Looks above the critical size, each larger by ABOVE_STEP, tell which larger pushes are
 * taken again.
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
  if (high === Infinity) return { low, high, looks, from: NaN, to: NaN };
  while (low > 0 && high - low > 1 && high > low * (1 + precision)) {
    const middle = Math.floor(low + (high - low) / 2);
    if (isTaken(middle)) low = middle;
    else high = middle;
  }
  const above = sizesAbove(high);
  const again = takenAgain(above, above.map(isTaken), high);
  return { low, high, looks, ...again };
}

/** Looks above the smallest failure: so many, each so many times the one before. */
const ABOVE_LOOKS = 3;
const ABOVE_STEP = 1.25;

function sizesAbove(high: number): number[] {
  const sizes: number[] = [];
  let size = high;
  for (let n = 0; n < ABOVE_LOOKS; n++) {
    size = Math.max(size + 1, Math.round(size * ABOVE_STEP));
    sizes.push(size);
  }
  return sizes;
}

/** The first stretch of looks that were taken, out to halfway to their neighbours that were not. */
function takenAgain(
  sizes: readonly number[],
  taken: readonly boolean[],
  high: number,
): { from: number; to: number } {
  const first = taken.indexOf(true);
  if (first < 0) return { from: NaN, to: NaN };
  const next = taken.indexOf(false, first);
  const last = next < 0 ? sizes.length - 1 : next - 1;
  const before = first === 0 ? high : sizes[first - 1]!;
  const after = next < 0 ? sizes[last]! * ABOVE_STEP : sizes[next]!;
  return { from: Math.sqrt(before * sizes[first]!), to: Math.sqrt(sizes[last]! * after) };
}

/**
 * The capacity at `probability` from the searches of independent continuations, row i of all columns the same one, in any
 * unit: `lows` and `highs` their ends, `from` and `to` what was taken again above them (left out: nothing). The value is the quantile of the lower ends (the largest sizes that were seen to be
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
  again?: Pick<TakenSizes, 'from' | 'to'>,
): QuantileEstimate {
  const open = Number.MAX_VALUE;
  let known = -Infinity; // the largest upper end that a search found; the bound may lie between it and an open one
  for (let i = 0; i < highs.length; i++) if (highs[i]! < Infinity) known = Math.max(known, highs[i]!);
  const below = quantileInterval(fallingOf(lows, again), 1 - probability, confidence);
  const above = quantileInterval(
    fallingOf(
      Float64Array.from(highs, (high) => (high === Infinity ? open : high)),
      again,
    ),
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

function fallingOf(sizes: Column, again: Pick<TakenSizes, 'from' | 'to'> | undefined): Column {
  return again === undefined ? sizes : fallingSizes({ lows: sizes, ...again });
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
  again?: Pick<TakenSizes, 'from' | 'to'>,
): boolean {
  const { high } = capacityInterval(lows, highs, probability, confidence, again);
  return isBoundedBelow(lows.length, probability, confidence) && !Number.isNaN(high);
}

/** True where an order statistic of n lower ends bounds the capacity from below. */
function isBoundedBelow(n: number, probability: number, confidence: number): boolean {
  return pow(probability, n) <= (1 - confidence) / 2;
}
