/** Metaorders one at a time in an experiment file: the law of their lengths, and of the moves that they make. */
import { z } from 'zod';
import { count, duration, factor, fraction, share } from '../../core/settings.ts';
import type { BlockExperiment } from '../../experiment/experiment.ts';
import { defineBlock } from '../../experiment/experiment.ts';

const settingsSchema = z.strictObject({
  tail: factor({ least: 1.01, most: 20 }).describe('α: P(a metaorder has n orders or more) = n^−α.'),
  exponent: fraction({ least: 0.1, most: 0.6 })
    .default(0.5)
    .describe('δ: a metaorder of n orders moves the price by n^δ.'),
  impact: share({ least: 1e-6, most: 1e-5 }).describe('Relative move that an order makes that comes alone.'),
  memory: duration({ least: 1, most: 10e6 })
    .prefault('2 s')
    .describe('Time within which orders move the price as one; orders of a metaorder come 10 µs apart.'),
  metaorders: count({ least: 100, most: 200_000 }).describe('Metaorders of a run, on average.'),
});

type MetaordersBlock = z.output<typeof settingsSchema>;
export type MetaordersExperiment = BlockExperiment<'metaorders', MetaordersBlock>;

export const metaorders = defineBlock(
  'metaorders',
  'One trader splits large orders, one after the other; a maker quotes what the trades tell of the price.',
  settingsSchema,
);
