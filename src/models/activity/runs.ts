/** The market's clock in the lab: tails of the returns on it, and the memory of their absolute values. */
import { keyOfRun } from '../../core/seed.ts';
import { ActivityClock } from './world.ts';
import { autocorrelation } from '../../stats/intervals/autocorrelation.ts';
import { excessKurtosis } from '../../stats/intervals/kurtosis.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import type { ActivityExperiment } from './file.ts';
import type { ColumnInfo, Model } from '../model.ts';
import { RUN, real } from '../columns.ts';

/** Lags at which absolute returns are compared, in returns. */
export const LAGS = [1, 20, 100] as const;

const columns: readonly ColumnInfo[] = [
  RUN,
  real('kurtosis', '', 'Excess kurtosis of returns.'),
  real('memory', '', 'Autocorrelation of returns at lag 1.'),
  ...LAGS.map((lag): ColumnInfo =>
    real(`memory_${lag}`, '', `Autocorrelation of absolute returns at lag ${lag}.`),
  ),
];

export const activity: Model<ActivityExperiment> = {
  name: 'activity',
  tables: [{ name: 'runs', about: 'One run a row.', columns }],
  cells: () => [{ labels: {} }],
  prepare(experiment) {
    const clock = new ActivityClock(experiment.activity);
    const sizes = new Float64Array(clock.returns.length);
    return {
      run(run, record) {
        clock.run(keyOfRun(experiment.seed, run));
        const { returns } = clock;
        for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(returns[i]!);
        const memories = LAGS.map((lag) => autocorrelation(sizes, lag));
        record('runs', [run, excessKurtosis(returns), autocorrelation(returns, 1), ...memories]);
      },
    };
  },
  summarise(_experiment, cells) {
    const runs = cells[0]!;
    const names = columns.slice(1).map(({ name }) => name);
    return {
      cells: [
        {
          labels: {},
          runs: runs['run']!.length,
          metrics: Object.fromEntries(names.map((name) => [name, meanInterval(runs[name]!)])),
        },
      ],
      comparisons: [],
    };
  },
};
