/** Estimators in an experiment file: trials on data whose truth is known. */
import { z } from 'zod';
import { trialSchema } from '../../stats/trials/index.ts';
import type { BlockExperiment } from '../../experiment/experiment.ts';
import { defineBlock } from '../../experiment/experiment.ts';

const settingsSchema = z.strictObject({
  trials: z
    .record(z.string(), trialSchema)
    .refine((trials) => Object.keys(trials).length > 0, 'needs at least one trial')
    .describe('What is estimated, from which data, by name; each run is one batch of data.'),
});

type EstimatorsBlock = z.output<typeof settingsSchema>;
export type EstimatorsExperiment = BlockExperiment<'estimators', EstimatorsBlock>;

export const estimators = defineBlock(
  'estimators',
  'Estimators of src/stats on drawn data with a known truth: bias, and coverage of their intervals.',
  settingsSchema,
);
