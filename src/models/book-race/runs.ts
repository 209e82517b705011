/** The order book race in the lab: three probabilities, each with its interval. */
import { keyOfRun } from '../../core/seed.ts';
import { BookRace } from './world.ts';
import { total } from '../../stats/intervals/moments.ts';
import { wilson } from '../../stats/intervals/proportion.ts';
import type { BookRaceExperiment } from './file.ts';
import type { ColumnInfo, Model } from '../model.ts';
import { RUN, int, real } from '../columns.ts';

const columns = [
  RUN,
  int('up', '0/1', '1: the middle moved up first.'),
  int('fill', '0/1', '1: the last order of the bid queue, never cancelled, filled before the middle moved.'),
  int(
    'make',
    '0/1',
    '1: the last orders of both best queues, never cancelled, filled before the middle moved.',
  ),
  real('events', 'events', 'Limit and market orders, cancellations, in the three races.'),
] as const satisfies readonly ColumnInfo[];

type Name = (typeof columns)[number]['name'];

export const bookRace: Model<BookRaceExperiment> = {
  name: 'book_race',
  tables: [{ name: 'runs', about: 'One run a row: three races from the same start.', columns }],
  cells: () => [{ labels: {} }],
  prepare(experiment) {
    const model = new BookRace(experiment.book_race);
    return {
      run(run, record) {
        model.run(keyOfRun(experiment.seed, run));
        const { up, fill, make, events } = model.result;
        record('runs', [run, up[0]!, fill[0]!, make[0]!, events[0]!]);
      },
    };
  },
  summarise(_experiment, cells) {
    const { run, up, fill, make, events } = cells[0]! as Record<Name, Float64Array>;
    const share = (hits: Float64Array) => wilson(total(hits), run.length);
    return {
      cells: [
        {
          labels: {},
          runs: run.length,
          metrics: {
            p_up: share(up),
            p_fill: share(fill),
            p_make_spread: share(make),
            events: total(events),
          },
        },
      ],
      comparisons: [],
    };
  },
};
