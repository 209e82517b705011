/**
 * Intervals for probabilities: the share of runs in which something happened.
 *
 * Why Wilson's: the plain p ± z·sqrt(p(1-p)/n) has width 0 at p = 0, just where "never in 40 runs" needs one.
 */
import { CONFIDENCE, normalBound } from '../estimate.ts';
import type { Estimate } from '../estimate.ts';

/**
 * Wilson's score interval of a proportion, without continuity correction.
 *
 *   (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)
 *
 * p = successes/n, z = normal quantile of the confidence.
 * Source: E. B. Wilson, J. Amer. Statist. Assoc. 22 (1927) 209; R. G. Newcombe, Statist. Med. 17 (1998) 857.
 *
 * No trial leaves all possible: NaN [0, 1]. No success gives low = 0 exactly, only successes high = 1
 * exactly. Throws an Error unless both are whole numbers, 0 <= successes <= n.
 */
export function wilson(successes: number, n: number, confidence = CONFIDENCE): Estimate {
  if (!Number.isSafeInteger(successes) || !Number.isSafeInteger(n) || successes < 0 || successes > n) {
    throw new Error(`wilson: need whole numbers 0 <= successes <= n, got ${successes} of ${n}`);
  }
  const z = normalBound(confidence);
  if (n === 0) return { value: NaN, low: 0, high: 1 };
  const p = successes / n;
  const zz = (z * z) / n;
  const centre = (p + zz / 2) / (1 + zz);
  const half = (z * Math.sqrt((p * (1 - p)) / n + zz / (4 * n))) / (1 + zz);
  return {
    value: p,
    low: successes === 0 ? 0 : Math.min(centre - half, p),
    high: successes === n ? 1 : Math.max(centre + half, p),
  };
}
