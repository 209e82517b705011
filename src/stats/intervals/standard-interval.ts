/**
 * Bootstrap's plainest interval: the value and Student's quantile of its standard error to both sides.
 *
 * Why beside BCa: of a quantile far out, BCa's corrections are noise (the jackknife sees one order statistic only), while the
 * standard error still covers. And its p-value does not end at 2/(resamples + 1).
 * Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), 12.
 */
import { studentUpperTail } from '../../core/quantiles.ts';
import type { Bootstrap } from './bootstrap.ts';
import { reachOf } from './bootstrap.ts';
import type { Estimate } from '../estimate.ts';
import { CONFIDENCE, tailOf, withoutInterval } from '../estimate.ts';
import { momentsOf } from './moments.ts';

/**
 * value ± t·s, s = sd of the replicates · sqrt(n/(n − 1)), n = rows (blocks) drawn, t = Student's quantile with the
 * bootstrap's degrees of freedom. NaN bounds below 2 rows, and where the value or a replicate is NaN. No spread: width 0.
 */
export function standardInterval(bootstrap: Bootstrap, confidence = CONFIDENCE): Estimate {
  const { value } = bootstrap;
  const spread = spreadOf(bootstrap);
  if (Number.isNaN(spread)) return withoutInterval(value);
  const half = reachOf(bootstrap, tailOf(confidence)) * spread;
  return { value, low: value - half, high: value + half };
}

/** Two-sided p-value of "the statistic is 0 in truth" by the same t; 0 where it is not 0 and never varies. NaN as bounds are. */
export function standardPValue(bootstrap: Bootstrap): number {
  const { value, blocks, df } = bootstrap;
  const error = spreadOf(bootstrap) * Math.sqrt(blocks / (blocks - 1));
  if (Number.isNaN(error)) return NaN;
  if (value === 0) return 1;
  return error === 0 ? 0 : 2 * studentUpperTail(Math.abs(value) / error, df);
}

/** sd of the replicates; NaN where the value or a replicate has none, and below 2 rows. */
export function spreadOf({ value, replicates, blocks }: Bootstrap): number {
  return blocks < 2 || Number.isNaN(value) || replicates.some(Number.isNaN) ? NaN : momentsOf(replicates).sd;
}
