/** All estimators that trials can name. */
import { z } from 'zod';
import { number } from '../../core/settings.ts';
import { capacity } from './capacity.ts';
import { pairedCapacity, pairedMean, pairedProportion, pairedRatio, ratio } from './comparisons.ts';
import { band, mean, proportion, quantile, sd, survival } from './moments.ts';
import { hawkes, signs } from './processes.ts';
import { blockBootstrap, bootstrapCorrelation, bootstrapMean, bootstrapMedian } from './resampling.ts';
import { ishigami } from './sensitivity.ts';
import { stopping } from './stopping.ts';
import { fitM, fitTheta, goodness, hillPareto, hillStudent } from './tails.ts';
import type { Estimator, Trial } from './trial.ts';

const estimators = [
  mean,
  sd,
  quantile,
  proportion,
  survival,
  band,
  ratio,
  pairedMean,
  pairedProportion,
  pairedRatio,
  capacity,
  pairedCapacity,
  bootstrapMean,
  bootstrapMedian,
  bootstrapCorrelation,
  blockBootstrap,
  hillPareto,
  hillStudent,
  fitM,
  fitTheta,
  goodness,
  ishigami,
  hawkes,
  signs,
  stopping,
] as unknown as readonly Estimator[];

/** What a trial's coverage is expected to be, %, and why, where that is not 92 to 97. */
const expectation = {
  expect: z
    .tuple([number({ least: 0, most: 100 }), number({ least: 0, most: 100 })])
    .default([92, 97])
    .describe('Range, %, in which its 95 % intervals should hold the truth.'),
  because: z.string().optional().describe('Why that range is not 92 to 97.'),
} as const;

const schemas = estimators.map(({ estimator, about, shape }) =>
  z.strictObject({ estimator: z.literal(estimator), ...shape, ...expectation }).describe(about),
);

/** A trial in an experiment file. */
export const trialSchema = z.discriminatedUnion('estimator', schemas as [(typeof schemas)[0]]);

export type TrialSettings = z.output<typeof trialSchema>;

export function trialOf(settings: TrialSettings): Trial {
  return estimators.find(({ estimator }) => estimator === settings.estimator)!.trial(settings);
}
