/** A margin call: the trader is told how much is missing and has a grace period to bring it. */
import { z } from 'zod';
import { duration, multiple } from '../../../core/settings.ts';
import { shareOf } from '../../margin/rule.ts';
import { defineRung } from './rung.ts';

export const call = defineRung({
  name: 'call',
  about: 'Tells the trader how much money is missing, and waits for it; an unmet call goes to the next rung.',
  settings: {
    grace: duration({ positive: true }).prefault('1 min').describe('Time the trader has to answer.'),
    demand: z
      .union([z.enum(['initial', 'maintenance']), multiple({ least: 1 })])
      .default('initial')
      .describe(
        'Equity that must be restored: the initial or the maintenance margin, or a factor of the latter (120 %).',
      ),
  },
  compile: ({ grace, demand }) => ({
    visit(distress, decision) {
      const { maintenance, initial, equity } = distress;
      // Equity at the maintenance margin is still in breach, so never less than a quantum above it.
      const least = maintenance + 1;
      const wanted =
        demand === 'maintenance'
          ? least
          : demand === 'initial'
            ? initial
            : shareOf(maintenance, Math.round(demand * 1_000_000));
      const target = wanted > least ? wanted : least;
      // A call at a level above the maintenance margin may find the account above what it asks for.
      decision.demand = target > equity ? target - equity : 0;
      decision.wait_us = grace;
      decision.next = true;
    },
  }),
});
