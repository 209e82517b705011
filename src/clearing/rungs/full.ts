/** Full liquidation: everything is closed at once; what finds no counterparty is tried again, or is the next rung's. */
import { z } from 'zod';
import { duration } from '../../core/settings.ts';
import { orderSettings, placeLimit } from './closing.ts';
import { CLOSE_SHARE, defineRung } from './rung.ts';

export const full = defineRung({
  name: 'full',
  about: 'Closes the whole position at once, and tries again while the book cannot take it.',
  settings: {
    retry: duration({ positive: true })
      .prefault('1 s')
      .describe('Time until what was left open is tried again.'),
    times: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe('Times before the next rung takes over; for ever if left out.'),
    ...orderSettings,
  },
  compile: ({ retry, times = Infinity, ...order }) => ({
    visit(distress, decision) {
      decision.close = CLOSE_SHARE;
      decision.close_ppm = 1_000_000;
      decision.wait_us = retry;
      decision.next = distress.visits + 1 >= times;
      placeLimit(order, decision);
    },
  }),
});
