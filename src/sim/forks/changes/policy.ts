/** Another policy from the fork on: margin, ladder, waterfall, fund, venue and latencies of the one that is named. */
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import { defineChange } from './change.ts';

export const otherPolicy = defineChange({
  name: 'policy',
  about: 'Another of the experiment’s policies is in force; what it needs anew begins at the fork.',
  settings: z.strictObject({ policy: z.string().describe('Its name.') }),
  compile({ policy }, { policies }) {
    const rules = policies.get(policy);
    if (rules === undefined) {
      throw new ConfigError(
        ['policy'],
        `there is no policy ${policy}; there are ${[...policies.keys()].join(', ')}`,
      );
    }
    return { title: `policy ${policy}`, rules: () => rules };
  },
});
