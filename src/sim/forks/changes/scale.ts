/** Traders of a kind have more or less of what one of their parameters says: makers with twice the limit, half the size. */
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import { factor } from '../../../core/settings.ts';
import { defineChange } from './change.ts';
import { requireKind } from './kinds.ts';

export const scale = defineChange({
  name: 'scale',
  about:
    'Parameters of all agents of a kind, by name, are multiplied by a factor; what they have done so far stays.',
  settings: z.strictObject({
    kind: z.string().describe('Kind of agent.'),
    scale: z
      .record(z.string(), factor({ above: 0 }))
      .refine((factors) => Object.keys(factors).length > 0, 'needs a parameter and its factor')
      .describe('{ limit: 0.1 }: a tenth of the parameter limit.'),
  }),
  compile({ kind, scale: factors }, context) {
    requireKind(kind, context.kinds);
    const known = context.paramsOf(kind);
    for (const name of Object.keys(factors)) {
      if (!known.includes(name))
        throw new ConfigError(['scale', name], `${kind} has no such parameter; it has ${known.join(', ')}`);
    }
    const entries = Object.entries(factors);
    return {
      title: `${kind} ${entries.map(([name, by]) => `${name} × ${by}`).join(', ')}`,
      apply({ tables }) {
        const own = tables as unknown as Readonly<Record<string, Readonly<Record<string, Float64Array>>>>;
        for (const [name, by] of entries) {
          const column = own[`kind:${kind}`]![name]!;
          for (let agent = 0; agent < column.length; agent++) column[agent] = column[agent]! * by;
        }
      },
    };
  },
});
