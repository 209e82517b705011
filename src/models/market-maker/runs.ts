/** A maker with a horizon in the lab: what it earns and holds, leaning against its inventory and not, on the same luck. */
import { keyOfRun } from '../../core/seed.ts';
import type { MakerStrategy } from './world.ts';
import { makerResult, marketMakerScenario } from './world.ts';
import { Simulation } from '../../sim/simulation.ts';
import { meanInterval, sdInterval } from '../../stats/intervals/mean.ts';
import type { MarketMakerExperiment } from './file.ts';
import type { Model } from '../model.ts';
import { RUN, int, real } from '../columns.ts';

const STRATEGIES: readonly MakerStrategy[] = ['inventory', 'symmetric'];

export const marketMaker: Model<MarketMakerExperiment> = {
  name: 'market_maker',
  tables: [
    {
      name: 'runs',
      about: 'One path a row.',
      columns: [
        RUN,
        real('profit', 'units of the middle', 'Cash at the end, and what is held at the middle.'),
        int('inventory', 'lots', 'What is held at the end; negative: short.'),
      ],
    },
  ],
  cells: () => STRATEGIES.map((strategy) => ({ labels: { strategy } })),
  prepare(experiment, cell) {
    const settings = experiment.market_maker;
    const simulation = new Simulation(marketMakerScenario(settings, STRATEGIES[cell]!));
    return {
      run(run, record) {
        simulation.start(keyOfRun(experiment.seed, run));
        simulation.run(simulation.scenario.until_us);
        simulation.assertConserved();
        const { profit, inventory } = makerResult(simulation, settings);
        record('runs', [run, profit, inventory]);
      },
    };
  },
  summarise(_experiment, cells) {
    return {
      cells: cells.map(({ profit, inventory }, cell) => ({
        labels: { strategy: STRATEGIES[cell]! },
        runs: profit!.length,
        metrics: {
          profit: meanInterval(profit!),
          profit_sd: sdInterval(profit!),
          inventory: meanInterval(inventory!),
          inventory_sd: sdInterval(inventory!),
        },
      })),
      comparisons: [],
    };
  },
};
