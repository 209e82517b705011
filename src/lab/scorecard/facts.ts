/** `unwind facts`: a market is simulated without a shock and judged by what is known of real ones. */
import type { MarketExperiment } from '../../models/experiment.ts';
import type { JudgedFact } from '../../scorecard/facts/judge.ts';
import { judge, unjudgedFacts } from '../../scorecard/facts/judge.ts';
import type { Observed } from '../../scorecard/facts/observe.ts';
import { judgedVenue, STRETCH_S, stretchesOf, WARM_UP_S } from './facts-task.ts';

export interface Scorecard {
  readonly seed: string;
  /** Of a market with several: the one that is judged, its first. */
  readonly venue?: string;
  readonly runs: number;
  /** Simulated time that is judged in each run, and before it, seconds. */
  readonly judged_s: number;
  readonly warm_up_s: number;
  readonly facts: readonly JudgedFact[];
  /** Facts that need longer runs, and how long. */
  readonly unjudged: readonly { readonly name: string; readonly least_s: number }[];
  /** Facts that hold, and runs in which at most one fact is refuted. */
  readonly held: number;
  readonly quiet_runs: number;
}

/** `experiment`: what was run. */
export function scorecard(
  experiment: Pick<MarketExperiment, 'seed' | 'until_us' | 'venues'>,
  runs: readonly Observed[],
): Scorecard {
  const judged_s = stretchesOf(experiment) * STRETCH_S;
  const judged = judge(runs, judged_s, `${experiment.seed}/facts`);
  const venue = judgedVenue(experiment);
  const refuted = runs.map((_, i) => judged.filter((fact) => fact.refuted.includes(i)).length);
  return {
    seed: experiment.seed,
    ...(venue !== undefined && { venue }),
    runs: runs.length,
    judged_s,
    warm_up_s: WARM_UP_S,
    facts: judged,
    unjudged: unjudgedFacts(judged_s).map(({ name, least_s = 0 }) => ({ name, least_s })),
    held: judged.filter(({ holds }) => holds).length,
    quiet_runs: refuted.filter((count) => count <= 1).length,
  };
}
