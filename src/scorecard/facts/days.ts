/**
 * What is known of days of real markets. Ranges: of bitcoin and of stocks, returns of one minute, R. Cont, Quantitative Finance
 * 1 (2001) 223; J.-P. Bouchaud et al., Trades, Quotes and Prices (2018), chapter 2.
 */
import type { DaysFact } from '../../stats/facts/days.ts';
import { kurtosisOver, moveMemory, moveMemorySlope, varianceRatio } from '../../stats/facts/days.ts';
import type { FactInfo, Range } from './fact.ts';
import { least, range } from './fact.ts';

/** Several times the longest lag. */
const LEAST_S = 6 * 3600;

function days(name: string, about: string, accepted: Range, of: DaysFact): FactInfo {
  return { name, about, range: accepted, of, kind: 'days', format: 'number', least_s: LEAST_S };
}

const memories = [
  [1, 0.15, 0.35],
  [5, 0.1, 0.3],
  [20, 0.07, 0.22],
  [100, 0.04, 0.15],
] as const;

export const facts: readonly FactInfo[] = [
  ...memories.map(([lag, low, high]) =>
    days(
      `moves remembered, ${lag} min`,
      `autocorrelation of absolute 1 min returns at a lag of ${lag} min`,
      range(low, high),
      moveMemory(lag),
    ),
  ),
  days(
    'moves forgotten',
    'slope of its logarithm over that of the lag, 1 to 100 min',
    range(-0.45, -0.15),
    moveMemorySlope(memories.map(([lag]) => lag)),
  ),
  days(
    'variance grows with time',
    'variance of 60 min returns over 60 times that of 1 min',
    range(0.8, 1.2),
    varianceRatio(60),
  ),
  days('tails of an hour', 'excess kurtosis of 60 min returns', least(0), kurtosisOver(60)),
];
