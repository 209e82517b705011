/** What a page needs to play the runs of a results folder, or of an experiment that has not been run. */
import { ConfigError } from '../core/errors.ts';
import type { Experiment, MarketExperiment } from '../models/experiment.ts';
import { shockTitle } from '../models/market/shock-title.ts';
import { LADDERS } from '../replay/ladders.ts';
import { OUTCOME_COLUMNS } from '../replay/outcome-columns.ts';
import type { PageData } from '../replay/page-data.ts';
import { toText } from '../replay/wire.ts';
import type { Manifest } from './store/manifest.ts';
import { readRecordedExperiment } from './store/recorded.ts';
import { readTable } from './store/parts.ts';
import { pageChanges } from './page-changes.ts';

/** Recorded rows that a page carries, at most. */
const MOST_RECORDED = 20_000;

export interface PageOrder {
  readonly kind: PageData['kind'];
  readonly run: number;
  /** Name; the first if left out. */
  readonly policy?: string | undefined;
  /** Number or title of the variant; the first if left out. */
  readonly shock?: string | undefined;
  readonly command: string;
  readonly unwind: string;
}

/** Of a finished run. Throws ConfigError where the folder has no such run, or its files have changed; OutputError where a part is damaged. */
export async function pageOfFolder(folder: string, manifest: Manifest, order: PageOrder): Promise<PageData> {
  const experiment = marketOf(readRecordedExperiment(folder, manifest), folder);
  const data = pageOfExperiment(experiment, order);
  return { ...data, folder, recorded: await recordedRuns(folder, manifest, experiment, data) };
}

/** Of an experiment, made or not. Throws ConfigError where it has no such run. */
export function pageOfExperiment(experiment: MarketExperiment, order: PageOrder): PageData {
  if (experiment.plugIns !== undefined)
    throw new ConfigError(
      ['plugins'],
      'a page makes runs with what comes with unwind alone; it holds no plug-ins',
    );
  const { policies, venues, seed, runs, question, name, money } = experiment;
  const start = placeOf(experiment, order);
  return {
    title: `${name} · unwind`,
    question,
    kind: order.kind,
    experiment: toText(played(experiment)),
    money,
    books: venues.flatMap((venue, v) =>
      venue.instruments.map(({ name: traded, tick, lot, base }, instrument) => {
        const label = venue.name === '' ? traded : `${venue.name}: ${traded}`;
        return { label, venue: v, instrument, tick, lot, base };
      }),
    ),
    policies: Object.keys(policies),
    shocks: titlesOf(experiment),
    ladders: LADDERS,
    changes: pageChanges(experiment),
    runs,
    seed,
    start,
    recorded: [],
    folder: '',
    command: order.command,
    unwind: order.unwind,
  };
}

/** Which run is meant. Throws ConfigError where the experiment has no such run. */
export function placeOf(
  experiment: MarketExperiment,
  { policy: name, shock: title, run }: Pick<PageOrder, 'policy' | 'shock' | 'run'>,
): PageData['start'] {
  const names = Object.keys(experiment.policies);
  const policy = name ?? names[0]!;
  if (!names.includes(policy)) throw new ConfigError([], `--policy ${policy}: there are ${names.join(', ')}`);
  const titles = titlesOf(experiment);
  const shock = title === undefined ? 0 : titles.findIndex((one, i) => one === title || String(i) === title);
  if (shock < 0) {
    const all = titles.map((one, i) => `${i} (${one})`);
    throw new ConfigError([], `--shock ${title!}: there are ${all.join(', ')}`);
  }
  if (run >= experiment.runs)
    throw new ConfigError([], `--run ${run}: there are runs 0 to ${experiment.runs - 1}`);
  return { policy, shock, run };
}

function titlesOf(experiment: MarketExperiment): string[] {
  const policy = Object.keys(experiment.policies)[0]!;
  return experiment.shocks.map((_, shock) => shockTitle(experiment, { policy, shock, label: '' }));
}

/** The experiment without what a replay does not use: texts of files, other questions asked of it. */
function played(experiment: MarketExperiment): MarketExperiment {
  const bare: Record<string, unknown> = { ...experiment };
  for (const name of [
    'source',
    'contents',
    'inputs',
    'file',
    'dataRoots',
    'tune',
    'sensitivity',
    'lac',
    'facts',
    'calibrate',
    'markets',
  ]) {
    bare[name] = undefined;
  }
  return { ...(bare as unknown as MarketExperiment), counterfactuals: [] };
}

/** Throws ConfigError where the folder is not of a simulated market. */
export function marketOf(experiment: Experiment, folder: string): MarketExperiment {
  if (experiment.model === 'market') return experiment;
  throw new ConfigError([], `${folder}: only runs of a simulated market can be played`);
}

async function recordedRuns(
  folder: string,
  manifest: Manifest,
  experiment: MarketExperiment,
  { policies, shocks }: PageData,
): Promise<number[][]> {
  const rows: number[][] = [];
  for (const part of manifest.parts) {
    if (part.table !== 'runs') continue;
    for (const row of await readTable(folder, part)) {
      if (rows.length === MOST_RECORDED) return rows;
      const numbers = [
        policies.indexOf(String(row['policy'])),
        shocks.indexOf(String(row['shock'])),
        Number(row['run']),
      ];
      rows.push([...numbers, ...OUTCOME_COLUMNS.map((name) => Number(row[name]))]);
    }
  }
  return experiment.shocks.length > 0 ? rows : [];
}
