/** Partial liquidation: a share of the position is closed, then the account has time to recover. */
import { count, duration, multiple, share } from '../../../core/settings.ts';
import { orderSettings, placeLimit } from './closing.ts';
import { CLOSE_SHARE, defineRung } from './rung.ts';

export const partial = defineRung({
  name: 'partial',
  about: 'Closes a share of what is left of the position, several times with a cool-down between.',
  settings: {
    fraction: share({ above: 0, below: 1 })
      .prefault('25 %')
      .describe('Share of the remaining position closed each time.'),
    times: count({ least: 1 }).default(2).describe('Times before the next rung takes over.'),
    cool_down: duration({ positive: true })
      .prefault('1 s')
      .describe('Time between one order and the next look at the account.'),
    per_unmet_call: multiple()
      .prefault('0 %')
      .describe('By how much the fraction grows for each call of the episode that was not met.'),
    ...orderSettings,
  },
  compile({ fraction, times, cool_down, per_unmet_call, ...order }) {
    return {
      visit(distress, decision) {
        const grown = fraction * (1 + per_unmet_call * distress.unmet);
        decision.close = CLOSE_SHARE;
        decision.close_ppm = Math.min(1_000_000, Math.round(grown * 1_000_000));
        decision.wait_us = cool_down;
        decision.next = distress.visits + 1 >= times;
        placeLimit(order, decision);
      },
    };
  },
});
