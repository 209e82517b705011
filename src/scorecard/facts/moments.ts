/** Numbers of a market that a calibration compares with real ones: facts, and levels besides that facts have no range for. */
import { log } from '../../core/maths.ts';
import type { Block, Fact } from '../../stats/facts/block.ts';
import { impactExponent } from '../../stats/response/recovery.ts';
import { meanDepth, meanNear, medianTouch, spreadShare } from '../../stats/facts/book.ts';
import { returnCorrelation, tailIndex, volatility, volatilityRatio } from '../../stats/facts/returns.ts';
import {
  impactSlope,
  meanTradeSize,
  signCorrelation,
  signExponent,
  tradeRate,
  volumeAndMoves,
  waitingVariation,
} from '../../stats/facts/trades.ts';
import type { Impacts } from '../response/impact.ts';
import { SIZES_M, SPLIT_M } from '../response/treatments.ts';

/** What one market was seen to do. */
export interface Sample {
  readonly blocks: readonly Block[];
  /** What purchases and sales do to it; undefined if that was not looked at. */
  readonly impacts: Impacts | undefined;
}

interface Named {
  readonly name: string;
  /** What it is, with its unit. */
  readonly about: string;
  /** log: it is compared by its logarithm, and errors are of that. */
  readonly scale: 'linear' | 'log';
}

/** Of a market that nothing is done to. */
interface Seen extends Named {
  readonly of: Fact;
  /** Data that it can be measured on by the same estimator. */
  readonly measured_on?: 'trades' | 'closes' | 'bands';
}

/** Of what purchases and sales do to it. */
interface Answered extends Named {
  readonly answer: (impacts: Impacts) => number;
}

export type Moment = Seen | Answered;

type Scale = Moment['scale'];

const of = (
  name: string,
  scale: Scale,
  fact: Fact,
  about: string,
  measured_on?: Seen['measured_on'],
): Seen => ({ name, about, of: fact, scale, ...(measured_on && { measured_on }) });

const answered = (name: string, scale: Scale, answer: Answered['answer'], about: string): Answered => ({
  name,
  scale,
  answer,
  about,
});

const SPLIT_AT = SIZES_M.indexOf(SPLIT_M);

export const moments: readonly Moment[] = [
  of('volatility', 'log', volatility(1), 'of 1 s returns, a year', 'closes'),
  of('index_ratio', 'linear', volatilityRatio(10), 'volatility of the middle over the index’s, 10 s'),
  of('index_ratio_60', 'linear', volatilityRatio(60), 'the same, 60 s'),
  of('reversal', 'linear', returnCorrelation(1, 1), 'autocorrelation of 1 s returns at lag 1'),
  of('reversal_10', 'linear', returnCorrelation(10, 1), 'autocorrelation of 10 s returns at lag 1'),
  of('tail', 'linear', tailIndex(1, 0.05), 'Hill’s index of the largest 5 % of 1 s returns'),
  of('tail_10', 'linear', tailIndex(10, 0.05), 'the same of 10 s returns'),
  of(
    'clustering',
    'linear',
    returnCorrelation(1, 100, true),
    'autocorrelation of absolute 1 s returns, 100 s',
  ),
  of('signs', 'linear', signCorrelation(1), 'autocorrelation of order signs at lag 1', 'trades'),
  of('sign_memory', 'linear', signExponent(10, 1000), 'exponent of that of signs, lags 10 to 1,000'),
  of('trade_rate', 'log', tradeRate, 'aggressive orders a second', 'trades'),
  of('trade_size', 'log', meanTradeSize, 'mean size of aggressive orders', 'trades'),
  of('waiting', 'log', waitingVariation, 'standard deviation over mean of waiting times', 'trades'),
  of('impact', 'linear', impactSlope(1, true), '1 s returns on the root of the flow, 0.01 %', 'trades'),
  of('impact_linear', 'linear', impactSlope(1, false), '1 s returns on the flow, 0.01 %', 'trades'),
  of('volume_and_moves', 'linear', volumeAndMoves(10), 'correlation of volume and absolute 10 s return'),
  of('spread', 'linear', spreadShare(1), 'share of time at one tick'),
  of('touch', 'log', medianTouch, 'median value at the best prices'),
  of('depth_near', 'log', meanNear, 'value within 0.02 % of the middle'),
  of('depth', 'log', meanDepth, 'value within 1 % of the middle', 'bands'),
  answered(
    'impact_exponent',
    'linear',
    ({ end }) => impactExponent(SIZES_M, end),
    `δ of impact ∝ size^δ, ${SIZES_M[0]} to ${SIZES_M.at(-1)!} million in 30 s`,
  ),
  answered(
    'impact_of_10_million',
    'log',
    ({ end }) => 1e4 * end[SPLIT_AT]!,
    'move of the price at the end of 30 s, 0.01 %',
  ),
  answered(
    'impact_left',
    'linear',
    ({ end, later }) => later / end[SPLIT_AT]!,
    'share of that two minutes later',
  ),
];

/** NaN where the sample does not tell. */
export function momentIn({ blocks, impacts }: Sample, moment: Moment): number {
  if ('of' in moment) return moment.of(blocks);
  return impacts === undefined ? NaN : moment.answer(impacts);
}

/** As it is compared. */
export function scaled({ scale }: Pick<Moment, 'scale'>, value: number): number {
  return scale === 'log' ? (value > 0 ? log(value) : NaN) : value;
}
