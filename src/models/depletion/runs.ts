/** Queue depletion in the lab: directions, durations and the variance of the price, each with an interval. */
import { keyOfRun } from '../../core/seed.ts';
import { QueueDepletion } from './world.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import { wilson } from '../../stats/intervals/proportion.ts';
import { ratioInterval } from '../../stats/intervals/ratio.ts';
import { varianceRate } from './variance-rate.ts';
import type { DepletionExperiment } from './file.ts';
import { enlarged } from '../enlarged.ts';
import type { ColumnInfo, Model } from '../model.ts';
import { RUN, int, real } from '../columns.ts';

const columns = [
  RUN,
  int('first_up', '0/1', '1: the first move of the price was up.'),
  real('first_duration', 'time', 'Time to the first move.'),
  int('cycles', 'cycles', 'Cycles: from a move to the next of its direction.'),
  int('counted', 'moves', 'Price moves in cycles.'),
  int('ups', 'moves', 'Of these, up.'),
  int('continued', 'moves', 'Of these, in the direction of the move before.'),
  int('continued_up', 'moves', 'Of the continued moves, up.'),
  real('x', 'ticks', 'X = change of the price over a cycle, summed.'),
  real('t', 'time', 'T = duration of a cycle, summed.'),
  real('xx', 'ticks²', 'X², summed over the cycles.'),
  real('xt', 'ticks × time', 'X·T, summed over the cycles.'),
  real('tt', 'time²', 'T², summed over the cycles.'),
  real('events', 'events', 'Arrivals and departures.'),
] as const satisfies readonly ColumnInfo[];

type Name = (typeof columns)[number]['name'];

export const depletion: Model<DepletionExperiment> = {
  name: 'depletion',
  tables: [{ name: 'runs', about: 'One run a row; the unit of time is that of the rates.', columns }],
  enlarged(experiment, setting) {
    const capacity = enlarged(experiment.depletion.capacity, setting);
    return capacity && { ...experiment, depletion: { ...experiment.depletion, capacity } };
  },
  cells: () => [{ labels: {} }],
  prepare(experiment) {
    const { capacity, ...settings } = experiment.depletion;
    const model = new QueueDepletion({ ...settings, orders: capacity.orders });
    return {
      run(run, record) {
        model.run(keyOfRun(experiment.seed, run));
        record(
          'runs',
          columns.map(({ name }) => (name === 'run' ? run : model.result[name][0]!)),
        );
      },
    };
  },
  summarise(_experiment, cells) {
    const runs = cells[0]! as Record<Name, Float64Array>;
    const n = runs.run.length;
    const { counted, ups, continued, continued_up } = runs;
    const share = (part: Float64Array, whole: Float64Array) => ratioInterval(part, whole, { min: 0, max: 1 });
    const downs = less(counted, ups);
    return {
      cells: [
        {
          labels: {},
          runs: n,
          metrics: {
            p_up: wilson(
              runs.first_up.reduce((sum, up) => sum + up, 0),
              n,
            ),
            first_duration: meanInterval(runs.first_duration),
            p_continue: share(continued, counted),
            // A cycle has as many moves after an up-move as it has up-moves: it ends as it began.
            p_continue_up: share(continued_up, ups),
            p_continue_down: share(less(continued, continued_up), downs),
            mean_duration: ratioInterval(runs.t, counted, { min: 0 }),
            price_drift: ratioInterval(runs.x, runs.t),
            // Of the price over a long time, divided by that time: dependence of moves and of durations included.
            price_variance: varianceRate(runs),
          },
        },
      ],
      comparisons: [],
    };
  },
};

function less(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}
