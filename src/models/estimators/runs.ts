/** Estimators in the lab: the mean of their values over batches, and how often their intervals hold the truth. */
import { createRng } from '../../core/rng.ts';
import { withoutInterval } from '../../stats/estimate.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import { total } from '../../stats/intervals/moments.ts';
import { wilson } from '../../stats/intervals/proportion.ts';
import { trialOf } from '../../stats/trials/index.ts';
import type { EstimatorsExperiment } from './file.ts';
import type { Model } from '../model.ts';
import { int, real, text } from '../columns.ts';

export const estimators: Model<EstimatorsExperiment> = {
  name: 'estimators',
  tables: [
    {
      name: 'runs',
      about: 'One batch of data of one trial a row.',
      columns: [
        text('trial', 'Name of the trial.'),
        int('run', '', 'Number of the batch; its seed is SEED/trial/run.'),
        real('value', '', 'The estimate.'),
        real('low', '', 'Lower end of its 95 % interval.'),
        real('high', '', 'Upper end.'),
        int('held', '0/1', '1: the truth lies between them.'),
      ],
    },
  ],
  cells: ({ estimators: { trials } }) => Object.keys(trials).map((trial) => ({ labels: { trial } })),
  prepare({ seed, estimators: { trials } }, cell) {
    const [name, settings] = Object.entries(trials)[cell]!;
    const trial = trialOf(settings);
    return {
      run(run, record) {
        const own = `${seed}/${name}/${run}`; // trials have luck of their own: a strange batch shows in one of them
        const { value, low, high } = trial.estimate(createRng(own), own);
        const held = low <= trial.truth && trial.truth <= high;
        record('runs', [name, run, value, low, high, held ? 1 : 0]);
      },
    };
  },
  summarise({ estimators: { trials } }, cells) {
    return {
      cells: Object.entries(trials).map(([trial, settings], i) => {
        const { run, value, low, high, held } = cells[i]! as Record<string, Float64Array>;
        const width = high!.map((top, j) => top - low![j]!).filter((x) => Number.isFinite(x));
        return {
          labels: { trial },
          runs: run!.length,
          metrics: {
            truth: withoutInterval(trialOf(settings).truth),
            mean_value: meanInterval(value!.filter((x) => Number.isFinite(x))),
            // Some estimators have no interval.
            coverage: low!.every(Number.isNaN) ? withoutInterval(NaN) : wilson(total(held!), held!.length),
            mean_width: meanInterval(width),
          },
        };
      }),
      comparisons: [],
    };
  },
};
