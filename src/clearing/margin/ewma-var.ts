/**
 * Value-at-risk margin with exponentially weighted variance: MM = N · z_c · σ_h, IM = factor · MM.
 * σ² is the variance of returns over the horizon h, σ²_t = λ σ²_{t−1} + (1 − λ) r²_t for each return over one horizon.
 * It starts from a real price history at intervals of h and goes on with the run's own marks: a return r over Δ < h
 * counts as r²·h/Δ with decay λ^(Δ/h). z_c is the normal quantile. Assumes returns uncorrelated in time.
 * Source: RiskMetrics 1996; VENUES.md.
 */
import { z } from 'zod';
import { exp, log } from '../../core/maths.ts';
import { normalQuantile } from '../../core/quantiles.ts';
import { duration } from '../../core/settings.ts';
import { defineMarginRule, ratePpm, shareOf } from './rule.ts';

/** State of one instrument: variance per horizon, log of the mark at the last update, rate in ppm. */
const SLOTS = 3;

export const ewmaVar = defineMarginRule({
  name: 'ewma-var',
  about: 'Value at risk with exponentially weighted variance of returns, seeded from a real price history.',
  settings: z.strictObject({
    history: z
      .string()
      .describe('CSV of prices (time, price), one a horizon; its returns set the first variance.'),
    confidence: z
      .number()
      .gt(0.5)
      .lt(1)
      .default(0.99)
      .describe('Probability that a loss over the horizon is covered.'),
    horizon: duration({ positive: true })
      .prefault('1 h')
      .describe('Time that it takes to close a position; also the history step.'),
    decay: z.number().gt(0).lt(1).default(0.97).describe('Weight λ of the past variance, per horizon.'),
    initial_factor: z.number().min(1).default(1.5).describe('Initial margin over maintenance margin.'),
    interval: duration({ positive: true }).prefault('1 min').describe('Simulated time between updates.'),
  }),
  slots: SLOTS,
  files: ({ history }) => [{ file: history, kind: 'prices', key: 'history' }],
  compile({ history, confidence, horizon, decay, initial_factor, interval }, { instruments, state, data }) {
    const quantile = normalQuantile(confidence);
    const initialPpm = ratePpm(initial_factor);
    const tickLot = instruments.map((instrument) => instrument.tickLot);
    const firstVariance = ewmaVariance(logReturns(data(history) as Float64Array), decay);
    const share = interval / horizon;
    const stepDecay = exp(log(decay) * share);
    const setRate = (at: number): boolean => {
      const before = state[at + 2]!;
      const ppm = ratePpm(quantile * Math.sqrt(state[at]!));
      state[at + 2] = ppm < 1_000_000 ? ppm : 1_000_000;
      return state[at + 2] !== before;
    };
    const maintenance = (instrument: number, lots: number, mark: number): number =>
      shareOf(lots * mark * tickLot[instrument]!, state[instrument * SLOTS + 2]!);
    return {
      interval_us: interval,
      maintenance,
      initial: (instrument, lots, mark) => shareOf(maintenance(instrument, lots, mark), initialPpm),
      reset(instrument, mark) {
        const at = instrument * SLOTS;
        state[at] = firstVariance;
        state[at + 1] = log(mark);
        setRate(at);
      },
      update(instrument, mark) {
        const at = instrument * SLOTS;
        const level = log(mark);
        const step = level - state[at + 1]!;
        state[at] = stepDecay * state[at]! + (1 - stepDecay) * ((step * step) / share);
        state[at + 1] = level;
        return setRate(at);
      },
    };
  },
});

/** Log returns of a price series. */
export function logReturns(prices: Float64Array): Float64Array {
  const returns = new Float64Array(Math.max(0, prices.length - 1));
  for (let i = 0; i < returns.length; i++) returns[i] = log(prices[i + 1]! / prices[i]!);
  return returns;
}

/** Exponentially weighted variance after the last return; starts from the plain mean of squares. */
export function ewmaVariance(returns: Float64Array, decay: number): number {
  let variance = 0;
  for (const r of returns) variance += (r * r) / returns.length;
  for (const r of returns) variance = decay * variance + (1 - decay) * r * r;
  return variance;
}
