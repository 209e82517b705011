/**
 * Intervals that hold all at once: for a table of comparisons of which the reader will pick the largest.
 */
import { CONFIDENCE, withoutInterval } from './estimate.ts';
import type { Estimate } from './estimate.ts';
import type { Bootstrap } from './bootstrap.ts';
import { momentsOf } from './moments.ts';

/**
 * value ± c · se of each statistic, c = the `confidence` quantile, over resamples, of the largest |replicate − value| / se
 * of all of them (max-t), se = sd of its replicates. Less wide than Bonferroni's where statistics go together, as paired
 * ones do. Statistics must come from one call of `bootstrap`, or from calls with the same seed and as many rows, which draw
 * the same ones. One that has no spread has width 0; one with a NaN, or whose replicates have one, has NaN bounds and
 * doesn't count.
 * Source: J. P. Romano, M. Wolf, Econometrica 73 (2005) 1237, their single step.
 */
export function simultaneousIntervals(all: readonly Bootstrap[], confidence = CONFIDENCE): Estimate[] {
  const errors = all.map(({ value, replicates }) =>
    Number.isNaN(value) || replicates.length === 0 || replicates.some(Number.isNaN)
      ? NaN
      : momentsOf(replicates).sd,
  );
  const resamples = all[0]?.replicates.length ?? 0;
  const largest = new Float64Array(resamples);
  all.forEach(({ value, replicates }, k) => {
    const error = errors[k]!;
    if (!(error > 0)) return;
    for (let i = 0; i < resamples; i++) {
      largest[i] = Math.max(largest[i]!, Math.abs(replicates[i]! - value) / error);
    }
  });
  largest.sort();
  const rank = Math.min(resamples, Math.ceil(confidence * (resamples + 1)));
  const factor = resamples === 0 ? NaN : largest[rank - 1]!;
  return all.map(({ value }, k) => {
    const half = factor * errors[k]!;
    return Number.isNaN(half) ? withoutInterval(value) : { value, low: value - half, high: value + half };
  });
}
