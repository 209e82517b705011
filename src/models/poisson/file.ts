/** Rates of a book of Poisson orders in an experiment file, for every model that has one. */
import { z } from 'zod';
import { count, factor, number, rate } from '../../core/settings.ts';

/** A rate that may be none. */
const rateOrNone = () => number({ least: 0, most: 1e6 });

/** Orders that may rest on a side, on average. With 2,000 half an hour of the market takes a second, with 10,000 more than a minute. */
const MOST_ORDERS = 3000;
/** Numbers written out one by one. */
const MOST_DISTANCES = 1000;

export const ratesShape = {
  limit_rates: z
    .array(rate())
    .min(1)
    .max(MOST_DISTANCES)
    .describe(
      'λ(1), λ(2), …: limit orders per unit of time at each distance in ticks from the opposite best quote, on each side.',
    ),
  limit_beyond: z
    .strictObject({
      rate: rateOrNone().describe('c, per unit of time.'),
      exponent: factor({ most: 100 }).describe('α.'),
    })
    .describe('λ(i) = c / i^α at distances beyond that list.'),
  cancel_rates: z
    .array(rate())
    .min(1)
    .max(MOST_DISTANCES)
    .describe('θ(1), θ(2), …: cancellations of each resting order per unit of time, by its distance.'),
  cancel_beyond: rate().describe('θ(i) at distances beyond that list.'),
  market_rate: rateOrNone().describe('μ: market orders per unit of time, on each side.'),
} as const;

/** A distance up to which limit orders come. */
export const placementTicks = () => count({ least: 1, most: 10_000 });

interface Rates {
  readonly limit_rates: readonly number[];
  readonly limit_beyond: { readonly rate: number };
  readonly cancel_rates: readonly number[];
  readonly cancel_beyond: number;
}

/** Whether the book stays small enough for its table; a bound that no exponent can break. */
export function isHeld(
  { limit_rates, limit_beyond, cancel_rates, cancel_beyond }: Rates,
  placement: number,
): boolean {
  const listed = limit_rates.slice(0, placement).reduce((sum, lambda) => sum + lambda, 0);
  const beyond = Math.max(0, placement - limit_rates.length) * limit_beyond.rate;
  return listed + beyond <= MOST_ORDERS * Math.min(...cancel_rates, cancel_beyond);
}

export const NOT_HELD = `may leave more than ${MOST_ORDERS} orders on a side: it needs to be smaller, or cancel rates larger`;
