/**
 * Laws that the simulator's quantities come close to, with what is known of them: sizes of cascades (generalised Poisson),
 * losses (lognormal), events (0 or 1), returns (Student), tails (Pareto).
 */
import { z } from 'zod';
import { fraction } from '../../core/settings.ts';
import { exp } from '../../core/maths.ts';
import { normalQuantile } from '../../core/quantiles.ts';
import type { Rng } from '../../core/rng.ts';
import { generalisedPoissonTail } from '../intervals/generalised-poisson.ts';
import { sizeSampler } from '../intervals/tail-fit.ts';
import { positive, probability } from './trial.ts';

export interface Law {
  readonly mean: number;
  readonly sd: number;
  /** P(X >= x). */
  tail(x: number): number;
  /** The p-quantile. */
  quantile(p: number): number;
  /** Draws from `rng`. */
  sampler(rng: Rng): () => number;
}

const cascadeShape = z.strictObject({
  theta: positive('θ: mean number of roots.', { most: 1000 }),
  m: fraction({ most: 0.999 }).describe('m: branching ratio.'),
});

export const lawSchema = z
  .union([
    z.strictObject({ cascade: cascadeShape }).describe('Generalised Poisson: sizes of solvable cascades.'),
    z.strictObject({ lognormal: positive('σ of the logarithm; the median is 1.', { most: 10 }) }),
    z.strictObject({ bernoulli: probability('Probability of a 1.') }),
    z.strictObject({ normal: positive('Standard deviation; the mean is 0.') }),
  ])
  .describe('What the values are drawn from.');

export type LawSettings = z.output<typeof lawSchema>;

export function lawOf(settings: LawSettings): Law {
  if ('cascade' in settings) return cascade(settings.cascade.theta, settings.cascade.m);
  if ('lognormal' in settings) return lognormal(settings.lognormal);
  if ('bernoulli' in settings) return bernoulli(settings.bernoulli);
  return normal(settings.normal);
}

/** n values of a law. */
export function sample(law: Law, n: number, rng: Rng): Float64Array {
  return Float64Array.from({ length: n }, law.sampler(rng));
}

function cascade(theta: number, m: number): Law {
  return {
    mean: theta / (1 - m),
    sd: Math.sqrt(theta / ((1 - m) * (1 - m) * (1 - m))),
    tail: (x) => generalisedPoissonTail(theta, m, Math.ceil(x)),
    quantile(p) {
      let size = 0;
      while (1 - generalisedPoissonTail(theta, m, size + 1) < p) size++;
      return size;
    },
    sampler: (rng) => sizeSampler(theta, m, rng),
  };
}

function lognormal(sigma: number): Law {
  const square = sigma * sigma;
  return {
    mean: exp(square / 2),
    sd: Math.sqrt((exp(square) - 1) * exp(square)),
    tail: () => NaN,
    quantile: (p) => exp(sigma * normalQuantile(p)),
    sampler: (rng) => () => rng.lognormal(0, sigma),
  };
}

function bernoulli(p: number): Law {
  return {
    mean: p,
    sd: Math.sqrt(p * (1 - p)),
    tail: (x) => (x <= 0 ? 1 : x <= 1 ? p : 0),
    quantile: (level) => (level > 1 - p ? 1 : 0),
    sampler: (rng) => () => (rng.chance(p) ? 1 : 0),
  };
}

function normal(sd: number): Law {
  return {
    mean: 0,
    sd,
    tail: () => NaN,
    quantile: (p) => sd * normalQuantile(p),
    sampler: (rng) => () => sd * rng.normal(),
  };
}
