/**
 * How many degrees of freedom the standard error of a mean has.
 *
 * Why not always n - 1: that is of normal values. A sample of a heavy tail tells less of its own spread, and where it lacks
 * the rare large value it shows too small an error, so that intervals by Student's t with n - 1 end too early.
 */
import { sampleKurtosis } from 'simple-statistics';
import type { Column } from '../estimate.ts';
import { momentsOf } from './moments.ts';

/**
 * The variance s² of n values varies by Var(s²)/σ⁴ = κ/n + 2/(n - 1). Satterthwaite's degrees of freedom are those of the
 * chi-squared law that varies as much:
 *
 *   ν = 2 / (κ/n + 2/(n - 1)),   at most n - 1
 *
 * κ = excess kurtosis, estimated by G2 = ((n+1)·g2 + 6)·(n-1)/((n-2)(n-3)), g2 = n·Σd⁴/(Σd²)² - 3, d = x - mean. G2 is at
 * most n, so that ν is never below 1.2. Below 4 values, or of equal ones: n - 1.
 * Values may be means of equal groups of `rows` independent rows, as those of a grouped jackknife: then n = `rows` in 2/(n - 1)
 * and in the limit.
 * Source: F. E. Satterthwaite, Biometrics Bull. 2 (1946) 110; B. O'Neill, The American Statistician 68 (2014) 282; of G2:
 * D. N. Joanes, C. A. Gill, The Statistician 47 (1998) 183.
 * Throws an Error at a value that is NaN or infinite.
 */
export function degreesOfFreedom(values: Column, rows = values.length): number {
  const { n, mean, sd } = momentsOf(values);
  const most = rows - 1;
  if (n < 4 || sd === 0) return most;
  const kurtosis = sampleKurtosis(Array.from(values, (x) => (x - mean) / sd)); // no fourth power overflows or vanishes
  const variation = kurtosis / n + 2 / most; // may be 0 or less where κ is negative
  return variation > 2 / most ? 2 / variation : most;
}
