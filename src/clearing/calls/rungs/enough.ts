/**
 * Liquidation of just enough: as few lots as bring equity back to a buffer above the maintenance requirement.
 * Source: Drift protocol v2, liquidation to a buffer above maintenance; here by search, so that it holds for any margin rule.
 */
import { count, duration, multiple } from '../../../core/settings.ts';
import { orderSettings, placeLimit } from './closing.ts';
import { CLOSE_ENOUGH, defineRung } from './rung.ts';

export const enough = defineRung({
  name: 'enough',
  about:
    'Closes as little as restores a buffer above the maintenance requirement, taking the mark for the price it gets.',
  settings: {
    buffer: multiple()
      .prefault('10 %')
      .describe('Equity to restore above the maintenance requirement, as a share of it.'),
    times: count({ least: 1 }).default(5).describe('Times before the next rung takes over.'),
    cool_down: duration({ positive: true })
      .prefault('1 s')
      .describe('Time between one order and the next look at the account.'),
    ...orderSettings,
  },
  compile: ({ buffer, times, cool_down, ...order }) => ({
    visit(distress, decision) {
      decision.close = CLOSE_ENOUGH;
      decision.target_ppm = Math.round((1 + buffer) * 1_000_000);
      decision.wait_us = cool_down;
      decision.next = distress.visits + 1 >= times;
      placeLimit(order, decision);
    },
  }),
});
