/** Runs of a market without its shocks, watched for facts: what a worker does. */
import { keyOfRun } from '../../core/seed.ts';
import { SECOND } from '../../core/units.ts';
import type { Scenario } from '../../sim/scenario/scenario.ts';
import { Simulation } from '../../sim/simulation.ts';
import type { MarketExperiment } from '../../models/experiment.ts';
import { compileScenario, withoutShocks } from '../../models/experiment.ts';
import { withLargerPool } from '../../models/market/pools.ts';
import { Room } from '../../models/room.ts';
import { neededRun } from '../work/watched.ts';
import type { RunWatch } from '../work/watch.ts';
import type { Observed, Watch } from '../../scorecard/facts/observe.ts';
import { observe } from '../../scorecard/facts/observe.ts';

/** Time before the first look, and length of a stretch, seconds. */
export const WARM_UP_S = 60;
export const STRETCH_S = 240;

/** Stretches that fit into a run, at least one. */
export function stretchesOf(experiment: Pick<MarketExperiment, 'until_us'>): number {
  return Math.max(1, Math.floor((experiment.until_us / SECOND - WARM_UP_S) / STRETCH_S));
}

/** When the last stretch ends, seconds. */
export function watchedUntil(experiment: MarketExperiment): number {
  return WARM_UP_S + stretchesOf(experiment) * STRETCH_S;
}

/** Of several venues the one that is looked at and judged: the first. */
export function judgedVenue({ venues }: Pick<MarketExperiment, 'venues'>): string | undefined {
  return venues.length > 1 ? venues[0]!.name : undefined;
}

/** The experiment without its shocks under its first policy: its scenario is handed over anew where a pool was too small. */
export function inCalm<T>(experiment: MarketExperiment, attempt: (scenario: Scenario, watch: Watch) => T): T {
  const calm = withoutShocks(experiment);
  return new Room(calm, withLargerPool).make((sized) =>
    attempt(compileScenario(sized, { policy: Object.keys(sized.policies)[0]!, shock: 0 }), {
      from_s: WARM_UP_S,
      block_s: STRETCH_S,
      blocks: stretchesOf(sized),
      quantum: 1 / sized.quantaPerUnit,
      lot: Number(sized.venues[0]!.instruments[0]!.lot),
    }),
  );
}

/** Run number `run`. */
export function observeRun(experiment: MarketExperiment, run: number): Observed {
  return inCalm(experiment, (scenario, watch) => {
    const simulation = new Simulation(scenario);
    simulation.start(keyOfRun(experiment.seed, run));
    const observed = observe(simulation, watch);
    simulation.assertConserved();
    return observed;
  });
}

/** The task of a worker: runs of a market, watched for facts. */
export function factsTask(experiment: MarketExperiment) {
  return (run: number, watch: RunWatch): Promise<Observed> =>
    neededRun(watch, run, () => observeRun(experiment, run));
}
