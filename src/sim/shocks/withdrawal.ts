/** Liquidity leaves: traders of one kind cancel everything and stay away for a while. */
import { z } from 'zod';
import { duration } from '../../core/settings.ts';
import { defineShock } from './shock.ts';

export const withdrawal = defineShock({
  name: 'withdrawal',
  about: 'All agents of a kind, such as the market makers, cancel their orders and sleep for a time.',
  settings: z.strictObject({
    at: duration().describe('When they leave.'),
    duration: duration({ positive: true }).describe('How long they stay away.'),
    agents: z.string().default('market-maker').describe('Kind of agent.'),
  }),
  compile: (settings) => ({
    at_us: settings.at,
    step(_step, actions) {
      actions.suspend(settings.agents, settings.duration);
      return -1;
    },
  }),
});
