/** The solvable cascade: time per run of a small world, its start included; what the validation does by the thousand. */
import { keyOfRun } from '../../core/seed.ts';
import { solvableScenario } from '../../models/solvable/world.ts';
import { Simulation } from '../../sim/simulation.ts';
import { bestOf } from './measure.ts';

export interface SolvableResult {
  readonly runs: number;
  /** Branching ratio. */
  readonly m: number;
  readonly us_per_run: number;
}

const SETTINGS = {
  accounts_per_tick: 0.8,
  position_lots: 10,
  lots_per_tick: 10,
  sweep_ticks: 1,
  ticks: 2000,
};

export function measureSolvable(quick: boolean): SolvableResult {
  const runs = quick ? 300 : 3000;
  const simulation = new Simulation(solvableScenario(SETTINGS));
  const keys = Array.from({ length: runs }, (_, run) => keyOfRun('bench', run));
  const { ns } = bestOf(
    2,
    () => undefined,
    () => {
      for (const key of keys) {
        simulation.start(key);
        simulation.run(simulation.scenario.until_us);
      }
    },
  );
  simulation.assertConserved();
  const m = (SETTINGS.accounts_per_tick * SETTINGS.position_lots) / SETTINGS.lots_per_tick;
  return { runs, m, us_per_run: ns / 1e3 / runs };
}
