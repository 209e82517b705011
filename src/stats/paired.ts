/**
 * Comparisons of two policies on the same runs (common random numbers): row i of both columns is the same
 * seed.
 *
 * Why: what the seed does to both cancels in the difference, so that 40 pairs tell as much as hundreds of
 * independent runs. How many hundreds, `varianceReduction` says.
 */
import { CONFIDENCE, normalBound, requireSameLength } from './estimate.ts';
import type { Column, Estimate } from './estimate.ts';
import { meanInterval } from './mean.ts';
import { momentsOf } from './moments.ts';

/**
 * Mean of a - b over the pairs, with the interval of `meanInterval`, whose cases and errors hold here.
 * Throws an Error at columns of unequal length too. For columns of 0 and 1: `pairedProportionDifference`.
 */
export function pairedDifference(a: Column, b: Column, confidence = CONFIDENCE): Estimate {
  return meanInterval(differences(a, b), confidence);
}

/**
 * How many times fewer runs pairing needs: (var a + var b) / var(a - b). 1 where a and b are unrelated,
 * Infinity where they always differ by the same, NaN below 2 pairs and where neither varies. Throws an
 * Error at columns of unequal length, values that aren't finite.
 */
export function varianceReduction(a: Column, b: Column): number {
  const paired = momentsOf(differences(a, b)).sd;
  const left = momentsOf(a).sd;
  const right = momentsOf(b).sd;
  return (left * left + right * right) / (paired * paired);
}

/**
 * Difference of two probabilities, share of 1 in a less share of 1 in b, in paired columns of 0 and 1:
 * "systemic in 12 of 40 runs, in 25 of the same 40 under the other policy".
 *
 *   D' ± z·sqrt((p12 + p21 - D'²)/(n + 2)),   D' = p12 - p21,   p12 = (n12 + 1)/(n + 2),   p21 likewise
 *
 * n12, n21 = pairs with 1 in a only, in b only; cut to [-1, 1]. A t interval of the differences has width 0
 * where the policies never differ, and covers 64 % where they rarely do (n = 40, exact); this one covers 93
 * % at worst. Source: D. G. Bonett, R. M. Price, J. Educ. Behav. Statist. 37 (2012) 479, their
 * Laplace-adjusted Wald interval.
 *
 * No pair leaves all possible: NaN [-1, 1]. Throws an Error at other values, columns of unequal length.
 */
export function pairedProportionDifference(a: Column, b: Column, confidence = CONFIDENCE): Estimate {
  requireSameLength(a, b, 'pairedProportionDifference');
  const n = a.length;
  let aOnly = 0;
  let bOnly = 0;
  for (let i = 0; i < n; i++) {
    const pair = [a[i]!, b[i]!];
    if (!pair.every((x) => x === 0 || x === 1))
      throw new Error(`pair ${i} is ${pair.join(', ')}: need 0 or 1`);
    if (pair[0]! > pair[1]!) aOnly++;
    if (pair[0]! < pair[1]!) bOnly++;
  }
  const z = normalBound(confidence);
  if (n === 0) return { value: NaN, low: -1, high: 1 };
  const p12 = (aOnly + 1) / (n + 2);
  const p21 = (bOnly + 1) / (n + 2);
  const shrunk = p12 - p21;
  const half = z * Math.sqrt((p12 + p21 - shrunk * shrunk) / (n + 2));
  return {
    value: (aOnly - bOnly) / n,
    low: Math.max(-1, shrunk - half),
    high: Math.min(1, shrunk + half),
  };
}

function differences(a: Column, b: Column): Float64Array {
  requireSameLength(a, b, 'a pair needs both');
  const result = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) result[i] = a[i]! - b[i]!;
  return result;
}
