/** The stationary book in an experiment file: Poisson rates, and for how long it is watched. */
import { z } from 'zod';
import { number } from '../../core/settings.ts';
import type { BlockExperiment } from '../../experiment/experiment.ts';
import { defineBlock } from '../../experiment/experiment.ts';
import { isHeld, NOT_HELD, placementTicks, ratesShape } from '../poisson/file.ts';

const settingsSchema = z
  .strictObject({
    ...ratesShape,
    placement_ticks: placementTicks().describe(
      'Limit orders come up to so far from the opposite best quote.',
    ),
    warm_up: number({ least: 0 }).describe('Time before measuring, in the unit of the rates.'),
    time: number({ above: 0 }).describe('Time measured in each run, in the unit of the rates.'),
  })
  .refine((settings) => isHeld(settings, settings.placement_ticks), {
    path: ['placement_ticks'],
    error: NOT_HELD,
  });

type StationaryBookBlock = z.output<typeof settingsSchema>;
export type StationaryBookExperiment = BlockExperiment<'stationary_book', StationaryBookBlock>;

export const stationaryBook = defineBlock(
  'stationary_book',
  'Poisson orders, each of one lot, for a long time: spread, depth near the quotes, moves of the middle.',
  settingsSchema,
);
