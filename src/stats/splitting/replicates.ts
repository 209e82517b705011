/**
 * What several independent estimates by splitting say together: the probability with an interval that assumes nothing of
 * the process, and what splitting gained over plain Monte Carlo.
 */
import type { Column, Estimate } from '../estimate.ts';
import { within } from '../estimate.ts';
import { hallInterval, sdInterval } from '../intervals/mean.ts';
import { momentsOf, total } from '../intervals/moments.ts';

/** One row an estimate, as in `SplittingResult`. */
export interface Replicates {
  readonly probability: Column;
  readonly low: Column;
  readonly high: Column;
  readonly events: Column;
  readonly plainEvents: Column;
}

/**
 * The mean of the estimates, which is unbiased, those that are 0 included; with the interval of `hallInterval`, which
 * takes its width from their spread. One estimate has only its own interval. Where all are 0, the upper end of the interval
 * of the mean of their own upper bounds is one: where particles are not alike most of these are far too low, and a few
 * too high by as much.
 */
export function probabilityOf({ probability, low, high }: Replicates): Estimate {
  if (probability.length === 1) return { value: probability[0]!, low: low[0]!, high: high[0]! };
  if (total(probability) > 0) return within(hallInterval(probability), 0, 1);
  return { value: 0, low: 0, high: Math.min(1, hallInterval(high).high) };
}

/** Standard error of the mean over the mean; NaN from a single estimate, and where all are 0. */
export function relativeError({ probability }: Replicates): number {
  const { n, mean, sd } = momentsOf(probability);
  return mean > 0 ? sd / (mean * Math.sqrt(n)) : NaN;
}

/**
 * How many times more events plain Monte Carlo needs for the same error:
 *
 *   gain = (1 − p)/(p·r²) · c / B
 *
 * p = the probability, r = `relativeError` of the mean, B = all events spent, c = events of a plain run until it ends or the
 * event happens (the mean of the estimates'): n plain runs have the relative variance (1 − p)/(p·n), and cost n·c.
 * Its interval is that of the spread (`sdInterval`); p and c are taken as known. NaN where r is; Infinity where r is 0.
 */
export function gainOf(replicates: Replicates): Estimate {
  const { probability, events, plainEvents } = replicates;
  const { n, mean } = momentsOf(probability);
  if (!(mean > 0) || n < 2) return { value: NaN, low: NaN, high: NaN };
  const perSquare = ((1 - mean) * mean * (total(plainEvents) / n) * n) / total(events);
  const spread = sdInterval(probability);
  const at = (sd: number): number => perSquare / (sd * sd);
  return { value: at(spread.value), low: at(spread.high), high: at(spread.low) };
}
