/** Counterfactuals of an experiment: each run forked at the shock with one thing changed. */
import { z } from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import type { Change, ChangeContext, ChangeSettings } from '../../../sim/forks/changes/change.ts';
import { changes } from '../../../sim/forks/changes/index.ts';
import type { MarketFields } from './compile.ts';
import { rulesOf } from './compile.ts';
import { agentKind } from './population.ts';
import type { Problems } from '../../../experiment/problems.ts';

const changeSchema = z.union(
  changes.map(({ settings, about }) => settings.describe(about)) as unknown as [z.ZodObject, z.ZodObject],
);

export const counterfactualsSchema = z
  .array(changeSchema)
  .default([])
  .describe(
    'Each run is forked at the shock with one of these changed, on the same luck: { engine: off }, { policy: NAME }, ' +
      '{ insurance_fund: 50e6 }, { kind: market-maker, stay: true }, { kind: trend, inactive: true }, ' +
      '{ remove: largest }, { without: halt }.',
  );

/** Throws ConfigError, its path from the change. */
export function compileChange(experiment: MarketFields, written: ChangeSettings): Change {
  const definition = changes.find(({ name }) => name in written);
  if (definition === undefined) {
    throw new ConfigError([], `needs one of the keys ${changes.map(({ name }) => name).join(', ')}`);
  }
  const parsed = definition.settings.safeParse(written);
  if (parsed.success) return definition.compile(parsed.data, contextOf(experiment));
  const { path, message } = parsed.error.issues[0]!;
  throw new ConfigError(path as string[], message);
}

function contextOf(experiment: MarketFields): ChangeContext {
  const { quantaPerUnit, money, groups, policies } = experiment;
  return {
    quantaPerUnit,
    money,
    kinds: [...new Set(groups.map(({ kind }) => kind))],
    paramsOf: (kind) => agentKind(kind).paramNames,
    accounts: groups.reduce((sum, { count }) => sum + count, 0),
    policies: new Map(Object.keys(policies).map((name) => [name, rulesOf(experiment, name)])),
  };
}

/** Compiles all of them once, for the errors; two of one title are refused. */
export function checkCounterfactuals(experiment: MarketFields, problems: Problems): void {
  const titles: string[] = [];
  experiment.counterfactuals.forEach((one, i) =>
    problems.attempt(['counterfactuals', i], () => {
      const { title } = compileChange(experiment, one);
      if (titles.includes(title)) throw new ConfigError([], `there is ${title} already`);
      titles.push(title);
    }),
  );
}
