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
import { measures } from './measures/index.ts';

/** The fork of run `number` at a time (µs), and what measures made of it; columns that need its twin are not set. */
export function forkByHand(
  experiment: MarketExperiment,
  cell: MarketCell,
  number: number,
  at_us: number,
  change: Change,
): MarketRun {
  return new Room(experiment, withLargerPool).make((sized) => forkOnce(sized, cell, number, at_us, change));
}

function forkOnce(
  experiment: MarketExperiment,
  cell: MarketCell,
  number: number,
  at_us: number,
  change: Change,
): MarketRun {
  const scenario = compileScenario(experiment, cell);
  const simulation = new Simulation(scenario);
  const shock = (firstShock(scenario) ?? 0) - 1;
  const begin = (world: Simulation): MarketRun => {
    world.run(shock);
    const run = new MarketRun(experiment, scenario, world);
    for (const measure of measures) measure.atShock?.(run);
    return run;
  };
  simulation.start(keyOfRun(experiment.seed, number));
  let past: MarketRun | undefined;
  if (at_us > shock) {
    past = begin(simulation);
    goOn(past, shock, at_us);
  } else simulation.run(at_us);
  const forks = new Forks(experiment, cell.policy, cell.shock, simulation);
  const world = forks.fork(simulation.save(), change);
  const run = past === undefined ? begin(world) : past.forked(world, past.path);
  goOn(run, shock, scenario.until_us);
  world.ledger.assertConserved();
  world.house.losses.assertBorne();
  for (const measure of measures) measure.atEnd?.(run);
  return run;
}

/** Up to a time, with the samples that a whole run takes: every second from the shock, and at the end. */
function goOn(run: MarketRun, shock: number, until_us: number): void {
  const { simulation, scenario } = run;
  while (simulation.queue.now < until_us) {
    const next = shock + SECOND * (Math.floor((simulation.queue.now - shock) / SECOND) + 1);
    simulation.run(Math.min(next, until_us));
    if (next > until_us && until_us < scenario.until_us) return;
    for (const measure of measures) measure.sample?.(run);
  }
}
