/**
 * What a trial of an estimator is: data drawn from a law whose truth is known, and the estimate made of them. Repeated over
 * seeds it says how biased an estimator is, and how often its 95 % interval holds the truth.
 */
import type { z } from 'zod';
import type { Range } from '../../core/ranges.ts';
import * as settings from '../../core/settings.ts';
import type { Rng } from '../../core/rng.ts';
import type { Estimate } from '../estimate.ts';

export interface Trial {
  /** What the interval should hold. */
  readonly truth: number;
  /** One batch of data, drawn from `rng`, and its estimate. `seed`: of resampling, where the estimator resamples. */
  estimate(rng: Rng, seed: string): Estimate;
}

/** An estimator that trials can name. */
export interface Estimator<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly estimator: string;
  /** One sentence: what is estimated, from which data. */
  readonly about: string;
  readonly shape: S;
  /** Settings as parsed. */
  trial(settings: z.output<z.ZodObject<S>>): Trial;
}

export function defineEstimator<S extends z.ZodRawShape>(estimator: Estimator<S>): Estimator<S> {
  return estimator;
}

/** Size of a batch. */
export const batchSize = settings
  .count({ least: 2, most: 500_000 })
  .describe('Values (runs, pairs, points) of a batch.');

export const count = (about: string, range: Range = {}) =>
  settings.count({ least: 1, most: 10_000_000, ...range }).describe(about);
export const positive = (about: string, range: Range = {}) =>
  settings.number({ least: 1e-6, most: 1e6, ...range }).describe(about);
export const probability = (about: string) => settings.fraction({ above: 0, below: 1 }).describe(about);
