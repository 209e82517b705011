/** One maker and impatient takers in an experiment file, in the letters of their paper. */
import { z } from 'zod';
import { count, number, rate } from '../../core/settings.ts';
import type { BlockExperiment } from '../../experiment/experiment.ts';
import { defineBlock } from '../../experiment/experiment.ts';

const settingsSchema = z
  .strictObject({
    volatility: number({ above: 0, most: 1000 }).describe(
      'σ: standard deviation of the middle over a unit of time.',
    ),
    decay: number({ least: 1e-3, most: 1000 }).describe(
      'k: fills become e times rarer with each 1/k of distance.',
    ),
    intensity: rate().describe('A: fills per unit of time at no distance, on each side.'),
    aversion: number({ least: 1e-6, most: 1000 }).describe('γ: aversion to risk.'),
    horizon: number({ above: 0, most: 1000 }).describe('T: units of time until the end.'),
    steps: count({ least: 1, most: 2000 }).describe('Steps until the end: the maker quotes anew in each.'),
    tick: number({ least: 1e-6, most: 1 }).default(0.001).describe('Units of the middle in a tick.'),
  })
  // The middle begins at 2²⁸ ticks: it stays far from the ends of the price axis, and so do all quotes.
  .refine(({ decay, tick }) => 1 <= 1e6 * decay * tick, {
    path: ['decay'],
    error: 'makes 1/k longer than 1000000 ticks: it needs to be larger, or the tick',
  })
  .refine(({ volatility, horizon, tick }) => volatility * Math.sqrt(horizon) <= 1e6 * tick, {
    path: ['volatility'],
    error:
      'moves the middle by more than 1000000 ticks until the end: it needs to be smaller, or the tick larger',
  })
  .refine(
    ({ aversion, volatility, horizon, tick }) => aversion * volatility * volatility * horizon <= 1e4 * tick,
    {
      path: ['aversion'],
      error:
        'moves the quotes by more than 10000 ticks a lot held: it needs to be smaller, or the tick larger',
    },
  );

type MarketMakerBlock = z.output<typeof settingsSchema>;
export type MarketMakerExperiment = BlockExperiment<'market_maker', MarketMakerBlock>;

export const marketMaker = defineBlock(
  'market_maker',
  'A maker quotes round a random walk, leaning against what it holds or not; takers pay up to a random distance.',
  settingsSchema,
);
