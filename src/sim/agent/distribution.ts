/** Values that differ between agents: a number, or a distribution to draw it from. */
import { exp } from '../../core/maths.ts';
import type { Rng } from '../../core/rng.ts';

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
  return cut(distribution, drawFree(distribution, rng));
}

function cut({ min, max }: Distribution, value: number): number {
  if (min !== undefined && value < min) return min;
  if (max !== undefined && value > max) return max;
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

/** The middle of a law: its mean, or its median where that is what it is written by. */
export function middleOf(law: Distribution): number {
  return cut(law, freeMiddle(law));
}

/** What hardly any draw exceeds. */
export function likelyMost(law: Distribution): number {
  return cut(law, freeMost(law));
}

function freeMiddle(law: Distribution): number {
  switch (law.kind) {
    case 'constant':
      return law.value;
    case 'uniform':
      return (law.low + law.high) / 2;
    case 'normal':
    case 'exponential':
      return law.mean;
    case 'lognormal':
      return exp(law.mu);
    case 'pareto':
      return law.least;
    case 'choice':
      return law.values.reduce((sum, value) => sum + value, 0) / law.values.length;
  }
}

function freeMost(law: Distribution): number {
  switch (law.kind) {
    case 'constant':
      return law.value;
    case 'uniform':
      return law.high;
    case 'normal':
      return law.mean + 6 * law.sd;
    case 'exponential':
      return 20 * law.mean;
    case 'lognormal':
      return exp(law.mu + 6 * law.sigma);
    case 'pareto':
      return Infinity;
    case 'choice':
      return law.values.reduce((most, value) => Math.max(most, value), -Infinity);
  }
}
