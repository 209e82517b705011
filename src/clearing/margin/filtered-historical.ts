/**
 * Filtered historical simulation: MM = N · σ_t · (empirical loss quantile, or mean beyond it, of z), z = r_s / σ_{s−1} over
 * a rolling window, σ the exponentially weighted volatility that was known before the return. Assumes that returns are
 * today's volatility times a draw from past standardised returns.
 * Source: Barone-Adesi, Giannopoulos, Vosper, "VaR without correlations for portfolios of derivative securities" (1999);
 * Hull and White, "Incorporating volatility updating into the historical simulation method" (1998).
 */
import { z } from 'zod';
import { pow } from '../../core/maths.ts';
import { EWMA_SLOTS, EwmaVariance } from './ewma-variance.ts';
import { windowSetting } from './historical.ts';
import { RATE_TERMS, rateRule } from './rate-rule.ts';
import { decaySetting, empiricalLoss, firstReturns, riskSettings, steppedHistory } from './risk-measure.ts';
import { defineMarginRule } from './rule.ts';
import { RollingWindow, windowSlots } from './window.ts';

export const filteredHistorical = defineMarginRule({
  name: 'filtered-historical',
  about:
    'Historical simulation of returns divided by their volatility, rescaled by today’s (EWMA) volatility.',
  settings: z.strictObject({ ...riskSettings, decay: decaySetting, window: windowSetting }),
  slots: ({ window }) => EWMA_SLOTS + windowSlots(window),
  terms: RATE_TERMS,
  files: steppedHistory,
  compile(settings, context) {
    const { measure, confidence, horizon, decay, initial_factor, interval, window: length } = settings;
    const { history_step = horizon } = settings;
    const stride = EWMA_SLOTS + windowSlots(length);
    const ewma = new EwmaVariance(context.state, stride, decay, horizon, interval);
    const window = new RollingWindow(context.state, stride, EWMA_SLOTS, length);
    const first = filtered(firstReturns(settings, context.data), pow(decay, history_step / horizon));
    const latest = first.standardised.subarray(-length);
    const rate = (instrument: number): number =>
      Math.sqrt(ewma.variance(instrument)) * empiricalLoss(window, instrument, measure, confidence);
    return rateRule(context, {
      initial_factor,
      interval_us: interval,
      reset(instrument, mark) {
        ewma.reset(instrument, mark, first.variance);
        window.clear(instrument);
        for (const z of latest) window.push(instrument, z);
        return rate(instrument);
      },
      update(instrument, mark, elapsed_us) {
        const before = Math.sqrt(ewma.variance(instrument));
        const r = ewma.update(instrument, mark, elapsed_us);
        // A market that has never moved has no standardised returns.
        if (before > 0) window.push(instrument, r / before);
        return rate(instrument);
      },
    });
  },
});

/** Standardised returns of a history, and the variance after its last; it starts from the plain mean of squares. */
export function filtered(
  returns: Float64Array,
  decay: number,
): { readonly standardised: Float64Array; readonly variance: number } {
  let variance = 0;
  for (const r of returns) variance += (r * r) / returns.length;
  const standardised = returns.map((r) => {
    const z = variance > 0 ? r / Math.sqrt(variance) : 0;
    variance = decay * variance + (1 - decay) * r * r;
    return z;
  });
  return { standardised, variance };
}
