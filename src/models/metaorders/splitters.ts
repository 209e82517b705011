/**
 * Metaorders one after another: lengths with P(L) = L^−(1+α)/ζ(1+α), each moving the price by ±c·L^δ at its end.
 *
 *   variance of the price per order   c²·E[L^2δ]/E[L] = c²·ζ(1+α−2δ)/ζ(α)      infinite where α ≤ 2δ
 *   tail of a metaorder's move        P(|move| > x) ∝ x^−α/δ
 *
 * At δ = ½ the variance is c² for every α: square-root impact is what makes long metaorders leave prices diffusive.
 * Source: Y. Sato, K. Kanazawa, arXiv 2502.17906 (2025).
 */
import { pow } from '../../core/maths.ts';
import { zeta } from '../../stats/intervals/autocorrelation.ts';

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

/** Terms that are summed; the rest is an integral. */
const TERMS = 100_000;

/**
 * The variance per order in units of c² where lengths have P(L ≥ n) = n^−α, as those of an executor who takes whole parts of
 * Pareto's law:
 *
 *   E[L^2δ]/E[L] = Σ (n^2δ − (n−1)^2δ)·n^−α / ζ(α)
 *
 * To about 1e-9 of it; the same as above at δ = ½. Infinity where α ≤ 2δ. Throws RangeError as above.
 */
export function wholeParetoDiffusion(tailExponent: number, impactExponent: number): number {
  const { variancePerOrder } = splitterDiffusion(tailExponent, impactExponent);
  const power = 2 * impactExponent;
  if (variancePerOrder === Infinity) return Infinity;
  let sum = 0;
  let before = 0;
  for (let n = 1; n <= TERMS; n++) {
    const here = pow(n, power);
    sum += (here - before) * pow(n, -tailExponent);
    before = here;
  }
  const rest = (power * pow(TERMS + 0.5, power - tailExponent)) / (tailExponent - power);
  return (sum + rest) / zeta(tailExponent);
}
