/** The order book race in an experiment file: Poisson rates, and the queues and the spread that it starts with. */
import { z } from 'zod';
import { count } from '../../core/settings.ts';
import { cancelRate, limitRate, limitRateWithin } from '../poisson/poisson-rates.ts';
import type { BlockExperiment } from '../../experiment/experiment.ts';
import { defineBlock } from '../../experiment/experiment.ts';
import { isHeld, NOT_HELD, placementTicks, ratesShape } from '../poisson/file.ts';

const MOST_ORDERS = 100_000;
/** Where queues settle at more orders than this they take e^15 times as long to end as where they don't settle. */
const LONGEST_QUEUE = 15;

const queue = () => count({ least: 1, most: MOST_ORDERS });

const settingsSchema = z
  .strictObject({
    ...ratesShape,
    bid: queue().describe(
      'Orders in the best bid queue, that which is kept for p_fill and p_make_spread included.',
    ),
    ask: queue().describe('Orders in the best ask queue, that which is kept for p_make_spread included.'),
    spread: placementTicks().describe(
      'Ticks between the best quotes. The middle moves when a best queue is empty or an order comes inside the spread.',
    ),
  })
  .refine((settings) => isHeld(settings, settings.spread), { path: ['spread'], error: NOT_HELD })
  .refine(
    (settings) =>
      limitRateWithin(settings, settings.spread - 1) > 0 ||
      limitRate(settings, settings.spread) - settings.market_rate <=
        LONGEST_QUEUE * cancelRate(settings, settings.spread),
    {
      path: ['limit_rates'],
      error: `settles at more than ${LONGEST_QUEUE} orders in a best queue, which is then hardly ever empty`,
    },
  );

type BookRaceBlock = z.output<typeof settingsSchema>;
export type BookRaceExperiment = BlockExperiment<'book_race', BookRaceBlock>;

export const bookRace = defineBlock(
  'book_race',
  'Poisson orders, each of one lot: which way the middle of the book moves first, and which orders fill before.',
  settingsSchema,
);
