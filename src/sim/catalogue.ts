/** What there is: every plug-in with its sentence and its settings, for people and for other programs. */
import { z } from 'zod';
import { marginRules, marginWrappers } from '../clearing/margin/index.ts';
import { namedLadders, rungs } from '../clearing/calls/rungs/index.ts';
import { lossLayers } from '../clearing/waterfall/index.ts';
import { ranks } from '../clearing/waterfall/ranks.ts';
import { contractKinds } from '../contracts/contracts.ts';
import { markRules } from '../market/mark.ts';
import { changes } from './forks/changes/index.ts';
import { scores } from './observe/scores/index.ts';
import { shocks } from './shocks/index.ts';

interface CatalogueSetting {
  readonly name: string;
  /** As it would be written in an experiment file; undefined: required, or optional without a default. */
  readonly default?: unknown;
  readonly unit?: string;
  readonly about: string;
}

export interface CatalogueEntry {
  readonly name: string;
  readonly about: string;
  readonly settings: readonly CatalogueSetting[];
}

export interface CatalogueSection {
  readonly title: string;
  readonly entries: readonly CatalogueEntry[];
}

export function plugInCatalogue(): CatalogueSection[] {
  return [
    { title: 'Margin rules (policies.NAME.margin.rule)', entries: marginRules.all.map(entryOf) },
    { title: 'Margin wrappers (policies.NAME.margin.wrappers)', entries: marginWrappers.all.map(entryOf) },
    { title: 'Rungs of a call ladder (policies.NAME.ladder)', entries: rungs.all.map(entryOf) },
    {
      title: 'Ladders with a name (policies.NAME.ladder)',
      entries: Object.entries(namedLadders).map(([name, ladder]) => ({
        name,
        about: ladder.map((entry) => entry.rung).join(' → '),
        settings: [],
      })),
    },
    { title: 'Layers of the loss waterfall (policies.NAME.waterfall)', entries: lossLayers.all.map(entryOf) },
    {
      title: 'Ranks of auto-deleveraging (rank of layer adl)',
      entries: ranks.map(({ name, about, source }) => ({
        name,
        about: `${about} (${source})`,
        settings: [],
      })),
    },
    {
      title: 'Contracts (market.instruments[].contract)',
      entries: contractKinds.all.map(({ kind, about, settings }) =>
        entryOf({ name: kind, about, settings: z.strictObject(settings) }),
      ),
    },
    { title: 'Mark prices (market.instruments[].mark.rule)', entries: markRules.all.map(entryOf) },
    { title: 'Shocks (shock.kind)', entries: shocks.all.map(entryOf) },
    { title: 'What a fork can change (counterfactuals[])', entries: changes.map(entryOf) },
    {
      title: 'Scores of rare events (rare.event, rare.score)',
      entries: scores.all.map(({ name, about }) => ({ name, about, settings: [] })),
    },
  ];
}

interface PlugIn {
  readonly name: string;
  readonly about: string;
  readonly settings: z.ZodType;
}

function entryOf({ name, about, settings }: PlugIn): CatalogueEntry {
  const schema = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { description?: string; default?: unknown }>;
  };
  return {
    name,
    about,
    settings: Object.entries(schema.properties ?? {}).map(([key, property]) => ({
      name: key,
      about: property.description ?? '',
      ...(property.default === undefined ? {} : { default: property.default }),
    })),
  };
}
