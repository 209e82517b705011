/** Full liquidation: everything is closed at market; what finds no counterparty is tried again. */
import { z } from 'zod';
import { duration } from '../../core/settings.ts';
import { defineRung } from './rung.ts';

export const full = defineRung({
  name: 'full',
  about: 'Closes the whole position at market at once, and tries again while the book cannot take it.',
  settings: z.strictObject({
    retry: duration({ positive: true })
      .prefault('1 s')
      .describe('Time until what was left open is tried again.'),
  }),
  compile: ({ retry }) => ({
    visit(_distress, decision) {
      decision.close_ppm = 1_000_000;
      decision.wait_us = retry;
    },
  }),
});
