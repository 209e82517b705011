/** The solvable cascade in the lab: sizes of many cascades, and what the parents say of their branching. */
import { keyOfRun } from '../../core/seed.ts';
import { solvableScenario } from './world.ts';
import { Simulation } from '../../sim/simulation.ts';
import { cascadeOfRun } from '../../stats/cascade/cascade.ts';
import { meanInterval, sdInterval } from '../../stats/intervals/mean.ts';
import { wilson } from '../../stats/intervals/proportion.ts';
import { ratioInterval } from '../../stats/intervals/ratio.ts';
import type { SolvableExperiment } from './file.ts';
import { liquidationRows } from '../rows.ts';
import type { Model } from '../model.ts';
import { RUN, int } from '../columns.ts';

export const solvable: Model<SolvableExperiment> = {
  name: 'solvable',
  tables: [
    {
      name: 'runs',
      about: 'One cascade a row.',
      columns: [
        RUN,
        int('size', 'accounts', 'Accounts liquidated.'),
        int('roots', 'accounts', 'Of these, triggered by the first sale itself.'),
        int('generations', '', 'Deepest generation.'),
        int('runaway', '0/1', '1: the cascade reached the end of the book.'),
      ],
    },
  ],
  cells: () => [{ labels: {} }],
  prepare(experiment) {
    const simulation = new Simulation(solvableScenario(experiment.solvable));
    return {
      run(run, record) {
        simulation.start(keyOfRun(experiment.seed, run));
        simulation.run(simulation.scenario.until_us);
        simulation.assertConserved();
        const rows = liquidationRows(simulation.only);
        const cascade = cascadeOfRun(rows);
        const { lots, filled } = simulation.only.house.liquidations;
        let runaway = 0;
        for (let i = 0; i < rows.account.length; i++) if (filled[i]! < Math.abs(lots[i]!)) runaway = 1;
        record('runs', [run, cascade.accounts, cascade.roots, cascade.deepest_generation, runaway]);
      },
    };
  },
  summarise(_experiment, cells) {
    const { size, roots, generations, runaway } = cells[0]! as Record<string, Float64Array>;
    const n = size!.length;
    const share = (least: number) =>
      wilson(
        count(size!, (value) => value >= least),
        n,
      );
    const later = size!.map((value, i) => value - roots![i]!);
    return {
      cells: [
        {
          labels: {},
          runs: n,
          metrics: {
            cascade_size: {
              mean: meanInterval(size!),
              sd: sdInterval(size!),
              p_zero: wilson(
                count(size!, (value) => value === 0),
                n,
              ),
              p_ge_10: share(10),
              p_ge_100: share(100),
              p_ge_1000: share(1000),
              p_runaway: wilson(
                count(runaway!, (value) => value === 1),
                n,
              ),
              branching_ratio: ratioInterval(later, size!, { min: 0, max: 1 }),
            },
            deepest_generation: meanInterval(generations!),
          },
        },
      ],
      comparisons: [],
    };
  },
};

function count(values: Float64Array, test: (value: number) => boolean): number {
  let n = 0;
  for (const value of values) if (test(value)) n++;
  return n;
}
