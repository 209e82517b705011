/**
 * Long-run variance per unit of time of a quantity that starts afresh at random times, such as a price whose moves depend
 * on the move before: from its cycles between those times.
 *
 * Why cycles: over a fixed horizon the variance has a bias of one over the horizon, and each run gives one value only.
 * Cycles are independent and alike, so that every one counts and no horizon is left in the result.
 */
import { withoutInterval } from '../../stats/estimate.ts';
import type { Column, Estimate } from '../../stats/estimate.ts';
import { hallInterval } from '../../stats/intervals/mean.ts';
import { total } from '../../stats/intervals/moments.ts';

/** Sums over the cycles of each run: X is the change over a cycle, T its duration. */
export interface CycleSums {
  readonly x: Column;
  readonly t: Column;
  readonly xx: Column;
  readonly xt: Column;
  readonly tt: Column;
}

const NAMES = ['x', 't', 'xx', 'xt', 'tt'] as const;

/**
 * Variance of the change over a long time, divided by that time: σ² = E[(X − v T)²] / E T with v = E X / E T, the
 * variance of the central limit theorem for renewal-reward processes (W. L. Smith 1955; S. Asmussen, Applied Probability
 * and Queues, VI.3). Estimated with all sums over all cycles of all runs; the interval is that of the mean of the
 * jackknife's pseudo-values (a run left out at a time, drift included).
 *
 * No cycle: NaN. One run: NaN bounds. A run must end with a cycle, not in one: then its number of cycles is a stopping
 * time and the sums have no bias.
 */
export function varianceRate(sums: CycleSums): Estimate {
  const [x, t, xx, xt, tt] = NAMES.map((name) => total(sums[name])) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const rate = (x: number, t: number, xx: number, xt: number, tt: number): number => {
    const drift = x / t;
    return (xx - 2 * drift * xt + drift * drift * tt) / t;
  };
  const value = rate(x, t, xx, xt, tt);
  const n = sums.t.length;
  if (n < 2 || Number.isNaN(value)) return withoutInterval(value);
  const pseudo = Float64Array.from({ length: n }, (_, i) => {
    const [a, b, c, d, e] = NAMES.map((name) => sums[name][i]!) as [number, number, number, number, number];
    return n * value - (n - 1) * rate(x - a, t - b, xx - c, xt - d, tt - e);
  });
  if (!pseudo.every(Number.isFinite)) return withoutInterval(value);
  const { low, high } = hallInterval(pseudo);
  return { value, low: Math.max(0, Math.min(low, value)), high: Math.max(high, value) };
}
