/** Makes the runs of an experiment on worker threads, and gives what they recorded. */
import type { BatchInput, BatchResult } from './batch.ts';
import { Campaign } from './campaign.ts';
import { lazyColumns } from '../store/columns.ts';
import type { Experiment } from '../../models/experiment.ts';
import type { Lost } from '../store/failed-run.ts';
import { modelOf } from '../../models/index.ts';
import type { RunColumns } from '../../models/model.ts';
import type { Part } from '../store/parts.ts';
import type { Batch, OnlyRun } from '../plan/plan.ts';
import { planOf } from '../plan/plan.ts';
import type { Failure } from './runs.ts';
import type { Stop } from '../plan/plan.ts';
import { isNarrow } from './stopping.ts';
import type { BatchRecord } from '../store/journal.ts';
import { runPool } from './feed.ts';
import type { PoolOptions } from './pool.ts';

export interface ExecuteOptions extends Pick<PoolOptions, 'limits' | 'signal' | 'onLost' | 'onThreads'> {
  /** Numbers of the runs that also write their audit journal. */
  readonly audited?: readonly number[];
  readonly only?: OnlyRun | undefined;
  /** Batches that are done already, and where the experiment ended if it did. */
  readonly records?: readonly BatchRecord[] | undefined;
  readonly stop?: Stop | undefined;
  /** Told of each batch when its parts are on the disk. */
  readonly onRecord?: (record: BatchRecord, failures: readonly Failure[]) => void;
}

export interface Execution {
  /** In the order of the plan. */
  readonly parts: readonly Part[];
  /** Runs that failed, in the order of the plan: they have no rows. */
  readonly lost: readonly Lost[];
  /** The runs of each cell, in order; columns are read from the parts as they are asked for. */
  readonly columns: readonly RunColumns[];
  /** Runs of each cell that were made, lost ones included. */
  readonly runs: number;
  readonly stop: Stop;
  /** At work, over all processes. */
  readonly seconds: number;
}

/** Told of the runs of all cells that are done, how many of these are lost, and how many there may be; also at the start. */
export type OnProgress = (done: number, lost: number, total: number) => void;

/**
 * Runs all batches, which write their parts to `folder`. A run that fails is left out and told of; throws Stopped at the
 * signal, and what the system says where parts cannot be written.
 */
export async function execute(
  experiment: Experiment,
  folder: string,
  workers: number,
  onProgress: OnProgress,
  options: ExecuteOptions = {},
): Promise<Execution> {
  const { audited = [], only, records, stop, onRecord, limits, signal, onLost, onThreads } = options;
  const plan = planOf(experiment, only);
  const columnsOf = (done: readonly BatchRecord[]) => cellColumns(experiment, folder, plan, done);
  const began = performance.now();
  const counter = new Counter(plan);
  const report = (): void => onProgress(counter.done, counter.lost, counter.total);
  const campaign = new Campaign({
    plan,
    pasts: modelOf(experiment).pasts?.(experiment),
    records,
    stop,
    budget_s: experiment.stop?.time === undefined ? undefined : experiment.stop.time / 1e6,
    isEnough: (done) => isNarrow(experiment, columnsOf(done), lostOf(experiment, done)),
    clock: () => (performance.now() - began) / 1000,
    onRecord(record, failures) {
      onRecord?.(record, failures);
      counter.add(record);
      report();
    },
  });
  records?.forEach((record) => counter.add(record));
  report();
  const input: BatchInput = { experiment, folder, audited };
  const pool: PoolOptions = {
    ...{ task: 'batch', input, workers, limits, signal, onLost, onThreads },
    repeats: only === undefined,
  };
  await runPool<Batch, BatchResult>(pool, campaign);
  const done = campaign.records;
  return {
    parts: done.flatMap(({ parts }) => parts),
    lost: done.flatMap(({ lost }) => lost),
    columns: columnsOf(done),
    runs: runsPerCell(plan, campaign.stop!),
    stop: campaign.stop!,
    seconds: campaign.seconds,
  };
}

function cellColumns(
  experiment: Experiment,
  folder: string,
  plan: readonly Batch[],
  records: readonly BatchRecord[],
): RunColumns[] {
  const model = modelOf(experiment);
  const cells: Part[][] = model.cells(experiment).map(() => []);
  for (const { batch, parts } of records) cells[plan[batch]!.cell]!.push(...parts);
  return lazyColumns(folder, model, cells);
}

/** Runs of each cell that failed. */
function lostOf(experiment: Experiment, records: readonly BatchRecord[]): number[] {
  const lost = modelOf(experiment)
    .cells(experiment)
    .map(() => 0);
  for (const record of records) for (const { cell } of record.lost) lost[cell]!++;
  return lost;
}

function runsPerCell(plan: readonly Batch[], { rounds }: Stop): number {
  const [first] = plan;
  return plan
    .filter(({ cell, round }) => cell === first?.cell && round < rounds)
    .reduce((sum, { count }) => sum + count, 0);
}

class Counter {
  done = 0;
  lost = 0;
  readonly total: number;
  readonly #plan: readonly Batch[];

  constructor(plan: readonly Batch[]) {
    this.#plan = plan;
    this.total = plan.reduce((sum, { count }) => sum + count, 0);
  }

  add({ batch, lost }: BatchRecord): void {
    this.done += this.#plan[batch]!.count;
    this.lost += lost.length;
  }
}
