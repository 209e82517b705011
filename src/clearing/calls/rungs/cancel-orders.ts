/** Cancellation of the account's open orders, before its positions are touched. */
import { duration } from '../../../core/settings.ts';
import { defineRung } from './rung.ts';

export const cancelOrders = defineRung({
  name: 'cancel-orders',
  about: 'Cancels the open orders of the account; what they would have done to its position is avoided.',
  settings: {
    wait: duration().prefault('0 s').describe('Time until the next rung acts.'),
  },
  compile: ({ wait }) => ({
    visit(_distress, decision) {
      decision.cancel = true;
      decision.wait_us = wait;
      decision.next = true;
    },
  }),
});
