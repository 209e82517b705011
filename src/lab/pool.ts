/** Runs a plan over worker threads. Results come back in the order of the plan, whoever is done first. */
import { Piscina } from 'piscina';
import type { BatchResult } from './batch.ts';
import type { Batch } from './plan.ts';
import type { WorkerInput } from './worker.ts';

/** Called as batches end, in any order. */
export type OnBatch = (result: BatchResult) => void;

/** Stops at the first failed batch: the results then hold it, and some are missing. */
export async function runPool(
  input: WorkerInput,
  batches: readonly Batch[],
  workers: number,
  onBatch: OnBatch,
): Promise<(BatchResult | undefined)[]> {
  const pool = new Piscina({
    filename: import.meta.resolve('#sim-worker'),
    minThreads: workers,
    maxThreads: workers,
    workerData: input,
  });
  const results: (BatchResult | undefined)[] = new Array<undefined>(batches.length).fill(undefined);
  let next = 0;
  let failed = false;
  // Each feeder hands out the next batch when its last one is done; one more than the workers keeps them all fed.
  const feed = async (): Promise<void> => {
    while (!failed && next < batches.length) {
      const batch = batches[next++]!;
      const result = (await pool.run(batch)) as BatchResult;
      results[batch.index] = result;
      if (!result.ok) failed = true;
      onBatch(result);
    }
  };
  try {
    await Promise.all(Array.from({ length: workers + 1 }, feed));
  } finally {
    await pool.destroy();
  }
  return results;
}
