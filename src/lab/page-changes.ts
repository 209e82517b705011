/** What a reader of a page may change in a fork: what is a change under the experiment's own policies and traders. */
import { ladderOf } from '../clearing/policy/policy.ts';
import { ConfigError } from '../core/errors.ts';
import type { MarketExperiment } from '../models/experiment.ts';
import { compileChange } from '../models/experiment.ts';
import { changeText } from '../replay/fork.ts';
import type { PageChange } from '../replay/page-data.ts';
import type { ChangeSettings } from '../sim/forks/changes/change.ts';
import { OTHER_RULES } from '../sim/forks/changes/without.ts';

export function pageChanges(experiment: MarketExperiment): PageChange[] {
  const { policies, groups } = experiment;
  const kinds = [...new Set(groups.map(({ kind }) => kind))];
  const written: ChangeSettings[] = [
    { engine: 'off' },
    ...Object.keys(policies).map((policy) => ({ policy })),
    ...rulesIn(experiment).map((name) => ({ without: name })),
    ...['largest', 'most-leveraged'].map((which) => ({ remove: which })),
    ...kinds.map((kind) => ({ kind, inactive: true })),
  ];
  return written.flatMap((change) => {
    const title = titleOf(experiment, change);
    return title === undefined ? [] : [{ text: changeText(change), title, change }];
  });
}

/** Names of rungs, wrappers and layers that any policy has, and of all other rules. */
function rulesIn({ policies }: MarketExperiment): string[] {
  const named = Object.values(policies).flatMap((rules): string[] =>
    rules.flatMap(({ policy }): string[] => [
      ...ladderOf(policy).map(({ rung }) => String(rung)),
      ...(policy.margin['wrappers'] as readonly { readonly wrapper: string }[]).map(({ wrapper }) => wrapper),
      ...policy.waterfall.map(({ layer }) => String(layer)),
    ]),
  );
  return [...new Set([...named, ...OTHER_RULES])];
}

/** undefined: there is nothing of the kind to change. */
function titleOf(experiment: MarketExperiment, change: ChangeSettings): string | undefined {
  try {
    return compileChange(experiment, change).title;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
