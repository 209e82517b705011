/**
 * Bootstrap's plainest interval: the value and Student's quantile of its standard error to both sides.
 *
 * Why beside BCa: of a quantile far out, BCa's corrections are noise (the jackknife sees one order statistic only), while the
 * standard error still covers. And its p-value does not end at 2/(resamples + 1).
 * Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), 12.
 */
import { studentUpperTail } from '../core/quantiles.ts';
import type { Bootstrap } from './bootstrap.ts';
import type { Estimate } from './estimate.ts';
import { CONFIDENCE, studentBound, withoutInterval } from './estimate.ts';
import { momentsOf } from './moments.ts';

/**
 * value ± t·s, s = sd of the replicates · sqrt(n/(n − 1)), n = rows (blocks) drawn, t = Student's quantile with n − 1
 * degrees of freedom. NaN bounds below 2 rows, and where the value or a replicate is NaN. No spread: width 0.
 */
export function standardInterval(bootstrap: Bootstrap, confidence = CONFIDENCE): Estimate {
  const { value, blocks } = bootstrap;
  const error = standardErrorOf(bootstrap);
  if (Number.isNaN(error)) return withoutInterval(value);
  const half = studentBound(confidence, blocks - 1) * error;
  return { value, low: value - half, high: value + half };
}

/** Two-sided p-value of "the statistic is 0 in truth" by the same t; 0 where it is not 0 and never varies. NaN as bounds are. */
export function standardPValue(bootstrap: Bootstrap): number {
  const error = standardErrorOf(bootstrap);
  if (Number.isNaN(error)) return NaN;
  if (bootstrap.value === 0) return 1;
  return error === 0 ? 0 : 2 * studentUpperTail(Math.abs(bootstrap.value) / error, bootstrap.blocks - 1);
}

function standardErrorOf({ value, replicates, blocks }: Bootstrap): number {
  if (blocks < 2 || Number.isNaN(value) || replicates.some(Number.isNaN)) return NaN;
  return momentsOf(replicates).sd * Math.sqrt(blocks / (blocks - 1));
}
