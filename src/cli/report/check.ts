/** What an experiment is, before it is run. */
import pc from 'picocolors';
import type { Experiment } from '../../models/experiment.ts';
import { shortDuration } from '../../models/experiment.ts';
import { modelOf } from '../../models/index.ts';
import { shellCommand } from '../../lab/store/shell-command.ts';
import { minus } from '../../report/words/numbers.ts';
import { definitions, wrapped } from './text.ts';
import { widthOf } from './width.ts';

export interface ExperimentFacts {
  readonly file: string;
  readonly question: string;
  readonly model: string;
  readonly seed: string;
  /** Of each cell; the most of them where there is a stop. */
  readonly runs: number;
  readonly cells: readonly Readonly<Record<string, string>>[];
  readonly market?: {
    readonly instruments: readonly string[];
    /** Of which kind each is; left out where all are linear. */
    readonly contracts?: readonly string[];
    /** Names, where there are several. */
    readonly venues?: readonly string[];
    readonly until_s: number;
    readonly accounts: number;
    readonly groups: readonly {
      readonly name: string;
      readonly kind: string;
      readonly count: number;
      readonly venues?: readonly string[];
    }[];
    readonly policies: readonly string[];
    readonly shocks: readonly string[];
  };
  /** Files that it was read from, with their SHA-256. */
  readonly inputs: Experiment['inputs'];
  readonly warnings: readonly string[];
}

export function experimentFacts(experiment: Experiment): ExperimentFacts {
  const { file, question, model, seed, runs, inputs, warnings } = experiment;
  const cells = modelOf(experiment)
    .cells(experiment)
    .map(({ labels }) => labels);
  return { file, question, model, seed, runs, cells, ...marketFacts(experiment), inputs, warnings };
}

type Market = NonNullable<ExperimentFacts['market']>;

function marketFacts(experiment: Experiment): Pick<ExperimentFacts, 'market'> {
  if (experiment.model !== 'market' && experiment.model !== 'rare_market') return {};
  const { venues, until_us, groups, policies, shocks } = experiment;
  const listed = venues.flatMap(({ instruments }) => instruments);
  const names = listed.map(({ name }) => name);
  return {
    market: {
      instruments: [...new Set(names)],
      ...(listed.some(({ contract }) => contract.kind !== 'linear') && {
        contracts: [...new Set(names)].map((name) => listed.find((one) => one.name === name)!.contract.kind),
      }),
      ...(venues.length === 1 ? {} : { venues: venues.map(({ name }) => name) }),
      until_s: until_us / 1e6,
      accounts: groups.reduce((sum, { count }) => sum + count, 0),
      groups: groups.map(({ name, kind, count, venues: at }) => ({
        name,
        kind,
        count,
        ...(at === undefined ? {} : { venues: at.map((v) => venues[v]!.name) }),
      })),
      policies: Object.keys(policies),
      shocks: shocks.map(({ title }) => title),
    },
  };
}

function instrumentsText({ instruments, contracts }: Pick<Market, 'instruments' | 'contracts'>): string {
  return instruments
    .map((name, i) => (contracts === undefined ? name : `${name} (${contracts[i]!})`))
    .join(', ');
}

function venuesText(venues: readonly string[] | undefined): string {
  return venues === undefined ? '' : ` at ${venues.join(', ')}`;
}

export function factsReport(facts: ExperimentFacts): string {
  const { question, model, seed, runs, cells, market, inputs, warnings, file } = facts;
  const count = (n: number): string => n.toLocaleString('en-US');
  const of = cells.length === 1 ? '' : ` of each of ${cells.length} cells: ${count(runs * cells.length)}`;
  const entries: (readonly [string, string])[] = [
    ['model', model],
    ['runs', `${count(runs)}${of}`],
    ['seed', seed],
  ];
  if (market !== undefined) {
    const groups = market.groups.map(
      (group) => `${count(group.count)} ${group.name}${venuesText(group.venues)}`,
    );
    entries.push(
      [
        'market',
        `${instrumentsText(market)}${venuesText(market.venues)}, for ${shortDuration(market.until_s * 1e6)}`,
      ],
      ['accounts', `${count(market.accounts)}: ${groups.join(', ')}`],
      ['policies', market.policies.join(', ')],
      ['shocks', minus(market.shocks.join('; '))],
    );
  }
  for (const { file: input, read_as } of inputs)
    entries.push([input === file ? 'file' : 'data', read_as === undefined ? input : `${input}: ${read_as}`]);
  for (const warning of warnings) entries.push(['warning', warning]);
  const width = widthOf(process.stdout);
  return [
    pc.bold(wrapped(question, width)),
    definitions(entries, width),
    `Nothing is wrong with it; next:\n  ${shellCommand('run', file)}`,
  ].join('\n');
}
