/**
 * An experiment in the words of the ODD protocol (overview, design concepts, details), as Markdown, from what it, its rules and
 * the kinds of trader declare. Source: V. Grimm et al., JASSS 23 (2020) 7.
 */
import { ladderOf } from '../clearing/policy/policy.ts';
import type { MarketExperiment } from '../models/experiment.ts';
import { percent, shortDuration, shortNumber } from '../models/experiment.ts';
import type { Distribution } from '../sim/agent/distribution.ts';
import { homeOf } from '../sim/scenario/scenario.ts';
import type { CatalogueEntry } from '../sim/catalogue.ts';
import { plugInCatalogue } from '../sim/catalogue.ts';
import type { KindEntry } from './catalogue.ts';
import { listAgents } from './catalogue.ts';

type Described = Omit<MarketExperiment, 'model'>;
type Policy = Described['policies'][string][number]['policy'];

export function oddOf(experiment: Described): string {
  const { question, groups, inputs } = experiment;
  const used = new Set(groups.map(({ kind }) => kind));
  const kinds = listAgents().filter(({ name }) => used.has(name));
  const sections: readonly (readonly [string, string])[] = [
    [
      'Purpose and patterns',
      `${question} Which real patterns its market shows: \`unwind facts\` of the same file.`,
    ],
    ['Entities, state variables and scales', entities(experiment, kinds)],
    ['Process overview and scheduling', process(experiment)],
    ['Design concepts', concepts(experiment, kinds)],
    ['Initialization', list(groups.map((group) => initial(experiment, kinds, group)))],
    ['Input data', list(inputs.map(({ file, sha256 }) => `${file}, SHA-256 ${sha256}`))],
    ['Submodels', submodels(experiment, kinds)],
  ];
  return [`# ${experiment.name}`, ...sections.map(([title, text]) => `## ${title}\n\n${text}`)].join('\n\n');
}

const list = (items: readonly string[]): string => items.map((item) => `* ${item}`).join('\n');

/** ` at A`, where there are several venues. */
function atVenue({ venues }: Described, ...at: readonly number[]): string {
  return venues.length === 1 ? '' : ` at ${at.map((v) => venues[v]!.name).join(', ')}`;
}

function entities(experiment: Described, kinds: readonly KindEntry[]): string {
  const { venues, money, until_us } = experiment;
  const instruments = venues.flatMap((venue, v) =>
    venue.instruments.map((one) => ({ ...one, name: `${one.name}${atVenue(experiment, v)}` })),
  );
  const assets = venues.flatMap((venue, v) =>
    venue.assets.map(({ name, lot }) => ({ name: `${name}${atVenue(experiment, v)}`, lot })),
  );
  const separate =
    venues.length === 1 ? '' : ' A trader has the same account number at all venues where it is registered.';
  return list([
    ...instruments.map(
      ({ name, lot, tick, base, contract }) =>
        `Instrument ${name}${contract.kind === 'linear' ? '' : ` (${contract.kind})`}: order book with price-time priority, mark, and index (price on other venues); tick ${tick} ${money}, ` +
        `lot ${lot} ${base}.`,
    ),
    `Account: money in ${money}, lots in each instrument, reserve elsewhere, stage on the call ladder.${separate}`,
    ...assets.map(({ name, lot }) => `Collateral asset ${name}: lot ${lot}.`),
    ...kinds.map(
      ({ name, state }) =>
        `Trader ${name}: an account${state.length > 0 ? `, and remembers ${state.join(', ')}` : ''}.`,
    ),
    `Time: whole microseconds; a run is ${shortDuration(until_us)}.`,
  ]);
}

function process(experiment: Described): string {
  const delays = experiment.venues.map(({ latency }, v) => {
    const each = Object.entries(latency).map(
      ([what, us]) => `${what.replace(/_us$/, '').replaceAll('_', ' ')} ${shortDuration(us as number)}`,
    );
    return `Delays${atVenue(experiment, v)}: ${each.join(', ')}.`;
  });
  return (
    'One event at a time, by time and then by sequence: an agent wakes, its orders meet the book, fills change the ' +
    'ledger, the mark follows, accounts whose trigger it crosses are called and go down the ladder, and what all that ' +
    `makes are further events. ${delays.join(' ')}`
  );
}

