/**
 * Autocorrelation of a series, and the one that order signs inherit from metaorders.
 */
import { pow } from '../../core/maths.ts';
import { momentsOf } from './moments.ts';

/**
 * Σ (x_t − x̄)(x_{t+lag} − x̄) / Σ (x_t − x̄)²: the usual estimate, biased towards 0 by about lag/n. NaN for a constant
 * series, one that is not longer than the lag; throws an Error unless the lag is a whole number >= 0.
 */
export function autocorrelation(series: ArrayLike<number>, lag: number): number {
  if (!(Number.isInteger(lag) && lag >= 0))
    throw new Error(`autocorrelation: lag ${lag} is not a whole number >= 0`);
  const { n, mean } = momentsOf(series);
  if (n <= lag) return NaN;
  let products = 0;
  let squares = 0;
  for (let t = 0; t < n; t++) {
    const d = series[t]! - mean;
    squares += d * d;
    if (t + lag < n) products += d * (series[t + lag]! - mean);
  }
  return squares > 0 ? products / squares : NaN;
}

/**
 * Autocorrelation of signs at a lag where metaorders of random sign and length L, P(L >= n) = n^−a, a > 1, are traded one
 * after the other: the probability that both orders are of the same one,
 *
 *   Σ_{n > lag} n^−a / Σ_{n ≥ 1} n^−a    ~ lag^−(a−1)
 *
 * Sums by their first terms and the Euler–Maclaurin remainder. Source: F. Lillo, S. Mike, J. D. Farmer, Phys. Rev. E 71
 * (2005) 066122.
 */
export function metaorderAutocorrelation(a: number, lag: number): number {
  return zetaFrom(a, lag + 1) / zetaFrom(a, 1);
}

/** Riemann's ζ(a) = Σ_{n ≥ 1} n^−a for a > 1. */
export function zeta(a: number): number {
  return zetaFrom(a, 1);
}

/** Σ_{n ≥ first} n^−a. */
function zetaFrom(a: number, first: number): number {
  const far = first + 20;
  let sum = 0;
  for (let n = first; n < far; n++) sum += pow(n, -a);
  const last = pow(far, -a);
  const third = (a * (a + 1) * (a + 2) * last) / (720 * far * far * far);
  return sum + (far * last) / (a - 1) + last / 2 + (a * last) / (12 * far) - third;
}
