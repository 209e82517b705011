/**
 * Metaorders one after another: lengths with P(L) = L^−(1+α)/ζ(1+α), each moving the price by ±c·L^δ at its end.
 *
 *   variance of the price per order   c²·E[L^2δ]/E[L] = c²·ζ(1+α−2δ)/ζ(α)      infinite where α ≤ 2δ
 *   tail of a metaorder's move        P(|move| > x) ∝ x^−α/δ
 *
 * At δ = ½ the variance is c² for every α: square-root impact is what makes long metaorders leave prices diffusive.
 * Source: Y. Sato, K. Kanazawa, arXiv 2502.17906 (2025).
 */
import { zeta } from '../autocorrelation.ts';

/** In units of c². Throws RangeError unless α > 1 and δ ≥ 0. */
export function splitterDiffusion(
  tailExponent: number,
  impactExponent: number,
): { readonly variancePerOrder: number; readonly moveTail: number } {
  if (!(tailExponent > 1 && tailExponent < Infinity))
    throw new RangeError(`the tail exponent ${tailExponent} must be above 1`);
  if (!(impactExponent >= 0 && impactExponent < Infinity))
    throw new RangeError(`the impact exponent ${impactExponent} must not be negative`);
  const order = 1 + tailExponent - 2 * impactExponent;
  return {
    variancePerOrder: order > 1 ? zeta(order) / zeta(tailExponent) : Infinity,
    moveTail: tailExponent / impactExponent,
  };
}
