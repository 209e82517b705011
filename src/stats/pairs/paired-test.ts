/**
 * Is there a difference at all? p-values of paired comparisons, for the correction in holm.ts.
 *
 * Why not the bootstrap's p-values: with B resamples none is below 2/(B + 1), so that after a correction for a few hundred
 * comparisons none could ever be small.
 */
import { studentUpperTail } from '../../core/quantiles.ts';
import type { Column } from '../estimate.ts';
import { requireSameLength } from '../estimate.ts';
import { momentsOf } from '../intervals/moments.ts';

/**
 * Two-sided p-value of "a and b have the same mean", row i of both being the same run.
 *
 * Columns of 0 and 1: the exact sign test on the pairs that differ (McNemar),
 *
 *   p = min(1, 2 · Σ_{k ≤ min(n12, n21)} C(m, k) / 2^m),   m = n12 + n21.
 *
 * Other columns: Student's t of the differences, n − 1 degrees of freedom, but never below 2^(1 − m), m = pairs that differ:
 * if the labels of the pairs could be exchanged, as they can where policies do the same, no result is rarer than that.
 * No pair that differs: 1. Below 2 pairs: NaN.
 * Source: Q. McNemar, Psychometrika 12 (1947) 153; of the floor: R. A. Fisher, The Design of Experiments (1935), 21.
 * Throws an Error at columns of unequal length and values that aren't finite.
 */
export function pairedPValue(a: Column, b: Column): number {
  requireSameLength(a, b, 'pairedPValue');
  const n = a.length;
  if (n < 2) return NaN;
  const differences = new Float64Array(n);
  let more = 0;
  let less = 0;
  let binary = true;
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[i]!, b[i]!];
    differences[i] = x - y;
    if (x > y) more++;
    if (x < y) less++;
    binary &&= (x === 0 || x === 1) && (y === 0 || y === 1);
  }
  if (more + less === 0) return 1;
  if (binary) return signTest(more, less);
  const { mean, sd } = momentsOf(differences);
  const t = Math.abs(mean) / (sd / Math.sqrt(n));
  return Math.max(2 * studentUpperTail(t, n - 1), rarestExchange(more + less));
}

/**
 * 2^(1 − pairs that differ): how rare the rarest result is, if the labels of the pairs can be exchanged, with the one that
 * mirrors it. 1 at most.
 */
export function rarestExchange(differing: number): number {
  return halved(differing - 1);
}

/** Of `more` pairs on one side and `less` on the other; terms are built up so that none overflows. */
function signTest(more: number, less: number): number {
  const m = more + less;
  let term = halved(m);
  let sum = 0;
  for (let k = 0; k <= Math.min(more, less); k++) {
    sum += term;
    term *= (m - k) / (k + 1);
  }
  return Math.min(1, 2 * sum);
}

/** 2^−k. */
function halved(k: number): number {
  let value = 1;
  for (let i = 0; i < k; i++) value /= 2;
  return value;
}
