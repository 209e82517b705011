/** Whose results a design is about. */
import { ConfigError } from '../../core/errors.ts';
import type { Experiment } from '../../models/experiment.ts';
import type { Parameter } from './space.ts';

/**
 * The policy that is named, or the only one of the experiment, or the one that the parameters change. Undefined where the
 * experiment has no policies. Throws ConfigError where it is not clear, or there is none of that name.
 */
export function policyOf(
  experiment: Experiment,
  named: string | undefined,
  space: readonly Parameter[],
): string | undefined {
  if (experiment.model !== 'market') {
    if (named !== undefined) throw new ConfigError(['policy'], 'this experiment has no policies');
    return undefined;
  }
  const policies = Object.keys(experiment.policies);
  const changed = new Set(space.flatMap(({ path }) => /^policies\.([\w-]+)/.exec(path)?.[1] ?? []));
  const [only] = changed.size === 1 ? changed : policies.length === 1 ? policies : [];
  const policy = named ?? only;
  if (policy === undefined) throw new ConfigError(['policy'], `which? There are ${policies.join(', ')}`);
  if (!policies.includes(policy)) {
    throw new ConfigError(['policy'], `there is no policy ${policy}; there are ${policies.join(', ')}`);
  }
  return policy;
}
