/** `unwind facts`: a market is simulated without a shock and judged by what is known of real ones. */
import type { MarketExperiment } from '../experiment/index.ts';
import type { PoolOptions } from '../workers/pool.ts';
import { SimPool } from '../workers/pool.ts';
import type { JudgedFact } from './judge.ts';
import { judge } from './judge.ts';
import type { Observed } from './observe.ts';
import { STRETCH_S, stretchesOf, WARM_UP_S } from './task.ts';

export interface Scorecard {
  readonly seed: string;
  readonly runs: number;
  /** Simulated time that is judged in each run, and before it, seconds. */
  readonly judged_s: number;
  readonly warm_up_s: number;
  readonly facts: readonly JudgedFact[];
  /** Facts that hold, and runs in which at most one fact is refuted. */
  readonly held: number;
  readonly quiet_runs: number;
}

export interface FactsOptions extends Pick<PoolOptions, 'limits' | 'signal' | 'workers'> {
  /** Told of the runs that are done. */
  readonly onProgress: (done: number) => void;
}

/** All runs of an experiment, judged. Throws LostRun: a run that is left out may be the worst of all. */
export async function factsOf(
  experiment: MarketExperiment,
  { onProgress, ...options }: FactsOptions,
): Promise<Scorecard> {
  const pool = new SimPool<number, Observed>({ ...options, task: 'facts', input: experiment });
  let done = 0;
  onProgress(done);
  try {
    const runs = Array.from({ length: experiment.runs }, async (_, run) => {
      const observed = await pool.run(run);
      onProgress(++done);
      return observed;
    });
    return scorecard(experiment, await Promise.all(runs));
  } finally {
    await pool.close();
  }
}

export function scorecard(experiment: MarketExperiment, runs: readonly Observed[]): Scorecard {
  const judged = judge(runs, `${experiment.seed}/facts`);
  const refuted = runs.map((_, i) => judged.filter((fact) => fact.refuted.includes(i)).length);
  return {
    seed: experiment.seed,
    runs: runs.length,
    judged_s: stretchesOf(experiment) * STRETCH_S,
    warm_up_s: WARM_UP_S,
    facts: judged,
    held: judged.filter(({ holds }) => holds).length,
    quiet_runs: refuted.filter((count) => count <= 1).length,
  };
}
