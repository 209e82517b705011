/** A large solvable cascade in the lab: how likely it is, by splitting of the very worlds that small ones run in. */
import { keyOfRun } from '../../core/seed.ts';
import { solvableScenario } from './world.ts';
import { Simulation } from '../../sim/simulation.ts';
import type { RareSolvableExperiment } from './file.ts';
import { CascadeProcess } from './rare-process.ts';
import { estimate, rareSummary, rareTables, recordEstimate } from '../rare/estimates.ts';
import type { Model } from '../model.ts';

export const rareSolvable: Model<RareSolvableExperiment> = {
  name: 'rare_solvable',
  tables: rareTables(),
  cells: () => [{ labels: {} }],
  prepare({ seed, solvable, rare }) {
    const cascade = new CascadeProcess(new Simulation(solvableScenario(solvable)), 0);
    return {
      run(run, record) {
        recordEstimate(record, [], run, estimate(cascade, keyOfRun(seed, run), rare));
      },
    };
  },
  summarise: (_experiment, cells) => ({ cells: [rareSummary({}, cells[0]!)], comparisons: [] }),
};
