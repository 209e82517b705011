/**
 * One recorded run forked by hand, in a worker: the run is made again from its seed and must be what the folder says; then it
 * is made up to a moment, something is changed, and it goes on.
 */
import { ConfigError } from '../core/errors.ts';
import type { Change } from '../sim/forks/changes/change.ts';
import type { MarketCell, MarketExperiment } from '../models/experiment.ts';
import { cells, compileChange, rulesOf } from '../models/experiment.ts';
import { forkByHand } from '../models/market/fork-by-hand.ts';
import { joinedChange } from '../models/market/forks.ts';
import { shockTitle } from '../models/market/shock-title.ts';
import { ownColumns } from '../models/market/tables/index.ts';
import { columnPrefix } from '../models/market/venue-columns.ts';
import type { ColumnInfo } from '../models/model.ts';
import { readRecordedExperiment, readRow } from './store/recorded.ts';
import { replayedRun, requireAsRecorded, runColumns } from './recorded-run.ts';
import { requireManifest } from './store/finished.ts';
import { neededRun } from './work/watched.ts';
import type { RunWatch } from './work/watch.ts';

/** A column that counts the run's twin in, which a fork does not have. */
const WITH_TWIN = 'events';

export interface ForkOrder {
  readonly folder: string;
  readonly run: number;
  readonly at_us: number;
  /** Name; the first if left out. */
  readonly policy?: string | undefined;
  /** Number or title of the variant; the first if left out. */
  readonly shock?: string | undefined;
  /** As in `counterfactuals`. */
  readonly changes: readonly Readonly<Record<string, unknown>>[];
  /** Changes to the experiment from the moment on, path=value. */
  readonly sets: readonly string[];
}

export interface ForkResult {
  readonly experiment: MarketExperiment;
  readonly policy: string;
  readonly shock: string;
  /** What was changed, in words. */
  readonly change: string;
  /** Columns of the table `runs` that a fork has, too. */
  readonly columns: readonly ColumnInfo[];
  readonly base: Readonly<Record<string, number>>;
  readonly fork: Readonly<Record<string, number>>;
  /** Hash of the fork's world at its end: what a page that makes the same fork shows. */
  readonly hash: string;
}

/** As plain data; `message`: what is wrong with the order. */
export type ForkAnswer =
  { readonly ok: true; readonly result: ForkResult } | { readonly ok: false; readonly message: string };

/** The task of a worker: forks. */
export function forkTask() {
  return async (order: ForkOrder, watch: RunWatch): Promise<ForkAnswer> => {
    try {
      return { ok: true, result: await forkRecorded(order, watch) };
    } catch (error) {
      if (error instanceof ConfigError) return { ok: false, message: error.describe() };
      throw error;
    }
  };
}

/** Throws ConfigError where something is wrong with the order, or the run does not come out as recorded; LostRun. */
async function forkRecorded(order: ForkOrder, watch: RunWatch): Promise<ForkResult> {
  const { folder, run, at_us } = order;
  const manifest = requireManifest(folder);
  const experiment = marketOf(readRecordedExperiment(folder, manifest), folder);
  if (run >= manifest.runs)
    throw new ConfigError([], `--run ${run}: ${folder} has runs 0 to ${manifest.runs - 1}`);
  if (at_us >= experiment.until_us) throw new ConfigError([], '--at: the run is over by then');
  const cell = cellOf(experiment, order);
  const shock = shockTitle(experiment, cell);
  const recorded = await readRow(folder, manifest, { policy: cell.policy, shock, run });
  const base = await neededRun(watch, run, () => replayedRun(experiment, cell, run));
  requireAsRecorded(folder, manifest, run, recorded, base);
  const other =
    order.sets.length === 0
      ? experiment
      : marketOf(readRecordedExperiment(folder, manifest, order.sets), folder);
  const change = changeOf(experiment, other, cell, order);
  const data = { ...experiment.data, ...other.data };
  const fork = await neededRun(watch, run, () =>
    forkByHand({ ...experiment, data }, cell, run, at_us, change),
  );
  const found = new Map(
    fork.flatMap((one, v) =>
      ownColumns(experiment)
        .filter((name) => one.has(name) && name !== WITH_TWIN)
        .map((name) => [`${columnPrefix(experiment, v)}${name}`, one.get(name)] as const),
    ),
  );
  const columns = runColumns(experiment).filter(({ name }) => found.has(name));
  return {
    experiment,
    policy: cell.policy,
    shock,
    change: change.title,
    columns,
    base: Object.fromEntries(columns.map(({ name }) => [name, base[name]!])),
    fork: Object.fromEntries(columns.map(({ name }) => [name, found.get(name)!])),
    hash: fork[0]!.simulation.hash(),
  };
}

/** Without what the lab makes beside the run: the run is the same. */
function marketOf(experiment: ReturnType<typeof readRecordedExperiment>, folder: string): MarketExperiment {
  if (experiment.model === 'market') return { ...experiment, counterfactuals: [], lac: undefined };
  throw new ConfigError([], `${folder}: only runs of a simulated market can be forked`);
}

function cellOf(experiment: MarketExperiment, { policy, shock }: ForkOrder): MarketCell {
  const { policies, shocks } = experiment;
  if (policy !== undefined && !(policy in policies)) {
    throw new ConfigError([], `--policy ${policy}: there are ${Object.keys(policies).join(', ')}`);
  }
  const variant =
    shock === undefined ? 0 : shocks.findIndex(({ title }, i) => shock === title || shock === String(i));
  if (variant < 0) {
    const all = shocks.map(({ title }, i) => `${i} (${title})`);
    throw new ConfigError([], `--shock ${shock!}: there are ${all.join(', ')}`);
  }
  const name = policy ?? Object.keys(policies)[0]!;
  return cells(experiment).find((cell) => cell.policy === name && cell.shock === variant)!;
}

/** All that is ordered as one change: the rules of the settings, then the changes in their order. */
function changeOf(
  experiment: MarketExperiment,
  other: MarketExperiment,
  cell: MarketCell,
  order: ForkOrder,
): Change {
  const parts = order.changes.map((written) => compileChange(experiment, written));
  if (order.sets.length > 0) {
    if (world(other) !== world(experiment)) {
      const what =
        'a fork can change policies and latencies; everything else is as the run has begun with it';
      throw new ConfigError([], `--set ${order.sets.join(' --set ')}: ${what}`);
    }
    const rules = rulesOf(other, cell.policy);
    parts.unshift({ title: order.sets.join(', '), rules: () => rules });
  }
  return joinedChange(parts);
}

/** What a world is made of beside the rules, as a text. */
function world({
  until_us,
  money,
  quantaPerUnit,
  venues,
  groups,
  shocks,
  systemic,
}: MarketExperiment): string {
  const bare = venues.map(({ name, instruments, assets }) => [
    name,
    instruments.map(({ trading: _, ...rest }) => rest),
    assets,
  ]);
  return JSON.stringify([until_us, money, quantaPerUnit, bare, groups, shocks, systemic]);
}
