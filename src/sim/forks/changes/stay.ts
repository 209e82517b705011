/** Traders of a kind stay where they would have left: the makers' withdrawal, taken out. */
import { z } from 'zod';
import { defineChange } from './change.ts';
import { requireKind } from './kinds.ts';

/** Parameter above whose multiple of usual volatility a maker withdraws by itself. */
const WITHDRAWS = 'withdraw_above';

export const stay = defineChange({
  name: 'stay',
  about:
    'No shock sends agents of a kind away, and they do not withdraw by themselves (their parameter withdraw_above is infinite).',
  settings: z.strictObject({
    kind: z.union([z.string(), z.array(z.string()).min(1)]).describe('Kind of agent, or several.'),
    stay: z.literal(true).describe('true'),
  }),
  compile({ kind }, context) {
    const staying = typeof kind === 'string' ? [kind] : kind;
    for (const one of staying) requireKind(one, context.kinds);
    return {
      title: `${staying.join(' and ')} ${staying.length > 1 ? 'stay' : 'stays'}`,
      apply({ scenario, tables }) {
        scenario.groups.forEach((group, index) => {
          if (staying.includes(group.kind.kind)) tables.groups.stays[index] = 1;
        });
        const own = tables as unknown as Readonly<Record<string, Readonly<Record<string, Float64Array>>>>;
        for (const one of staying) own[`kind:${one}`]![WITHDRAWS]?.fill(Infinity);
      },
    };
  },
});
