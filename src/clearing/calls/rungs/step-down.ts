/**
 * Liquidation by tiers: a large position is reduced to the next lower tier of its margin table, where it needs less.
 * Source: Bybit and BitMEX (one tier at a time, fill-or-kill), OKX (two tiers down from tier 3 on).
 */
import { count, duration } from '../../../core/settings.ts';
import { orderSettings, placeLimit } from './closing.ts';
import { CLOSE_TIERS, defineRung } from './rung.ts';

export const stepDown = defineRung({
  name: 'step-down',
  about:
    'Reduces the position to the cap of a lower tier of its margin table; in the lowest tiers it closes everything.',
  settings: {
    tiers: count({ least: 1 }).default(1).describe('Tiers to step down each time.'),
    times: count({ least: 1 }).default(20).describe('Times before the next rung takes over.'),
    cool_down: duration({ positive: true })
      .prefault('1 s')
      .describe('Time between one order and the next look at the account.'),
    ...orderSettings,
  },
  compile: ({ tiers, times, cool_down, ...order }) => ({
    visit(distress, decision) {
      decision.close = CLOSE_TIERS;
      decision.tiers = tiers;
      decision.wait_us = cool_down;
      decision.next = distress.visits + 1 >= times;
      placeLimit(order, decision);
    },
  }),
});
