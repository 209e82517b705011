/**
 * Parametric margin with exponentially weighted variance: MM = N · m · σ_h, IM = factor · MM; m = z_c for value at risk,
 * φ(z_c)/(1 − c) for expected shortfall: returns over the horizon are taken as normal. σ² starts from a real price history
 * and goes on with the run's own marks (ewma-variance.ts). Source: RiskMetrics, Technical Document (1996).
 */
import { z } from 'zod';
import { EWMA_SLOTS, EwmaVariance, ewmaVariance } from './ewma-variance.ts';
import { RATE_TERMS, rateRule } from './rate-rule.ts';
import { decaySetting, firstReturns, normalMultiple, riskSettings, steppedHistory } from './risk-measure.ts';
import { defineMarginRule } from './rule.ts';
import { pow } from '../../core/maths.ts';

export const ewmaVar = defineMarginRule({
  name: 'ewma-var',
  about:
    'Value at risk or expected shortfall of normal returns with exponentially weighted variance, seeded from a real history.',
  settings: z.strictObject({ ...riskSettings, decay: decaySetting }),
  slots: EWMA_SLOTS,
  terms: RATE_TERMS,
  files: steppedHistory,
  compile(settings, context) {
    const { measure, confidence, horizon, decay, initial_factor, interval, history_step } = settings;
    const multiple = normalMultiple(measure, confidence);
    const stepDecay = history_step === undefined ? decay : pow(decay, history_step / horizon);
    const first = ewmaVariance(firstReturns(settings, context.data), stepDecay);
    const ewma = new EwmaVariance(context.state, EWMA_SLOTS, decay, horizon, interval);
    const rate = (instrument: number): number => multiple * Math.sqrt(ewma.variance(instrument));
    return rateRule(context, {
      initial_factor,
      interval_us: interval,
      reset(instrument, mark) {
        ewma.reset(instrument, mark, first);
        return rate(instrument);
      },
      update(instrument, mark, elapsed_us) {
        ewma.update(instrument, mark, elapsed_us);
        return rate(instrument);
      },
    });
  },
});
