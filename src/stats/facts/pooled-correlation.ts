/**
 * Autocorrelation of several series around the mean of all, from sums that are kept for each of them: a bootstrap draws the
 * same series hundreds of times, and a day has a million trades.
 */
import { kept } from './kept.ts';

/** Of one series, around its own mean. */
interface Sums {
  readonly n: number;
  readonly mean: number;
  readonly squares: number;
}

/** Of pairs (x, y) that are `lag` apart, both less the mean: how many, Σ (x + y) and Σ xy. */
interface Pairs {
  readonly n: number;
  readonly sum: number;
  readonly products: number;
}

/**
 * Σ (x − x̄)(y − x̄) over pairs `lag` apart in one series, over the mean square; x̄ of all series. NaN without a pair or without
 * any spread. Series must not be written to afterwards.
 */
export function pooledCorrelation(series: readonly Float64Array[], lag: number): number {
  let n = 0;
  let total = 0;
  for (const values of series) {
    const own = sumsOf(values);
    n += own.n;
    total += own.n * own.mean;
  }
  const mean = total / n;
  let squares = 0;
  let products = 0;
  let count = 0;
  for (const values of series) {
    const own = sumsOf(values);
    const of = pairsOf(values, lag);
    const shift = own.mean - mean;
    squares += own.squares + own.n * shift * shift;
    products += of.products + shift * of.sum + of.n * shift * shift;
    count += of.n;
  }
  return squares > 0 && count > 0 ? products / count / (squares / n) : NaN;
}

const sumsOf = kept((values: Float64Array): Sums => {
  const n = values.length;
  let total = 0;
  for (const x of values) total += x;
  const mean = n === 0 ? 0 : total / n;
  let squares = 0;
  for (const x of values) squares += (x - mean) * (x - mean);
  return { n, mean, squares };
});

const byLag = kept((_values: Float64Array) => new Map<number, Pairs>());

function pairsOf(values: Float64Array, lag: number): Pairs {
  const known = byLag(values);
  const pairs = known.get(lag) ?? newPairs(values, lag);
  known.set(lag, pairs);
  return pairs;
}

function newPairs(values: Float64Array, lag: number): Pairs {
  const { mean } = sumsOf(values);
  let sum = 0;
  let products = 0;
  for (let i = lag; i < values.length; i++) {
    const x = values[i - lag]! - mean;
    const y = values[i]! - mean;
    sum += x + y;
    products += x * y;
  }
  return { n: Math.max(0, values.length - lag), sum, products };
}
