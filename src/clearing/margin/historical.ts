/**
 * Historical simulation: MM = N · (empirical loss quantile, or mean loss beyond it, over a rolling window of returns). The
 * window starts with the last returns of a real history and goes on with the run's own marks; a return over Δ is scaled to
 * the horizon h by √(h/Δ) and counts like any other. The requirement is the same for both sides: the worse one's.
 * Assumes that the next return is a draw from the window.
 */
import { z } from 'zod';
import { count } from '../../core/settings.ts';
import { log } from '../../core/maths.ts';
import { RATE_TERMS, rateRule } from './rate-rule.ts';
import { empiricalLoss, firstReturns, riskSettings, steppedHistory } from './risk-measure.ts';
import { defineMarginRule } from './rule.ts';
import { RollingWindow, windowSlots } from './window.ts';

export const windowSetting = count({ least: 2, most: 100_000 })
  .default(500)
  .describe('Returns that the window holds.');

export const historical = defineMarginRule({
  name: 'historical',
  about: 'Empirical value at risk or expected shortfall: the next return is one of a rolling window.',
  settings: z.strictObject({ ...riskSettings, window: windowSetting }),
  slots: ({ window }) => 1 + windowSlots(window),
  terms: RATE_TERMS,
  files: steppedHistory,
  compile(settings, { state, ...context }) {
    const { measure, confidence, horizon, initial_factor, interval, window: length } = settings;
    const stride = 1 + windowSlots(length); // the log of the last mark, then the window
    const window = new RollingWindow(state, stride, 1, length);
    const first = firstReturns(settings, context.data).subarray(-length);
    return rateRule(
      { ...context, state },
      {
        initial_factor,
        interval_us: interval,
        reset(instrument, mark) {
          state[instrument * stride] = log(mark);
          window.clear(instrument);
          for (const r of first) window.push(instrument, r);
          return empiricalLoss(window, instrument, measure, confidence);
        },
        update(instrument, mark, elapsed_us) {
          const level = log(mark);
          const step = level - state[instrument * stride]!;
          state[instrument * stride] = level;
          window.push(instrument, step * Math.sqrt(horizon / elapsed_us));
          return empiricalLoss(window, instrument, measure, confidence);
        },
      },
    );
  },
});
