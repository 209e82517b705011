/** A latent order book in an experiment file: how deep and fine it is, and how fast the metaorder buys. */
import { z } from 'zod';
import { latentBookImpact } from './exact.ts';
import { MOST } from '../../core/whole.ts';
import { count, lots, number } from '../../core/settings.ts';
import type { BlockExperiment } from '../../experiment/experiment.ts';
import { defineBlock } from '../../experiment/experiment.ts';

/** Beyond so many widths past the impact nothing is felt of the metaorder in twice its time. */
const BEYOND = 9;

/** Ticks of book times width²: a run of twice the metaorder's time then takes some ten seconds. */
const MOST_MOVES = 1e7;

/** Ticks of book on each side. */
export function depthOf({ rate, width_ticks }: { rate: number; width_ticks: number }): number {
  return Math.ceil(width_ticks * (latentBookImpact(rate) + BEYOND));
}

const settingsSchema = z
  .strictObject({
    rate: number({ least: 1e-3, most: 1000 }).describe(
      'm₀/J: lots that the metaorder buys per lot that comes to meet on a side of the book.',
    ),
    width_ticks: count({ least: 2, most: 100 }).describe(
      '√(D·T): ticks that an order goes in the time T of the metaorder; the more, the more continuous the book.',
    ),
    slope_lots: lots({ least: 1 }).describe('Lots more on each tick further from the price.'),
    until: number({ least: 1, most: 5 })
      .default(2)
      .describe('Time watched, in T: beyond 1 what is left of the impact.'),
  })
  // A tick may have more than its mean for a moment.
  .refine((settings) => depthOf(settings) * settings.slope_lots <= MOST.lots / 4, {
    path: ['slope_lots'],
    error: `makes more than ${MOST.lots / 4} lots on the furthest tick: it needs to be smaller`,
  })
  .refine((settings) => depthOf(settings) * settings.width_ticks * settings.width_ticks <= MOST_MOVES, {
    path: ['width_ticks'],
    error: 'makes a run too long with this rate: it needs to be smaller',
  });

type LatentBookBlock = z.output<typeof settingsSchema>;
export type LatentBookExperiment = BlockExperiment<'latent_book', LatentBookBlock>;

export const latentBook = defineBlock(
  'latent_book',
  'Resting orders go nearer and further at random, meet and trade; then somebody buys at a constant rate.',
  settingsSchema,
);
