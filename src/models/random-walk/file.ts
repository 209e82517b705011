/** A random walk in an experiment file, and the height whose probability is estimated. */
import { z } from 'zod';
import { count, fraction } from '../../core/settings.ts';
import type { CommonFields } from '../../experiment/experiment.ts';
import { commonShape, defineModel } from '../../experiment/experiment.ts';
import type { Splitting } from '../rare/file.ts';
import { rareSchema, readSplitting } from '../rare/file.ts';

const height = () => count({ least: 1, most: 1_000_000 });

const settingsSchema = z.strictObject({
  up: fraction({ above: 0, most: 0.5 }).describe(
    'Probability of a step up; else the walk goes down. It ends at 0.',
  ),
  start: height().describe('Height at which it starts.'),
});

type RandomWalkBlock = z.output<typeof settingsSchema>;

/** What it adds to an experiment. */
export interface RandomWalkFields {
  readonly model: 'random_walk';
  readonly random_walk: RandomWalkBlock;
  readonly rare: Splitting;
}

export type RandomWalkExperiment = CommonFields & RandomWalkFields;

export const randomWalk = defineModel({
  block: 'random_walk',
  about:
    'A random walk with steps of one: whether it comes to a height before 0, whose probability is known.',
  schema: z.strictObject({
    ...commonShape,
    random_walk: settingsSchema,
    rare: rareSchema(height(), { event: height().describe('Height that it comes to before 0.') }),
  }),
  read({ random_walk, rare }, { problems }): RandomWalkFields {
    const splitting = problems.attempt(['rare'], () => readSplitting(rare, rare.event));
    problems.check();
    return { model: 'random_walk', random_walk, rare: splitting! };
  },
});
