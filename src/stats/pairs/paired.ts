/**
 * Comparisons of two policies on the same runs (common random numbers): row i of both columns is the same
 * seed.
 *
 * Why: what the seed does to both cancels in the difference, so that 40 pairs tell as much as hundreds of
 * independent runs. How many hundreds, `varianceReduction` says.
 */
import { CONFIDENCE, normalBound, requireSameLength } from '../estimate.ts';
import type { Column, Estimate } from '../estimate.ts';
import { meanInterval } from '../intervals/mean.ts';
import { momentsOf } from '../intervals/moments.ts';

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
 * Tango's score interval: all differences D that the score test doesn't refuse,
 *
 *   |n12 - n21 - n·D| <= z·sqrt(n·(2·p21 + D·(1 - D))),   p21 = (√(B² - 8n·C) - B) / 4n
 *   B = (2n - n12 + n21)·D - n12 - n21,   C = -n21·D·(1 - D)
 *
 * n12, n21 = pairs with 1 in a only, in b only; p21 = the likeliest probability of the latter if D is true.
 * A t interval of the differences has width 0 where the policies never differ, and covers 64 % where they
 * rarely do (n = 40, exact); this one covers 93.4 % at worst and 96 on average. Where pairs that differ are
 * fewer than about three, it covers more than asked, as nothing else than whole pairs can be counted.
 * Source: T. Tango, Statist. Med. 17 (1998) 891.
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
  const value = (aOnly - bOnly) / n;
  // Exchanging the columns mirrors the interval, to the last bit.
  return { value, low: -largestDifference(bOnly, aOnly, n, z), high: largestDifference(aOnly, bOnly, n, z) };
}

/** Largest D that the score test doesn't refuse, by halving [value, 1]: the score falls as D grows. */
function largestDifference(n12: number, n21: number, n: number, z: number): number {
  const isRefused = (d: number): boolean => {
    const b = (2 * n - n12 + n21) * d - n12 - n21;
    const spread = d * (1 - d);
    const p21 = (Math.sqrt(b * b + 8 * n * n21 * spread) - b) / (4 * n);
    return n12 - n21 - n * d < -z * Math.sqrt(n * Math.max(0, 2 * p21 + spread));
  };
  if (!isRefused(1)) return 1;
  let low = (n12 - n21) / n;
  let high = 1;
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (isRefused(middle)) high = middle;
    else low = middle;
  }
  return low;
}

function differences(a: Column, b: Column): Float64Array {
  requireSameLength(a, b, 'a pair needs both');
  const result = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) result[i] = a[i]! - b[i]!;
  return result;
}
