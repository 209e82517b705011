/** Partial liquidation: a share of the position is sold at market, then the account has time to recover. */
import { z } from 'zod';
import { duration, share } from '../../core/settings.ts';
import { defineRung } from './rung.ts';

export const partial = defineRung({
  name: 'partial',
  about: 'Closes a share of what is left of the position at market, several times with a cool-down between.',
  settings: z.strictObject({
    fraction: share()
      .refine((value) => value > 0 && value < 1, 'must be between 0 and 1')
      .prefault('25 %')
      .describe('Share of the remaining position closed each time.'),
    times: z.number().int().min(1).default(2).describe('Times before the next rung takes over.'),
    cool_down: duration({ positive: true })
      .prefault('1 s')
      .describe('Time between one order and the next look at the account.'),
  }),
  compile({ fraction, times, cool_down }) {
    const close_ppm = Math.round(fraction * 1_000_000);
    return {
      visit(distress, decision) {
        decision.close_ppm = close_ppm;
        decision.wait_us = cool_down;
        decision.next = distress.visits + 1 >= times;
      },
    };
  },
});
