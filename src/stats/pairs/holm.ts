/**
 * Correction for many comparisons: with 20 policies compared at 5 %, one looks better by luck alone.
 */

/**
 * Holm's adjusted p-values, in the order given: reject those at or below α, and the chance of rejecting any true
 * hypothesis is at most α, however they depend on each other.
 *
 *   adjusted(k) = max over j ≤ k of min(1, (m − j + 1) · p(j)),   p(1) ≤ … ≤ p(m)
 *
 * m = number of p-values. NaN (a comparison that could not be made) stays NaN and isn't counted.
 * Source: S. Holm, Scand. J. Statist. 6 (1979) 65. Throws an Error at a value outside of [0, 1].
 */
export function holm(pValues: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  const order: number[] = [];
  for (let i = 0; i < pValues.length; i++) {
    const p = pValues[i]!;
    if (Number.isNaN(p)) continue;
    if (p < 0 || p > 1) throw new Error(`holm: p-value ${i} is ${p}, outside [0, 1]`);
    order.push(i);
  }
  order.sort((a, b) => pValues[a]! - pValues[b]!);
  let largest = 0;
  order.forEach((i, rank) => {
    largest = Math.max(largest, Math.min(1, (order.length - rank) * pValues[i]!));
    adjusted[i] = largest;
  });
  return adjusted;
}
