/**
 * The search for margin: the venue itself takes money from the account's free balance, before anybody is called.
 * Source: Vega protocol, margin levels: below the search level the margin is topped up to the initial level.
 */
import { duration } from '../../../core/settings.ts';
import { defineRung } from './rung.ts';

export const search = defineRung({
  name: 'search',
  about:
    'Takes money from the free balance of an isolated account up to the initial margin; nobody is asked.',
  settings: {
    wait: duration().prefault('0 s').describe('Time until the next rung acts, if that was not enough.'),
  },
  compile: ({ wait }) => ({
    visit({ initial, equity, free }, decision) {
      const missing = initial - equity;
      decision.pull = missing <= 0 ? 0 : missing < free ? missing : free;
      decision.wait_us = wait;
      decision.next = true;
    },
  }),
});
