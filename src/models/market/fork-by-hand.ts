/** One run forked at a moment of one's choice, and measured as a whole run is: from the shock on. */
import { keyOfRun } from '../../core/seed.ts';
import { SECOND } from '../../core/units.ts';
import type { Change } from '../../sim/forks/changes/change.ts';
import { firstShock } from '../../sim/scenario/scenario.ts';
import { Simulation } from '../../sim/simulation.ts';
import type { MarketCell, MarketExperiment } from './file/compile.ts';
import { compileScenario } from './file/compile.ts';
import { Forks } from './forks.ts';
import { MarketRun } from './market-run.ts';
import { Room } from '../room.ts';
import { withLargerPool } from './pools.ts';
import { measuresOf } from './measures/index.ts';

/** The fork of run `number` at a time (µs), and what measures made of it, by venue; columns that need its twin are not set. */
export function forkByHand(
  experiment: MarketExperiment,
  cell: MarketCell,
  number: number,
  at_us: number,
  change: Change,
): MarketRun[] {
  return new Room(experiment, withLargerPool).make((sized) => forkOnce(sized, cell, number, at_us, change));
}

function forkOnce(
  experiment: MarketExperiment,
  cell: MarketCell,
  number: number,
  at_us: number,
  change: Change,
): MarketRun[] {
  const scenario = compileScenario(experiment, cell);
  const simulation = new Simulation(scenario);
  const shock = (firstShock(scenario) ?? 0) - 1;
  const begin = (world: Simulation): MarketRun[] => {
    world.run(shock);
    const runs = world.venues.map((_, v) => new MarketRun(experiment, world, v));
    for (const run of runs) for (const measure of measuresOf(run.experiment)) measure.atShock?.(run);
    return runs;
  };
  simulation.start(keyOfRun(experiment.seed, number));
  let past: MarketRun[] | undefined;
  if (at_us > shock) {
    past = begin(simulation);
    goOn(simulation, past, shock, at_us);
  } else simulation.run(at_us);
  const forks = new Forks(experiment, cell.policy, cell.shock, simulation);
  const world = forks.fork(simulation.save(), change);
  const runs = past === undefined ? begin(world) : past.map((one) => one.forked(world, one.path));
  goOn(world, runs, shock, scenario.until_us);
  world.assertConserved();
  for (const run of runs) for (const measure of measuresOf(run.experiment)) measure.atEnd?.(run);
  return runs;
}

/** Up to a time, with the samples that a whole run takes: every second from the shock, and at the end. */
function goOn(simulation: Simulation, runs: readonly MarketRun[], shock: number, until_us: number): void {
  while (simulation.queue.now < until_us) {
    const next = shock + SECOND * (Math.floor((simulation.queue.now - shock) / SECOND) + 1);
    simulation.run(Math.min(next, until_us));
    if (next > until_us && until_us < simulation.scenario.until_us) return;
    for (const run of runs) for (const measure of measuresOf(run.experiment)) measure.sample?.(run);
  }
}
