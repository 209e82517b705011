/** The stationary book in the lab: averages over time in each run, and their means over runs. */
import { keyOfRun } from '../../core/seed.ts';
import { DEPTHS, StationaryBook } from './world.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { within } from '../../stats/estimate.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import { total } from '../../stats/intervals/moments.ts';
import type { StationaryBookExperiment } from './file.ts';
import type { ColumnInfo, Model } from '../model.ts';
import { RUN, real } from '../columns.ts';

const distances = Array.from({ length: DEPTHS }, (_, i) => i + 1);

const columns: readonly ColumnInfo[] = [
  RUN,
  real('spread', 'ticks', 'Spread, averaged over time with both quotes.'),
  real('spread_1', 'share', 'Share of that time with a spread of one tick.'),
  ...distances.map((distance): ColumnInfo =>
    real(
      `depth_${distance}`,
      'orders',
      `Orders at ${distance} from the opposite best quote, averaged over that time and both sides.`,
    ),
  ),
  real('moves', 'moves/time', 'Moves of the middle per unit of time.'),
  real('quoted', 'share', 'Share of the time with both quotes.'),
  real('events', 'events', 'Limit and market orders, cancellations.'),
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
