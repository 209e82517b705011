/**
 * Speed limit on any rule: M_t ≤ L · M_{t−n}, n counted in updates; falls are not limited. What is limited is the rate (the
 * requirement of a small position per notional); larger positions are scaled by as much. Assumes that a requirement that
 * lags in a storm does less harm than calls that come at once. Source:
 * D. Murphy, M. Vasios, N. Vause, Bank of England Staff Working Paper 597 (2016), which compares such tools.
 */
import { z } from 'zod';
import { count, factor } from '../../core/settings.ts';
import { defineMarginWrapper, PPM, shareOf } from './rule.ts';
import { wrapping } from './wrapping.ts';

export const speedLimit = defineMarginWrapper({
  name: 'speed-limit',
  about: 'The requirement rises by a factor at most within a number of updates.',
  settings: z.strictObject({
    factor: factor({ above: 1 }).default(1.05).describe('Highest ratio of the rate to that of then (L).'),
    updates: count({ least: 1, most: 100_000 }).default(1).describe('How long ago that was, in updates (n).'),
  }),
  // Place of the oldest, and the last n rates.
  slots: ({ updates }) => 1 + updates,
  terms: 1,
  compile({ factor, updates }, { state, computed, inForce }, inner) {
    const stride = 1 + updates;
    const limited = (instrument: number): number => (inner.rate(instrument) * computed[instrument]!) / PPM;
    return {
      ...inner,
      ...wrapping(inner, undefined, {
        reset(instrument) {
          const at = instrument * stride;
          state[at] = 0;
          state.fill(inner.rate(instrument), at + 1, at + stride);
          computed[instrument] = PPM;
        },
        update(instrument) {
          const at = instrument * stride;
          const oldest = at + 1 + state[at]!;
          const rate = inner.rate(instrument);
          // From a rate of 0 nothing could ever rise: 1 ppm may always be asked.
          const most = factor * state[oldest]! > 1 ? factor * state[oldest]! : 1;
          const before = computed[instrument];
          computed[instrument] = rate > most ? Math.ceil((most / rate) * PPM) : PPM;
          state[oldest] = limited(instrument);
          state[at] = state[at]! + 1 === updates ? 0 : state[at]! + 1;
          return computed[instrument] !== before;
        },
      }),
      maintenance: (instrument, lots, mark) =>
        shareOf(inner.maintenance(instrument, lots, mark), inForce[instrument]!),
      initial: (instrument, lots, mark) =>
        shareOf(inner.initial(instrument, lots, mark), inForce[instrument]!),
      rate: limited,
    };
  },
});
