/**
 * Survival curves: the probability that a cascade is at least so large, for every size.
 */
import { createRng } from '../../core/rng.ts';
import { CONFIDENCE, normalBound, requireFinite } from '../estimate.ts';
import type { Column, Estimate } from '../estimate.ts';
import { wilson } from './proportion.ts';

/** P(size >= at). */
export type SurvivalPoint = Estimate & { readonly at: number };

/**
 * At the given sizes, each with Wilson's interval: read at one size, it covers; over the whole curve, somewhere it will
 * not (`survivalBand` does). No runs: NaN [0, 1]. Throws an Error at values that aren't finite.
 */
export function survivalCurve(
  sizes: Column,
  at: readonly number[],
  confidence = CONFIDENCE,
): SurvivalPoint[] {
  return atLeast(sizes, at).map((count, i) => ({ at: at[i]!, ...wilson(count, sizes.length, confidence) }));
}

/**
 * At the given sizes, with a band that holds the true curve at all of them at once with the confidence: value ± c/√n, cut to
 * [0, 1], c = quantile at the confidence of
 *
 *   max over the sizes of |W(p)|,   W = Brownian bridge, p = (count + z²/2)/(n + z²)
 *
 * to which √n times the curve's errors tend, p = its values drawn to 1/2 as Wilson's interval does, z = normal quantile, so
 * that "never in 40 runs" has a width. Estimated from PATHS bridges whose random stream is always the same, so that c is a
 * function of the values. Fewer sizes, or sizes with few different values, have a narrower band than the whole line's
 * (c = 1.358 at 95 %, the Kolmogorov–Smirnov test's), which is for continuous laws, and too wide for whole numbers.
 * Source: M. D. Donsker, Ann. Math. Statist. 23 (1952) 277.
 *
 * It says nothing of probabilities below c/√n, about .2 at n = 40. No runs: NaN [0, 1]. Throws an Error at values that aren't
 * finite.
 */
export function survivalBand(sizes: Column, at: readonly number[], confidence = CONFIDENCE): SurvivalPoint[] {
  const z = normalBound(confidence);
  const n = sizes.length;
  const counts = atLeast(sizes, at);
  if (n === 0) return at.map((size) => ({ at: size, value: NaN, low: 0, high: 1 }));
  const drawn = counts.map((count) => (count + (z * z) / 2) / (n + z * z));
  const half = bridgeQuantile(drawn, confidence) / Math.sqrt(n);
  return counts.map((count, i) => {
    const value = count / n;
    return { at: at[i]!, value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
  });
}

/** A standard error of c of about .015. */
const PATHS = 2000;

/** c above, of the probabilities p. */
function bridgeQuantile(probabilities: readonly number[], confidence: number): number {
  const times = Float64Array.from(new Set(probabilities)).sort();
  const steps = times.map((time, i) => Math.sqrt(time - (times[i - 1] ?? 0)));
  const rest = Math.sqrt(1 - (times.at(-1) ?? 0));
  const rng = createRng('survival band');
  const path = new Float64Array(times.length);
  const worst = new Float64Array(PATHS);
  for (let k = 0; k < PATHS; k++) {
    let motion = 0;
    for (let i = 0; i < times.length; i++) path[i] = motion += steps[i]! * rng.normal();
    const end = motion + rest * rng.normal();
    for (let i = 0; i < times.length; i++)
      worst[k] = Math.max(worst[k]!, Math.abs(path[i]! - times[i]! * end));
  }
  return worst.sort()[Math.ceil(confidence * PATHS) - 1]!;
}

/** How many are at least so large, for each threshold. */
function atLeast(sizes: Column, at: readonly number[]): number[] {
  requireFinite(sizes, 'sizes');
  const sorted = Float64Array.from(sizes).sort();
  return at.map((threshold) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < threshold) low = middle + 1;
      else high = middle;
    }
    return sorted.length - low;
  });
}
