/** Values that differ between agents: a number, or a distribution to draw it from. */
import type { Rng } from '../core/rng.ts';

export type Distribution = (
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'pareto'; readonly least: number; readonly alpha: number }
  | { readonly kind: 'choice'; readonly values: readonly number[] }
) & { readonly min?: number; readonly max?: number };

/** One draw, cut to [min, max]. */
export function draw(distribution: Distribution, rng: Rng): number {
  const value = drawFree(distribution, rng);
  if (distribution.min !== undefined && value < distribution.min) return distribution.min;
  if (distribution.max !== undefined && value > distribution.max) return distribution.max;
  return value;
}

function drawFree(distribution: Distribution, rng: Rng): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.value;
    case 'uniform':
      return distribution.low + (distribution.high - distribution.low) * rng.uniform();
    case 'normal':
      return distribution.mean + distribution.sd * rng.normal();
    case 'lognormal':
      return rng.lognormal(distribution.mu, distribution.sigma);
    case 'exponential':
      return rng.exponential(distribution.mean);
    case 'pareto':
      return rng.pareto(distribution.least, distribution.alpha);
    case 'choice':
      return distribution.values[rng.below(distribution.values.length)]!;
  }
}
