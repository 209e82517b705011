/** Takeover: the position leaves the account at its bankruptcy price, without the book. */
import { z } from 'zod';
import { duration } from '../../core/settings.ts';
import { CLOSE_SHARE, defineRung, TO_FUND, TO_VAULT, TO_WINNERS } from './rung.ts';

const WHERE = { fund: TO_FUND, vault: TO_VAULT, winners: TO_WINNERS } as const;

export const takeover = defineRung({
  name: 'takeover',
  about:
    'Moves the position at its bankruptcy price to the insurance fund, to the backstop vault, or to opposite winners.',
  settings: {
    to: z
      .enum(['fund', 'vault', 'winners'])
      .default('fund')
      .describe('Who takes it; what the fund or the vault cannot carry goes on to opposite winners.'),
    retry: duration({ positive: true })
      .prefault('1 s')
      .describe('Time until what nobody could take is offered again.'),
  },
  compile: ({ to, retry }) => ({
    visit(_distress, decision) {
      decision.close = CLOSE_SHARE;
      decision.close_ppm = 1_000_000;
      decision.takeover = WHERE[to];
      decision.wait_us = retry;
    },
  }),
});
