/** A kind of trader does nothing any more: what the others would have done without it. */
import { z } from 'zod';
import { defineChange } from './change.ts';
import { sendAway } from '../forking.ts';
import { requireKind } from './kinds.ts';

export const inactive = defineChange({
  name: 'inactive',
  about:
    'Agents of a kind act no more: orders cancelled, commands under way taken back, no answers to calls; what they hold stays.',
  settings: z.strictObject({
    kind: z.string().describe('Kind of agent.'),
    inactive: z.literal(true).describe('true'),
  }),
  compile({ kind }, context) {
    requireKind(kind, context.kinds);
    return {
      title: `${kind} inactive`,
      apply(simulation) {
        const isOut = simulation.scenario.groups.flatMap((group) =>
          Array.from({ length: group.count }, () => group.kind.kind === kind),
        );
        sendAway(simulation, (agent) => isOut[agent] === true);
      },
    };
  },
});