function concepts(
  { seed, runs, policies, shocks, systemic, counterfactuals }: Described,
  kinds: readonly KindEntry[],
): string {
  const margined = kinds.filter(({ about }) => about.includes('margin requirements')).map(({ name }) => name);
  return list([
    'Emergence: prices, depth, cascades and recoveries. Nothing tells an account that others are liquidated but the price.',
    'Interaction: through the book and the mark alone.',
    ...(margined.length > 0 ? [`Meet margin, and can be liquidated: ${margined.join(', ')}.`] : []),
    `Stochasticity: a stream for each agent and purpose, from ${seed}/RUN; ${runs} runs of each cell.`,
    `Compared on the same luck: ${Object.keys(policies).join(', ')}.`,
    `Done from outside: ${shocks.map(({ title }) => title).join('; ')}.`,
    `Observation: a cascade is counted where ${systemic.text}; each run has a twin from the shock on, in which nobody is liquidated` +
      `${counterfactuals.length > 0 ? `, and ${counterfactuals.length} other forks` : ''}.`,
  ]);
}

/** A group with all its parameters in force, in the units of the file. */
function initial(
  experiment: Described,
  kinds: readonly KindEntry[],
  group: Described['groups'][number],
): string {
  const settings = kinds.find(({ name }) => name === group.kind)?.settings ?? [];
  const told = settings.map(({ name, unit }) => {
    const law = group.params[name];
    return `${name} ${law === undefined ? 'as declared' : lawText(law, unit, experiment, group)}`;
  });
  const scaled =
    group.totalSize === undefined ? '' : `, sizes scaled to ${shortNumber(group.totalSize)} lots together`;
  const at = group.venues === undefined ? '' : atVenue(experiment, ...group.venues);
  return `${group.count} ${group.name} (${group.kind})${at}${scaled}: ${told.join('; ')}.`;
}

function lawText(
  law: Distribution,
  unit: string | undefined,
  experiment: Described,
  group: Described['groups'][number],
): string {
  const say = (value: number): string => valueText(value, unit, experiment, group);
  const ends = [
    law.min === undefined ? '' : ` from ${say(law.min)}`,
    law.max === undefined ? '' : ` to ${say(law.max)}`,
  ];
  return `${shapeText(law, say)}${ends.join('')}`;
}

function shapeText(law: Distribution, say: (value: number) => string): string {
  switch (law.kind) {
    case 'constant':
      return say(law.value);
    case 'uniform':
      return `uniform ${say(law.low)} … ${say(law.high)}`;
    case 'normal':
      return `normal, mean ${say(law.mean)}, sd ${say(law.sd)}`;
    case 'lognormal':
      return `lognormal, mean of log ${shortNumber(law.mu)}, sd of log ${shortNumber(law.sigma)}`;
    case 'exponential':
      return `exponential, mean ${say(law.mean)}`;
    case 'pareto':
      return `Pareto, least ${say(law.least)}, exponent ${shortNumber(law.alpha)}`;
    case 'choice':
      return `one of ${law.values.map(say).join(', ')}`;
  }
}

function valueText(
  value: number,
  unit: string | undefined,
  experiment: Described,
  group: Described['groups'][number],
): string {
  const { lot, base } = experiment.venues[homeOf(group)]!.instruments[group.instrument]!;
  switch (unit) {
    case 'duration':
      return shortDuration(value);
    case 'share':
    case 'change':
      return percent(value);
    case 'money':
      return `${shortNumber(value / experiment.quantaPerUnit)} ${experiment.money}`;
    case 'size':
      return `${shortNumber(value * Number(lot))} ${base}`;
    default:
      return shortNumber(value);
  }
}

function submodels(experiment: Described, kinds: readonly KindEntry[]): string {
  const traders = kinds.map(
    ({ name, about, source }) => `${name}: ${about}${source === undefined ? '' : ` Source: ${source}`}`,
  );
  const policies = Object.entries(experiment.policies).flatMap(([name, rules]) =>
    rules.map(({ policy }, v) => policyText(`${name}${atVenue(experiment, v)}`, policy)),
  );
  return list([...traders, ...policies]);
}

function policyText(name: string, policy: Policy): string {
  const { wrappers = [], rule } = policy.margin as unknown as {
    rule: string;
    wrappers?: readonly { wrapper: string }[];
  };
  const layers = policy.waterfall as unknown as readonly { layer: string }[];
  const parts = [
    aboutOf('Margin rules', rule),
    ...wrappers.map(({ wrapper }) => aboutOf('Margin wrappers', wrapper)),
    ...ladderOf(policy).map((entry) => aboutOf('Rungs', String(entry['rung']))),
    ...layers.map(({ layer }) => aboutOf('Layers', layer)),
  ];
  return `Policy ${name}: ${parts.join(' ')}`;
}

function aboutOf(section: string, name: string): string {
  const entries: readonly CatalogueEntry[] =
    plugInCatalogue().find(({ title }) => title.startsWith(section))?.entries ?? [];
  return `${name}: ${entries.find((entry) => entry.name === name)?.about ?? ''}`;
}
