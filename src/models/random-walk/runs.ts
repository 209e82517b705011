/** A random walk's rare event in the lab: each run an estimate by splitting. */
import { keyOfRun } from '../../core/seed.ts';
import { RandomWalk } from './world.ts';
import type { RandomWalkExperiment } from './file.ts';
import { estimate, rareSummary, rareTables, recordEstimate, slotsOf } from '../rare/estimates.ts';
import type { Model } from '../model.ts';

export const randomWalk: Model<RandomWalkExperiment> = {
  name: 'random_walk',
  tables: rareTables(),
  cells: () => [{ labels: {} }],
  prepare({ seed, random_walk, rare }) {
    const walk = new RandomWalk(random_walk, slotsOf(rare));
    return {
      run(run, record) {
        recordEstimate(record, [], run, estimate(walk, keyOfRun(seed, run), rare));
      },
    };
  },
  summarise: (_experiment, cells) => ({ cells: [rareSummary({}, cells[0]!)], comparisons: [] }),
};
