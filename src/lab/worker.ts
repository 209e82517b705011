/** Entry of a worker thread: a shim, so that everything it does can be called and tested without one. */
import { workerData } from 'node:worker_threads';
import type { BatchResult } from './batch.ts';
import { runBatch } from './batch.ts';
import { inlineMore } from './engine-flags.ts';
import type { Experiment } from './experiment/index.ts';
import type { Batch } from './plan.ts';

inlineMore();
const { experiment, folder, audited } = workerData as WorkerInput;

export interface WorkerInput {
  readonly experiment: Experiment;
  readonly folder: string;
  /** Runs that also write their audit journal. */
  readonly audited: readonly number[];
}

export default function work(batch: Batch): BatchResult {
  return runBatch(experiment, batch, folder, audited);
}
