/** Takeover: the position leaves the account without the book. */
import { duration } from '../../../core/settings.ts';
import { CLOSE_SHARE, defineRung } from './rung.ts';

export const takeover = defineRung({
  name: 'takeover',
  about:
    'Hands the position to the layers of the waterfall that take positions: fund, vault, opposite accounts, in order.',
  settings: {
    retry: duration({ positive: true })
      .prefault('1 s')
      .describe('Time until what nobody could take is offered again.'),
  },
  compile: ({ retry }) => ({
    visit(_distress, decision) {
      decision.close = CLOSE_SHARE;
      decision.close_ppm = 1_000_000;
      decision.take_over = true;
      decision.wait_us = retry;
    },
  }),
});
