/**
 * Accounts that keep their leverage, on a book of constant depth: what a first fall of the price becomes.
 *
 *   total fall / first fall = 1 / (1 − φ),   φ = (L − 1) · A / D
 *
 * L: leverage they keep, A: value of their assets, D: market depth, value that a relative move of 1 takes from the book. A fall
 * of x leaves assets of A(1 − x) on money of A/L − A·x: they sell (L − 1)·A·x, which is a further fall of φ·x. At φ ≥ 1 there
 * is no end. To first order in the fall. One of n equal providers of the depth who leaves makes φ n/(n − 1) times as large.
 * Source: T. Adrian, H. S. Shin, Journal of Financial Intermediation 19 (2010).
 */

/** Infinity where φ ≥ 1. Throws RangeError unless L ≥ 1, A ≥ 0 and D > 0. */
export function leverageSpiral(leverage: number, assets: number, depth: number): number {
  if (!(leverage >= 1 && leverage < Infinity))
    throw new RangeError(`the leverage ${leverage} must be at least 1`);
  if (!(assets >= 0 && depth > 0))
    throw new RangeError(`assets of ${assets} need a depth above 0, got ${depth}`);
  const phi = ((leverage - 1) * assets) / depth;
  return phi < 1 ? 1 / (1 - phi) : Infinity;
}
