/** The block `facts`: runs to which nothing is done, whose facts stand beside the results. */
import { z } from 'zod';
import { duration, runs } from '../core/settings.ts';

export const factsSchema = z
  .strictObject({
    runs: runs()
      .default(5)
      .describe('Runs without a shock, under the first policy; never more than the experiment has.'),
    for: duration({ positive: true }).prefault('5 min').describe('Simulated time of each.'),
  })
  .describe(
    'Says beside the results how far the market behaves as real ones do before anything is done to it.',
  );

export type FactsSettings = z.output<typeof factsSchema>;
