/** The zero-intelligence market in an experiment file: rates in the units of its paper, and the size of a tick. */
import { z } from 'zod';
import { MOST } from '../../core/whole.ts';
import { lots, number, rate } from '../../core/settings.ts';
import type { BlockExperiment } from '../../experiment/experiment.ts';
import { defineBlock } from '../../experiment/experiment.ts';

/** Fewer orders than this on a side, and it would often be empty: there is no spread then. */
const LEAST_ORDERS = 20;
const MOST_TICKS = 0x80000;
const MOST_ORDERS = 1_000_000;

interface Rates {
  readonly limit_rate: number;
  readonly order_size: number;
  readonly cancel_rate: number;
  readonly market_rate: number;
  readonly tick: number;
  readonly window: number;
}

const settingsSchema = z
  .strictObject({
    limit_rate: rate().describe('α: shares of limit orders per unit of price and time, on each side.'),
    order_size: lots({ least: 1 }).describe('σ: shares of each order.'),
    cancel_rate: rate().describe('δ: cancellations per resting order and unit of time.'),
    market_rate: rate().describe('μ: shares of market orders per unit of time, half of them to buy.'),
    tick: number({ least: 1e-9 }).describe(
      'Units of price in a tick; 500 ticks or more in μ/2α are continuous.',
    ),
    window: number({ above: 0 })
      .default(10)
      .describe('Limit orders come up to so far from the opposite best quote, in μ/2α.'),
    warm_up: number({ least: 0 }).default(10).describe('Time before measuring, in lives 1/δ of an order.'),
    time: number({ above: 0 }).describe('Time measured in each run, in lives 1/δ of an order.'),
  })
  .refine((settings) => depthOf(settings) >= LEAST_ORDERS, {
    path: ['window'],
    error: `holds fewer than ${LEAST_ORDERS} orders on a side: it needs to be larger, or cancel_rate smaller`,
  })
  .refine((settings) => depthOf(settings) <= MOST_ORDERS, {
    path: ['window'],
    error: `holds more than ${MOST_ORDERS} orders on a side: it needs to be smaller, or cancel_rate larger`,
  })
  // Four times the expected depth: it varies.
  .refine((settings) => 4 * depthOf(settings) * settings.order_size <= MOST.lots, {
    path: ['order_size'],
    error: `must leave at most ${MOST.lots / 4} shares on a side of the window`,
  })
  .refine((settings) => ticksOf(settings) >= 1 && ticksOf(settings) <= MOST_TICKS, {
    path: ['tick'],
    error: `must leave the window (in μ/2α) between 1 and ${MOST_TICKS} ticks`,
  });

type ZeroBlock = z.output<typeof settingsSchema>;
export type ZeroExperiment = BlockExperiment<'zero', ZeroBlock>;
/** Orders that rest on a side of the window where nothing trades: (α/δσ) · window. */
function depthOf({ order_size, cancel_rate, market_rate, window }: Rates): number {
  return (window * market_rate) / (2 * cancel_rate * order_size);
}

function ticksOf({ limit_rate, market_rate, tick, window }: Rates): number {
  return Math.round((window * market_rate) / (2 * limit_rate * tick));
}

export const zero = defineBlock(
  'zero',
  'Limit orders, market orders and cancellations come at random; spread and depth have a known scaling.',
  settingsSchema,
);
