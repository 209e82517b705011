/**
 * Quantiles with intervals that assume nothing of the distribution.
 */
import { quantileSorted } from 'simple-statistics';
import { pow } from '../../core/maths.ts';
import { CONFIDENCE, normalBound, requireFinite } from '../estimate.ts';
import type { Column, Estimate } from '../estimate.ts';

/** `confidence`: what the interval covers, as nearly as can be told; of a law with atoms it covers more. NaN without one. */
export type QuantileEstimate = Estimate & { readonly confidence: number };

/**
 * The p-quantile as R's type 7, linear between order statistics, and an interval between the order statistics
 *
 *   x(l) … x(l+1)   with P(B < l) <= α/2 < P(B < l + 1),   x(u-1) … x(u)   with P(B >= u) <= α/2 < P(B >= u - 1)
 *
 * α = 1 - confidence, B = number of values below the true quantile, binomial(n, p). Whole ranks would cover too
 * much (98.3 % for p = .95, n = 100), so each end lies between two of them,
 *
 *   (1 - λ)·x(l) + λ·x(l+1),   λ = (n-l)·p·I / ((n-l)·p·I + l·(1-p)·(1-I)),   I = (α/2 - P(B < l)) / P(B = l)
 *
 * and mirrored above: nearly exact whatever the law.
 * Source: T. P. Hettmansperger, S. J. Sheather, Statist. Probab. Lett. 4 (1986) 75, for the median; J. Nyblom,
 * Statist. Probab. Lett. 14 (1992) 129.
 *
 * Where the sample is too small to bound the quantile on one side (n = 40, p = .95: all values lie below it with
 * probability .13), that bound is NaN, and the other one takes the whole of α: it says "at least" (or "at most") with the
 * confidence that was asked for. Where no side can be bounded, and of one value, both are NaN. No value: NaN.
 * The unit is that of the values. Throws an Error unless 0 <= p <= 1 and all values are finite.
 */
export function quantileInterval(values: Column, p: number, confidence = CONFIDENCE): QuantileEstimate {
  if (!(p >= 0 && p <= 1)) throw new Error(`quantile: p must be in [0, 1], got ${p}`);
  normalBound(confidence); // throws where it isn't a level
  requireFinite(values, 'values');
  const n = values.length;
  if (n === 0) return { value: NaN, low: NaN, high: NaN, confidence: NaN };
  const sorted = Float64Array.from(values).sort();
  if (n === 1) return { value: sorted[0]!, low: NaN, high: NaN, confidence: NaN };
  const value = sortedQuantile(sorted, p);
  const { low: below, high: above } = tailsOf(n, p, 1 - confidence);
  return {
    value,
    // around the value: at p near 0 and 1 that one lies between the last two ranks
    low: below === 0 ? NaN : Math.min(lowerEnd(sorted, p, below), value),
    high: above === 0 ? NaN : Math.max(-lowerEnd(mirrored(sorted), 1 - p, above), value),
    confidence: below + above === 0 ? NaN : confidence,
  };
}

/**
 * Probability that may lie beyond either end of an interval of the p-quantile of n values, α in all; 0: that end has no
 * bound, as all values lie on one side of the quantile too often.
 */
function tailsOf(n: number, p: number, alpha: number): { low: number; high: number } {
  const noneBelow = pow(1 - p, n);
  const noneAbove = pow(p, n);
  if (Math.max(noneBelow, noneAbove) <= alpha / 2) return { low: alpha / 2, high: alpha / 2 };
  if (noneBelow <= alpha && noneBelow <= noneAbove) return { low: alpha, high: 0 };
  return { low: 0, high: noneAbove <= alpha ? alpha : 0 };
}

/** The p-quantile of values in order, as R's type 7. Needs one value at least. */
export function sortedQuantile(sorted: Float64Array, p: number): number {
  const rank = (sorted.length - 1) * p; // from 0, as type 7 has it
  const between = quantileSorted(sorted as unknown as readonly number[], p); // it only indexes
  return Math.min(between, sorted[Math.ceil(rank)]!); // rounding may carry it past the upper rank
}

/** The lower end for sorted values; some rank must bound the quantile so well. */
function lowerEnd(sorted: Float64Array, p: number, tail: number): number {
  const n = sorted.length;
  const below = binomialBelow(n, p);
  let l = 1;
  while (l < n && below[l + 1]! <= tail) l++;
  if (l === n) return sorted[n - 1]!;
  const way = Math.max(0, (tail - below[l]!) / (below[l + 1]! - below[l]!));
  const up = (n - l) * p * way;
  const lambda = up / (up + l * (1 - p) * (1 - way));
  const [from, to] = [sorted[l - 1]!, sorted[l]!];
  return from === to ? from : from + lambda * (to - from);
}

/** The values with their signs changed, in order. */
function mirrored(sorted: Float64Array): Float64Array {
  return sorted.map((x) => -x).reverse();
}

/**
 * P(B < k) for k = 0..n + 1, B binomial(n, p). Terms relative to the largest, by the ratio of neighbours
 * P(k+1)/P(k) = (n-k)/(k+1) · p/(1-p), so that none overflows and no logarithm is needed.
 */
function binomialBelow(n: number, p: number): Float64Array {
  const term = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  term[mode] = 1;
  for (let k = mode; k < n && term[k]! > 0; k++) term[k + 1] = term[k]! * ((n - k) / (k + 1)) * odds;
  for (let k = mode; k > 0 && term[k]! > 0; k--) term[k - 1] = (term[k]! * (k / (n - k + 1))) / odds;
  let sum = 0;
  for (const t of term) sum += t;
  const below = new Float64Array(n + 2);
  for (let k = 0; k <= n; k++) below[k + 1] = below[k]! + term[k]! / sum;
  return below;
}
