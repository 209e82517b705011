/** Runs one batch and writes its parts: what a worker does. Independent of everything but its arguments. */
import type { Experiment } from '../../models/experiment.ts';
import { modelOf } from '../../models/index.ts';
import type { Part } from '../store/parts.ts';
import { writePart } from '../store/parts.ts';
import type { Batch } from '../plan/plan.ts';
import type { Failure } from './runs.ts';
import { makeRuns } from './runs.ts';
import type { RunWatch } from './watch.ts';

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

/** The task of a worker: batches of one experiment. Throws where parts cannot be written. */
export function batchTask({ experiment, folder, audited }: BatchInput) {
  return async (batch: Batch, watch: RunWatch): Promise<BatchResult> => {
    const model = modelOf(experiment);
    const inBatch = audited.some((n) => n >= batch.first && n < batch.first + batch.count);
    const tables = [...model.tables, ...(inBatch ? (model.auditTables ?? []) : [])];
    const { rows, failures } = await makeRuns(experiment, batch, tables, { audited, watch });
    const parts = tables.map((table, i) => writePart(folder, table, batch.index, rows[i]!));
    return { parts, failures };
  };
}
