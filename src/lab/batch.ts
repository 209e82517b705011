/** Runs one batch and writes its parts: what a worker does. Independent of everything but its arguments. */
import type { Experiment } from './experiment/index.ts';
import { modelOf } from './models/index.ts';
import type { Part } from './parts.ts';
import { writePart } from './parts.ts';
import type { Batch } from './plan.ts';
import type { Failure } from './runs.ts';
import { makeRuns } from './runs.ts';

/** What the workers of an experiment are given. */
export interface BatchInput {
  readonly experiment: Experiment;
  readonly folder: string;
  /** Numbers of the runs that also write their audit journal. */
  readonly audited: readonly number[];
}

/** What goes back to the main process: little, as there may be many. */
export interface BatchResult {
  readonly parts: readonly Part[];
  readonly failures: readonly Failure[];
}

/** The task of a worker: batches of one experiment. */
export function batchTask({ experiment, folder, audited }: BatchInput): (batch: Batch) => BatchResult {
  const main = process.ppid;
  return (batch) =>
    runBatch(experiment, batch, folder, audited, () => {
      if (process.ppid !== main) process.exit(); // nobody waits for the result any more
    });
}

/** Throws where parts cannot be written. `check` is called before each run, and before anything is written. */
function runBatch(
  experiment: Experiment,
  batch: Batch,
  folder: string,
  audited: readonly number[],
  check: () => void,
): BatchResult {
  const model = modelOf(experiment);
  const inBatch = audited.some((n) => n >= batch.first && n < batch.first + batch.count);
  const tables = [...model.tables, ...(inBatch ? (model.auditTables ?? []) : [])];
  const { rows, failures } = makeRuns(experiment, batch, tables, { audited, check });
  check();
  const parts = tables.map((table, i) => writePart(folder, table, batch.index, rows[i]!));
  return { parts, failures };
}
