/** A rule whose requirement is a share of notional that changes in time: MM = N · rate_t, IM = factor · MM. */
import type { MarginRule, RuleContext } from './rule.ts';
import { cappedPpm, notionalOf, ratePpm, shareOf } from './rule.ts';

export interface ChangingRate {
  readonly initial_factor: number;
  readonly interval_us: number;
  /** Begins a run: the first rate, a share of notional. */
  reset(instrument: number, mark: number): number;
  /** Takes in a mark: the rate from now on. */
  update(instrument: number, mark: number, elapsed_us: number): number;
}

/** Numbers that such a rule's requirement follows from: the rate in ppm, at most the whole notional. */
export const RATE_TERMS = 1;

export function rateRule(context: RuleContext, changing: ChangingRate): MarginRule {
  const { computed, inForce } = context;
  const notional = notionalOf(context.instruments);
  const initialPpm = ratePpm(changing.initial_factor);
  const { interval_us } = changing;
  const maintenance = (instrument: number, lots: number, mark: number): number =>
    shareOf(notional(instrument, lots, mark), inForce[instrument]!);
  return {
    interval_us,
    maintenance,
    initial: (instrument, lots, mark) => shareOf(maintenance(instrument, lots, mark), initialPpm),
    rate: (instrument) => computed[instrument]!,
    reset(instrument, mark) {
      computed[instrument] = cappedPpm(changing.reset(instrument, mark));
    },
    update(instrument, mark, elapsed_us = interval_us) {
      const before = computed[instrument];
      computed[instrument] = cappedPpm(changing.update(instrument, mark, elapsed_us));
      return computed[instrument] !== before;
    },
  };
}
