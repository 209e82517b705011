/**
 * Algorithmic margin adjustment by volatility: M · clamp(σ_t / reference, least, most), σ the exponentially weighted
 * realised volatility of the run's own marks over the horizon. Assumes that risk is proportional to recent volatility.
 */
import { z } from 'zod';
import { duration, multiple } from '../../core/settings.ts';
import { EWMA_SLOTS, EwmaVariance } from './ewma-variance.ts';
import { multiplierSettings, scaledRule } from './multiplier.ts';
import { decaySetting } from './risk-measure.ts';
import { defineMarginWrapper } from './rule.ts';
import { wrapping } from './wrapping.ts';

export const adaptiveVolatility = defineMarginWrapper({
  name: 'adaptive-volatility',
  about: 'The requirement is multiplied by realised over reference volatility, between two bounds.',
  settings: z.strictObject({
    reference: multiple({ above: 0, most: 10 }).describe(
      'Volatility over the horizon at which the multiplier is 1; a run begins there.',
    ),
    horizon: duration({ positive: true }).prefault('1 h').describe('Horizon of both volatilities.'),
    decay: decaySetting,
    ...multiplierSettings,
  }),
  slots: EWMA_SLOTS,
  terms: 1,
  compile({ reference, horizon, decay, least, most, interval }, context, inner) {
    const interval_us = inner.interval_us ?? interval;
    const ewma = new EwmaVariance(context.state, EWMA_SLOTS, decay, horizon, interval_us);
    const multiplier = scaledRule(context, inner, { least, most });
    return {
      ...multiplier.rule,
      ...wrapping(inner, interval, {
        reset(instrument, mark) {
          ewma.reset(instrument, mark, reference * reference);
          multiplier.set(instrument, 1);
        },
        update(instrument, mark, elapsed_us) {
          ewma.update(instrument, mark, elapsed_us);
          return multiplier.set(instrument, Math.sqrt(ewma.variance(instrument)) / reference);
        },
      }),
    };
  },
});
