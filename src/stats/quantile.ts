/**
 * Quantiles with intervals that assume nothing of the distribution.
 */
import { quantileSorted } from 'simple-statistics';
import { CONFIDENCE, normalBound, requireFinite } from './estimate.ts';
import type { Column, Estimate } from './estimate.ts';

/** `confidence`: what the interval really covers if the values' law is continuous; if not, it covers more. */
export type QuantileEstimate = Estimate & { readonly confidence: number };

/**
 * The p-quantile as R's type 7, linear between order statistics, and an interval from x(l) to x(u), the order
 * statistics with
 *
 *   l = largest with P(B < l) <= α/2,   u = smallest with P(B >= u) <= α/2,   α = 1 - confidence
 *
 * B = number of values below the true quantile, binomial(n, p). The real level, P(l <= B < u), is at least
 * the asked one, since ranks are whole. Source: W. J. Conover, Practical Nonparametric Statistics, 3.2.
 *
 * Where the sample is too small for such ranks, the interval is cut to the sample's extremes and covers less
 * than asked: `confidence` then says how much (n = 40, p = .99: 32 %). One value has NaN bounds; none is NaN.
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
  const below = binomialBelow(n, p);
  const tail = (1 - confidence) / 2;
  let l = 0;
  while (l < n && below[l + 1]! <= tail) l++;
  let u = n + 1;
  while (u > 0 && 1 - below[u - 1]! <= tail) u--;
  // within the sample, and around the value: at p near 0 and 1 that one lies between the last two ranks
  const rank = (n - 1) * p; // from 0, as type 7 has it
  l = Math.max(1, Math.min(l, Math.floor(rank) + 1));
  u = Math.min(n, Math.max(u, Math.ceil(rank) + 1));
  const between = quantileSorted(sorted as unknown as readonly number[], p); // it only indexes
  const value = Math.min(between, sorted[Math.ceil(rank)]!); // rounding may carry it past the upper rank
  return { value, low: sorted[l - 1]!, high: sorted[u - 1]!, confidence: below[u]! - below[l]! };
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
