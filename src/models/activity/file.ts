/** Everybody's activity alone in an experiment file: its parts, and the returns of the price that it drives. */
import { z } from 'zod';
import { duration, factor } from '../../core/settings.ts';
import type { BlockExperiment } from '../../experiment/experiment.ts';
import { defineBlock } from '../../experiment/experiment.ts';

const MOST_STEPS = 10_000_000;

const settingsSchema = z
  .strictObject({
    variance: factor({ least: 1e-6, most: 10 }).describe('v: variance of the logarithm of activity.'),
    relaxation: z
      .array(duration({ positive: true }))
      .min(1)
      .max(32)
      .describe('T: relaxation time of each of its parts, which have equal variances.'),
    every: duration({ positive: true })
      .prefault('1 min')
      .describe('Time between the steps of activity and price.'),
    returns: duration({ positive: true }).prefault('1 min').describe('Time over which returns are measured.'),
    time: duration({ positive: true }).describe('Time of each run.'),
  })
  .refine(({ returns, every }) => returns % every === 0, {
    path: ['returns'],
    error: 'must be a whole number of the steps in every',
  })
  .refine(({ time, every }) => time / every <= MOST_STEPS, {
    path: ['time'],
    error: `must be at most ${MOST_STEPS} steps`,
  })
  .refine(({ time, returns }) => time / returns >= 1000, {
    path: ['time'],
    error: 'must be at least 1000 returns',
  });

type ActivityBlock = z.output<typeof settingsSchema>;
export type ActivityExperiment = BlockExperiment<'activity', ActivityBlock>;

export const activity = defineBlock(
  'activity',
  'A price moves at the pace of everybody’s activity, which varies on several time scales; nobody trades.',
  settingsSchema,
);
