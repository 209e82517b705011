/** Queue depletion in an experiment file: two queues, and the laws that refill them after each move of the price. */
import { z } from 'zod';
import { count, number, rate } from '../../core/settings.ts';
import type { BlockExperiment } from '../../experiment/experiment.ts';
import { defineBlock } from '../../experiment/experiment.ts';

const MOST_LOTS = 1_000_000;
const queue = () => count({ least: 1, most: MOST_LOTS });

const refillSchema = z
  .union([
    z
      .strictObject({ uniform: z.tuple([queue(), queue()], { error: 'needs [least, most]' }) })
      .refine(({ uniform: [least, most] }) => least <= most, {
        path: ['uniform'],
        error: 'needs [least, most] with least at most most',
      })
      .describe('Both queues uniform on least … most, independently.'),
    z
      .strictObject({ fixed: z.tuple([queue(), queue()], { error: 'needs [bid, ask]' }) })
      .describe('Always the same bid and ask queue.'),
    z
      .strictObject({
        pairs: z
          .array(z.tuple([queue(), queue(), number({ least: 0 })], { error: 'needs [bid, ask, weight]' }))
          .min(1),
      })
      .refine(({ pairs }) => pairs.some(([, , weight]) => weight > 0), {
        path: ['pairs'],
        error: 'needs a pair with a weight above 0',
      })
      .describe('[bid, ask, weight]: each pair with a probability proportional to its weight.'),
  ])
  .meta({ id: 'refill', description: 'Joint law of the bid and the ask queue after a move, in orders.' });

const settingsSchema = z
  .strictObject({
    arrival_rate: rate().describe('λ: arrivals per unit of time at each queue.'),
    removal_rate: rate().describe('ν: departures per unit of time at each queue.'),
    bid: queue().describe('Orders in the first bid queue.'),
    ask: queue().describe('Orders in the first ask queue.'),
    refill_up: refillSchema.describe('Law of both queues after the price has moved up.'),
    refill_down: refillSchema.describe('Law of both queues after the price has moved down.'),
    moves: count({ least: 1, most: 10_000_000 }).describe(
      'Price moves per run. 1: only the first; else about so many after it, in whole cycles.',
    ),
    capacity: z
      .strictObject({
        orders: count({ least: 16, most: 10_000_000 })
          .default(65_536)
          .describe('Orders that the two queues can hold.'),
      })
      .prefault({}),
  })
  .refine(({ arrival_rate, removal_rate }) => arrival_rate <= removal_rate, {
    path: ['arrival_rate'],
    error: 'must be at most removal_rate, or a queue may never be empty',
  });

type DepletionBlock = z.output<typeof settingsSchema>;
export type DepletionExperiment = BlockExperiment<'depletion', DepletionBlock>;

export const depletion = defineBlock(
  'depletion',
  'Only the best queues, of Poisson arrivals and departures; the price moves when one of them is empty.',
  settingsSchema,
);
