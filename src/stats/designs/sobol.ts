/**
 * Sobol indices: how much of an output's variance each parameter accounts for, alone (first order) and with all of its
 * interactions (total).
 *
 * Design: two independent samples A and B of N points, and for each parameter i the sample AB_i, which is A with column i
 * taken from B. The outputs at these points are all that is needed: N (d + 2) evaluations for d parameters.
 */
import type { ResamplingOptions, Statistics } from '../intervals/bootstrap.ts';
import { bootstrap, intervalOf } from '../intervals/bootstrap.ts';
import type { Estimate } from '../estimate.ts';
import { CONFIDENCE, requireFinite, requireSameLength } from '../estimate.ts';
import { total } from '../intervals/moments.ts';

export interface SobolOptions extends ResamplingOptions {
  readonly confidence?: number;
  /** Variance of one output about its expectation, where outputs are random (`replicateNoise`). 0: they are not. */
  readonly noise_variance?: number;
}

export interface SobolIndices {
  /** Of each parameter, in order: shares of the variance that parameters explain, replicate noise left out. */
  readonly first: readonly Estimate[];
  readonly total: readonly Estimate[];
  /** Variance of the outputs over the design, noise included, in their unit squared. */
  readonly variance: number;
  /** Of that, the share that is replicate noise; above 1: the design shows nothing but noise, and indices are NaN. */
  readonly noise_share: number;
}

/**
 * Outputs `a`, `b` at the points of A and B, `ab[i]` at those of AB_i, row by row.
 *
 *   S_i = 1/N Σ y_B (y_ABi − y_A) / V      T_i = (1/2N Σ (y_A − y_ABi)² − W) / V      V = var(y_A, y_B) − W
 *
 * W = noise variance: independent noise at each point averages out of the products of S but adds W to T's half square and
 * to the variance. Outputs are centred first, which changes no expectation and shrinks the error of S (Sobol's remark).
 * Intervals: bootstrap over rows, W taken as known. Estimates are not cut to [0, 1]: a value below 0 says how exact it is.
 * Source: A. Saltelli et al., Comput. Phys. Commun. 181 (2010) 259 (S: their (b), T: Jansen's, their (f)).
 * Throws an Error at columns of unequal length, values that aren't finite, fewer than 2 rows.
 */
export function sobolIndices(
  a: Float64Array,
  b: Float64Array,
  ab: readonly Float64Array[],
  { confidence = CONFIDENCE, noise_variance = 0, ...options }: SobolOptions,
): SobolIndices {
  [b, ...ab].forEach((column, i) => {
    requireSameLength(column, a, `sobol: column ${i} of b, ab`);
    requireFinite(column, 'sobol: output');
  });
  requireFinite(a, 'sobol: output of A');
  if (a.length < 2) throw new Error(`sobol: needs at least 2 rows, has ${a.length}`);
  const columns = productsOf(a, b, ab);
  const d = ab.length;
  const indices: Statistics = (rows, out) => {
    const n = rows[0]!.length;
    const explained = varianceOf(rows) - noise_variance;
    for (let i = 0; i < d; i++) {
      out[i] = explained > 0 ? plainSum(rows[2 + i]!) / n / explained : NaN;
      out[d + i] = explained > 0 ? (plainSum(rows[2 + d + i]!) / (2 * n) - noise_variance) / explained : NaN;
    }
  };
  const found = bootstrap(columns, indices, 2 * d, options).map((one) => intervalOf(one, confidence));
  const variance = varianceOf(columns);
  return {
    first: found.slice(0, d),
    total: found.slice(d),
    variance,
    noise_share: variance > 0 ? noise_variance / variance : NaN,
  };
}

/**
 * Variance of the mean of a point's replicates about its expectation, from the replicates themselves: rows of one number
 * of replicates R each, replicate r of all points having the same seed. What a seed does to all points alike shifts all
 * outputs together, so that it explains no difference between them, and is left out:
 *
 *   Σ (y_pr − ȳ_p − ȳ_r + ȳ)² / ((P − 1)(R − 1) R)
 *
 * P = points. NaN below 2 points or replicates. Without common seeds it estimates the same, with a little more error.
 * Throws an Error at rows of unequal length.
 */
export function replicateNoise(points: readonly Float64Array[]): number {
  const count = points.length;
  const replicates = points[0]?.length ?? 0;
  if (count < 2 || replicates < 2) return NaN;
  const bySeed = new Float64Array(replicates);
  const byPoint = points.map((row) => {
    requireSameLength(row, points[0]!, 'replicates of a point');
    row.forEach((y, r) => (bySeed[r]! += y / count));
    return total(row) / replicates;
  });
  const overall = total(byPoint) / count;
  let squares = 0;
  points.forEach((row, p) => {
    row.forEach((y, r) => {
      const e = y - byPoint[p]! - bySeed[r]! + overall;
      squares += e * e;
    });
  });
  return squares / ((count - 1) * (replicates - 1) * replicates);
}

/** Row by row: y_A + y_B, y_A² + y_B², then y_B (y_ABi − y_A) and (y_A − y_ABi)² of each i; all outputs centred. */
function productsOf(a: Float64Array, b: Float64Array, ab: readonly Float64Array[]): Float64Array[] {
  const centre = (total(a) + total(b)) / (2 * a.length);
  return [
    a.map((y, j) => y - centre + (b[j]! - centre)),
    a.map((y, j) => (y - centre) * (y - centre) + (b[j]! - centre) * (b[j]! - centre)),
    ...ab.map((mixed) => a.map((y, j) => (b[j]! - centre) * (mixed[j]! - y))),
    ...ab.map((mixed) => a.map((y, j) => (y - mixed[j]!) * (y - mixed[j]!))),
  ];
}

/** Of the outputs of A and B together. */
function varianceOf([sums, squares]: readonly Float64Array[]): number {
  const n = 2 * sums!.length;
  const mean = plainSum(sums!) / n;
  return (plainSum(squares!) - n * mean * mean) / (n - 1);
}

/** In resamples speed counts, and rounding is far below their spread. */
function plainSum(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
