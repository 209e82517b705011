/**
 * Dispersion of event counts, and what a self-exciting (Hawkes) process says of it: how clustered liquidations or orders
 * are in time, and the branching ratio that this stands for.
 */
import { exp } from '../../core/maths.ts';
import { momentsOf } from './moments.ts';

/** Events in each whole window from `from_us` on; events outside of them are not counted. Times in any order. */
export function windowCounts(
  times: ArrayLike<number>,
  from: number,
  until: number,
  window: number,
): Float64Array {
  if (!(window > 0)) throw new Error(`window counts: the window must be above 0, got ${window}`);
  const counts = new Float64Array(Math.max(0, Math.floor((until - from) / window)));
  for (let i = 0; i < times.length; i++) {
    const bin = Math.floor((times[i]! - from) / window);
    if (bin >= 0 && bin < counts.length) counts[bin]!++;
  }
  return counts;
}

/** Variance over mean: 1 for a Poisson process, more where events come in bursts. NaN below 2 windows or without events. */
export function dispersionOf(counts: ArrayLike<number>): number {
  const { mean, sd } = momentsOf(counts);
  return mean === 0 ? NaN : (sd * sd) / mean;
}

/**
 * The same for a stationary Hawkes process with kernel n β e^(−β t), in windows of length w:
 *
 *   1/(1−n)² − (1/(1−n)² − 1) (1 − e^(−(1−n)βw)) / ((1−n)βw)
 *
 * n = branching ratio < 1, β = decay, in one over the unit of w. Source: A. G. Hawkes, Biometrika 58 (1971) 83, his
 * covariance density integrated over the window.
 */
export function hawkesDispersion(n: number, beta: number, window: number): number {
  const limit = 1 / ((1 - n) * (1 - n));
  const x = (1 - n) * beta * window;
  return limit - ((limit - 1) * (1 - exp(-x))) / x;
}

/** The branching ratio that a dispersion in windows far longer than the memory stands for: 1 − 1/√F; 0 where F <= 1. */
export function branchingFromDispersion(dispersion: number): number {
  return dispersion <= 1 ? 0 : 1 - 1 / Math.sqrt(dispersion);
}
