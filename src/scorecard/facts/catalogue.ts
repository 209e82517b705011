/**
 * What is known of real markets, and the range in which a simulated one must lie. A fact that is computed from stretches has an
 * interval in each run (a bootstrap of stretches); others are one number a run.
 *
 * Ranges: of bitcoin perpetuals in 2024 and 2025 unless a source is named. R. Cont, Quantitative Finance 1 (2001) 223:
 * uncorrelated returns, heavy tails, aggregational normality, clustering. F. Lillo, J. D. Farmer, Studies in Nonlinear Dynamics
 * & Econometrics 8 (2004): memory of signs. S. Vyetrenko et al., ICAIF (2020): a list of metrics for simulated books.
 */
import { meanDepth, meanOf, medianTouch, spreadShare } from '../../stats/facts/book.ts';
import type { Fact } from '../../stats/facts/block.ts';
import {
  kurtosisFalls,
  returnCorrelation,
  tailIndex,
  volatility,
  volatilityRatio,
} from '../../stats/facts/returns.ts';
import {
  largestTrade,
  signCorrelation,
  signExponent,
  tradeRate,
  volumeAndMoves,
  waitingVariation,
} from '../../stats/facts/trades.ts';
import { facts as ofDays } from './days.ts';
import type { FactInfo, Range } from './fact.ts';
import { around, least, most, range } from './fact.ts';
import type { Observed } from './observe.ts';

function stretches(
  name: string,
  about: string,
  accepted: Range,
  of: Fact,
  format: FactInfo['format'] = 'number',
): FactInfo {
  return { name, about, range: accepted, of, kind: 'stretches', format };
}

function each(
  name: string,
  about: string,
  accepted: Range,
  kind: 'mean' | 'worst',
  of: (run: Observed) => number,
  format: FactInfo['format'] = 'number',
): FactInfo {
  return { name, about, range: accepted, of, kind, format };
}

/** Four stretches: quarters of less are one and the same. */
const QUARTERS_S = 960;

/** The last quarter of a run is as the first: what activity does to both is taken off. */
function stationary(name: string, about: string, of: Fact): FactInfo {
  return {
    name: `stationary: ${name}`,
    about: `${about}: the last quarter of a run over the first`,
    range: range(0.8, 1.25),
    of,
    kind: 'quarters',
    format: 'number',
    least_s: QUARTERS_S,
  };
}

const activity = meanOf('activity');

const pooledOnly = (info: FactInfo): FactInfo => ({ ...info, kind: 'pooled' });

/** Activity has memory of many minutes: a few short runs see one calm or one storm, and call it the market. */
const ofLongRuns = (info: FactInfo): FactInfo => ({ ...info, least_s: QUARTERS_S });

export const facts: readonly FactInfo[] = [
  ofLongRuns(
    pooledOnly(stretches('volatility', 'of 1 s returns, a year', range(0.5, 0.7), volatility(1), 'percent')),
  ),
  ...[1, 10, 60].map((s) =>
    stretches(
      `volatility over the index's, ${s} s`,
      `of ${s} s returns of the middle, over that of the price on other venues`,
      range(0.9, 1.15),
      volatilityRatio(s),
    ),
  ),
  ...(
    [
      [1, 0.03],
      [10, 0.06],
      [60, 0.1],
    ] as const
  ).map(([s, half]) =>
    stretches(
      `returns follow from the last, ${s} s`,
      `autocorrelation of ${s} s returns at lag 1`,
      around(half),
      returnCorrelation(s, 1),
    ),
  ),
  ...[1, 10, 60].map((s) =>
    stretches(
      `tail, ${s} s`,
      `Hill's index of the largest 5 % of ${s} s returns`,
      range(2, 5),
      tailIndex(s, 0.05),
    ),
  ),
  stretches(
    'kurtosis falls',
    'excess kurtosis from 1 to 10 to 60 s: the smaller of its falls',
    least(0),
    kurtosisFalls([1, 10, 60]),
  ),
  ofLongRuns(
    stretches(
      'clustering',
      'autocorrelation of absolute 1 s returns at a lag of 100 s',
      least(0.05),
      returnCorrelation(1, 100, true),
    ),
  ),
  stretches('signs', 'autocorrelation of order signs at lag 1', range(0.15, 0.3), signCorrelation(1)),
  stretches(
    'memory of signs',
    'exponent of the autocorrelation of order signs, lags 10 to 1,000',
    range(0.4, 0.7),
    signExponent(10, 1000),
  ),
  stretches('spread', 'share of time at one tick', least(0.9), spreadShare(1), 'percent'),
  each(
    'wide spread',
    'share of time above 20 ticks, in the worst run',
    most(0.01),
    'worst',
    ({ blocks }) => spreadShare(20, true)(blocks),
    'percent',
  ),
  stretches('touch', 'median value at the best prices', range(50_000, 200_000), medianTouch, 'money'),
  ...(['bids', 'asks'] as const)
    .map((side, i) =>
      each(
        `depth comes back, ${side}`,
        'value within 1 % at the end over that at the start',
        range(0.8, 1.25),
        'mean',
        ({ depth }) => depth.end[i]! / depth.start[i]!,
      ),
    )
    .map(ofLongRuns),
  each('largest order', 'size of the largest aggressive order', most(50), 'worst', ({ blocks }) =>
    largestTrade(blocks),
  ),
  stretches(
    'trades cluster',
    'standard deviation over mean of the times between trades',
    least(1.2),
    waitingVariation,
  ),
  stretches(
    'volume and moves',
    'correlation of volume and absolute return, 10 s',
    least(0),
    volumeAndMoves(10),
  ),
  each(
    'makers at their limit',
    'share of time with some maker’s position at its limit, in the worst run',
    most(0.01),
    'worst',
    ({ at_limit }) => at_limit,
    'percent',
  ),
  stationary(
    'volatility',
    'of 1 s returns over the root of activity',
    (blocks) => volatility(1)(blocks) / Math.sqrt(activity(blocks)),
  ),
  stationary('trades', 'a second over activity', (blocks) => tradeRate(blocks) / activity(blocks)),
  stationary('depth', 'value within 1 %', meanDepth),
  stationary('spread', 'its mean', meanOf('spread')),
  ...ofDays,
];
