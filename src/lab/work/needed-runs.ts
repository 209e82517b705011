/** All runs of an experiment on worker threads, for commands that cannot do without any of them. */
import type { Experiment } from '../../models/experiment.ts';
import type { PoolOptions } from './pool.ts';
import { SimPool } from './pool.ts';

export interface NeededRunsOptions extends Pick<PoolOptions, 'limits' | 'signal' | 'workers'> {
  /** Told of the runs that are done. */
  readonly onProgress: (done: number, lost: number, total: number) => void;
}

/** What the runs gave, in their order. Throws LostRun: a run that is left out may be the worst of all. */
export async function neededRuns<T>(
  task: PoolOptions['task'],
  experiment: Experiment,
  { onProgress, workers, limits, signal }: NeededRunsOptions,
): Promise<T[]> {
  const pool = new SimPool<number, T>({ task, input: experiment, workers, limits, signal });
  let done = 0;
  onProgress(done, 0, experiment.runs);
  try {
    const runs = Array.from({ length: experiment.runs }, async (_, run) => {
      const made = await pool.run(run);
      onProgress(++done, 0, experiment.runs);
      return made;
    });
    return await Promise.all(runs);
  } finally {
    await pool.close();
  }
}
