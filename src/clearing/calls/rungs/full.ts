/**
 * Full liquidation: everything is closed at once; what finds no counterparty is tried again, or is the next rung's. Where it
 * is tried for ever and the book is empty, the time to the next try doubles, so that waiting for a market costs little.
 */
import { count, duration } from '../../../core/settings.ts';
import { orderSettings, placeLimit } from './closing.ts';
import { CLOSE_SHARE, defineRung } from './rung.ts';

export const full = defineRung({
  name: 'full',
  about: 'Closes the whole position at once, and tries again while the book cannot take it.',
  settings: {
    retry: duration({ positive: true })
      .prefault('1 s')
      .describe('Time until what was left open is tried again.'),
    longest_retry: duration({ positive: true })
      .prefault('10 s')
      .describe(
        'Without `times`: while the book is empty, each try doubles the time to the next, up to this (or to `retry`, if longer).',
      ),
    times: count({ least: 1 })
      .optional()
      .describe('Times before the next rung takes over; for ever if left out.'),
    ...orderSettings,
  },
  compile: ({ retry, longest_retry, times = Infinity, ...order }) => ({
    visit(distress, decision) {
      decision.close = CLOSE_SHARE;
      decision.close_ppm = 1_000_000;
      decision.wait_us = retry;
      decision.longest_us = times === Infinity ? Math.max(retry, longest_retry) : 0;
      decision.next = distress.visits + 1 >= times;
      placeLimit(order, decision);
    },
  }),
});
