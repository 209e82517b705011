/** A warning: the trader is told that its margin is low; nothing is asked for. */
import { z } from 'zod';
import { duration } from '../../../core/settings.ts';
import { defineRung } from './rung.ts';

export const warn = defineRung({
  name: 'warn',
  about: 'Tells the trader that its margin is low, and asks for nothing.',
  settings: {
    wait: duration({ positive: true })
      .prefault('1 min')
      .describe('Time until the account is looked at again.'),
    again: z.boolean().default(false).describe('True: warns again at each look; false: once.'),
  },
  compile: ({ wait, again }) => ({
    visit(distress, decision) {
      decision.warn = again || distress.visits === 0;
      decision.wait_us = wait;
      decision.next = !again;
    },
  }),
});
