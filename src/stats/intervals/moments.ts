/**
 * Mean, standard deviation and skewness of a column, without loss of digits where the values are large and
 * close.
 */
import { sum } from 'simple-statistics';
import { requireFinite } from '../estimate.ts';
import type { Column } from '../estimate.ts';

/** n values; `sd` NaN below 2 of them, `skewness` 0 below 3 (where it can't be told) and where sd = 0. */
export type Moments = { n: number; mean: number; sd: number; skewness: number };

/** Sum with compensation (Neumaier's). simple-statistics only indexes, so that any column will do. */
export function total(values: Column): number {
  return sum(values as readonly number[]);
}

/**
 *   sd² = Σd²/(n-1)      skewness G1 = sqrt(n(n-1))/(n-2) · (Σd³/n) / (Σd²/n)^1.5      d = x - mean
 *
 * G1 is less biased to 0 than the plain ratio g1 (D. N. Joanes, C. A. Gill, The Statistician 47 (1998) 183).
 * Throws an Error at a value that is NaN or infinite.
 */
export function momentsOf(values: Column): Moments {
  requireFinite(values, 'values');
  const n = values.length;
  if (n === 0) return { n, mean: NaN, sd: NaN, skewness: 0 };
  const first = values[0]!;
  let mean = total(values) / n;
  let largest = 0;
  let constant = true;
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, Math.abs(values[i]! - mean));
    constant &&= values[i] === first;
  }
  if (constant) mean = first; // Σ/n can miss it by a bit, and would then invent a spread
  if (n === 1) return { n, mean, sd: NaN, skewness: 0 };
  if (constant) return { n, mean, sd: 0, skewness: 0 };
  // in units of the largest deviation, so that no cube overflows or vanishes
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < n; i++) {
    const d = (values[i]! - mean) / largest;
    squares += d * d;
    cubes += d * d * d;
  }
  const variance = squares / n;
  const sd = largest * Math.sqrt(squares / (n - 1));
  const plain = cubes / n / (variance * Math.sqrt(variance));
  return { n, mean, sd, skewness: n < 3 ? 0 : (plain * Math.sqrt(n * (n - 1))) / (n - 2) };
}
