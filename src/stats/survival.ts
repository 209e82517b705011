/**
 * Survival curves: the probability that a cascade is at least so large, for every size.
 */
import { log } from '../core/maths.ts';
import { CONFIDENCE, normalBound, requireFinite } from './estimate.ts';
import type { Column, Estimate } from './estimate.ts';
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
 * At the given sizes, with a band that holds the whole true curve with the confidence, whatever the law: ± ε, cut to [0, 1],
 *
 *   ε = sqrt(ln(2/α) / 2n),   α = 1 − confidence
 *
 * the Dvoretzky–Kiefer–Wolfowitz inequality with the constant of P. Massart, Ann. Probab. 18 (1990) 1269. For continuous
 * laws it covers what it says, for whole numbers more. n = 40: ± .215; it says nothing of probabilities below that.
 */
export function survivalBand(sizes: Column, at: readonly number[], confidence = CONFIDENCE): SurvivalPoint[] {
  normalBound(confidence); // throws where it isn't a level
  const n = sizes.length;
  const half = n === 0 ? 1 : Math.sqrt(log(2 / (1 - confidence)) / (2 * n));
  return atLeast(sizes, at).map((count, i) => {
    const value = count / n;
    if (n === 0) return { at: at[i]!, value: NaN, low: 0, high: 1 };
    return { at: at[i]!, value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
  });
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
