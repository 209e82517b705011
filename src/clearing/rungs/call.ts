/** A margin call: the trader is told how much is missing and has a grace period to bring it. */
import { z } from 'zod';
import { duration } from '../../core/settings.ts';
import { defineRung } from './rung.ts';

export const call = defineRung({
  name: 'call',
  about: 'Tells the trader how much money is missing, and waits for it; an unmet call goes to the next rung.',
  settings: z.strictObject({
    grace: duration({ positive: true }).prefault('1 min').describe('Time the trader has to answer.'),
    demand: z
      .enum(['initial', 'maintenance'])
      .default('initial')
      .describe('Requirement up to which equity must be restored.'),
  }),
  compile: ({ grace, demand }) => ({
    visit(distress, decision) {
      // Equity at the maintenance margin is still in breach, so never less than a quantum above it.
      const least = distress.maintenance + 1;
      const target = demand === 'initial' && distress.initial > least ? distress.initial : least;
      decision.demand = target - distress.equity;
      decision.wait_us = grace;
      decision.next = true;
    },
  }),
});
