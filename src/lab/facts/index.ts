/** `unwind facts`: a market is simulated without a shock and judged by what is known of real ones. */
import { expandSeed } from '../../core/seed.ts';
import { SECOND } from '../../core/units.ts';
import { Simulation } from '../../sim/simulation.ts';
import type { MarketExperiment } from '../experiment/index.ts';
import { compileScenario } from '../experiment/index.ts';
import type { JudgedFact } from './judge.ts';
import { judge } from './judge.ts';
import type { Observed } from './observe.ts';
import { observe } from './observe.ts';

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

/** Time before the first look, and length of a stretch, seconds. */
const WARM_UP_S = 60;
const STRETCH_S = 240;

/** Stretches that fit into a run, at least one. */
export function stretchesOf(experiment: MarketExperiment): number {
  return Math.max(1, Math.floor((experiment.until_us / SECOND - WARM_UP_S) / STRETCH_S));
}

/** Run number `run` of the experiment without its shocks, under its first policy. */
export function observeRun(experiment: MarketExperiment, run: number): Observed {
  const calm: MarketExperiment = { ...experiment, shocks: [{ label: 'no shock', shocks: [] }] as never };
  const scenario = compileScenario(calm, { policy: Object.keys(experiment.policies)[0]!, shock: 0 });
  const simulation = new Simulation(scenario);
  simulation.start(expandSeed(`${experiment.seed}/${run}`));
  const observed = observe(simulation, {
    from_s: WARM_UP_S,
    block_s: STRETCH_S,
    blocks: stretchesOf(experiment),
    quantum: 1 / experiment.quantaPerUnit,
    lot: Number(experiment.instruments[0]!.lot),
  });
  simulation.ledger.assertConserved();
  return observed;
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
