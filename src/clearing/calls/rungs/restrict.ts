/** Restriction: the account may only reduce its positions until it is healthy again. */
import { duration } from '../../../core/settings.ts';
import { defineRung } from './rung.ts';

export const restrict = defineRung({
  name: 'restrict',
  about: 'From now on the account may only reduce its positions, until it is healthy again.',
  settings: {
    wait: duration().prefault('0 s').describe('Time until the next rung acts.'),
  },
  compile: ({ wait }) => ({
    visit(_distress, decision) {
      decision.restrict = true;
      decision.wait_us = wait;
      decision.next = true;
    },
  }),
});
