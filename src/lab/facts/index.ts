/** `unwind facts`: a market is simulated without a shock and judged by what is known of real ones. */
import type { MarketExperiment } from '../experiment/index.ts';
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
