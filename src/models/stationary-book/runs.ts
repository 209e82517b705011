/** The stationary book in the lab: averages over time in each run, and their means over runs. */
import { keyOfRun } from '../../core/seed.ts';
import { DEPTHS, StationaryBook } from './world.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { within } from '../../stats/estimate.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import { total } from '../../stats/intervals/moments.ts';
import type { StationaryBookExperiment } from './file.ts';
import type { ColumnInfo, Model } from '../model.ts';

const distances = Array.from({ length: DEPTHS }, (_, i) => i + 1);

const columns: readonly ColumnInfo[] = [
  { name: 'run', type: 'INT32', unit: '', about: 'Number of the run; its seed is SEED/run.' },
  { name: 'spread', type: 'DOUBLE', unit: 'ticks', about: 'Spread, averaged over time with both quotes.' },
  { name: 'spread_1', type: 'DOUBLE', unit: 'share', about: 'Share of that time with a spread of one tick.' },
  ...distances.map((distance): ColumnInfo => ({
    name: `depth_${distance}`,
    type: 'DOUBLE',
    unit: 'orders',
    about: `Orders at ${distance} from the opposite best quote, averaged over that time and both sides.`,
  })),
  { name: 'moves', type: 'DOUBLE', unit: 'moves/time', about: 'Moves of the middle per unit of time.' },
  { name: 'quoted', type: 'DOUBLE', unit: 'share', about: 'Share of the time with both quotes.' },
  { name: 'events', type: 'DOUBLE', unit: 'events', about: 'Limit and market orders, cancellations.' },
];

export const stationaryBook: Model<StationaryBookExperiment> = {
  name: 'stationary_book',
  tables: [
    {
      name: 'runs',
      about: 'One run a row, after its warm-up; the unit of time is that of the rates.',
      columns,
    },
  ],
  cells: () => [{ labels: {} }],
  prepare(experiment) {
    const model = new StationaryBook(experiment.stationary_book);
    return {
      run(run, record) {
        model.run(keyOfRun(experiment.seed, run));
        const { spread, one, moves, quoted, measured, events } = model.result;
        const time = quoted[0]!;
        record('runs', [
          run,
          spread[0]! / time,
          one[0]! / time,
          ...Array.from(model.depth.area, (area) => area / (2 * time)),
          moves[0]! / measured[0]!,
          time / measured[0]!,
          events[0]!,
        ]);
      },
    };
  },
  summarise(_experiment, cells) {
    const runs = cells[0]!;
    // A run that never had both quotes has no averages.
    const mean = (name: string, max = Infinity): Estimate =>
      within(meanInterval(runs[name]!.filter((value) => !Number.isNaN(value))), 0, max);
    return {
      cells: [
        {
          labels: {},
          runs: runs['run']!.length,
          metrics: {
            mean_spread: mean('spread'),
            p_spread_1: mean('spread_1', 1),
            ...Object.fromEntries(distances.map((i) => [`depth_${i}`, mean(`depth_${i}`)])),
            mid_moves: mean('moves'),
            quoted: mean('quoted', 1),
            events: total(runs['events']!),
          },
        },
      ],
      comparisons: [],
    };
  },
};
