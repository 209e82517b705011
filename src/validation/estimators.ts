/** V10: estimators on data whose truth is known, against published values; means over batches. */
import type { Estimate } from '../stats/estimate.ts';
import { checkEstimate, printed } from './estimates.ts';
import { modelOf } from '../models/index.ts';
import { runsOf } from './runs.ts';
import type { Validation } from './validation.ts';

/** Of each trial of the file: what it is, the number as published, the tolerance in its unit or relative to it. */
const PUBLISHED: Readonly<Record<string, readonly [what: string, number: string, tolerance: number]>> = {
  'hawkes-10': ['Hawkes counts, window 10: variance over mean', '7.909', 0.05 * 7.909],
  'hawkes-100': ['Hawkes counts, window 100: variance over mean', '10.774', 0.05 * 10.774],
  'first-1': ['Ishigami, first-order index of x1', '.3139', 0.02],
  'first-2': ['Ishigami, first-order index of x2', '.4424', 0.02],
  'first-3': ['Ishigami, first-order index of x3', '.0000', 0.02],
  'total-1': ['Ishigami, total index of x1', '.5576', 0.02],
  'total-2': ['Ishigami, total index of x2', '.4424', 0.02],
  'total-3': ['Ishigami, total index of x3', '.2437', 0.02],
  'signs-1': ['order signs of metaorders: autocorrelation at lag 1', '.617', 0.02],
  'signs-10': ['order signs of metaorders: autocorrelation at lag 10', '.236', 0.02],
};

/** Hill's estimate has no exact expectation at finite n: the published number is of these settings alone. */
const HILL = { what: 'Hill, Student t3, top 1 % of 100,000', trial: 'hill-student', number: 2.889 };

export const estimators: Validation = {
  name: 'estimators',
  about: 'V10: estimators on data with a known truth give the published values',
  async run(options) {
    const { experiment, cells } = await runsOf('estimators.yaml', 'estimators', [], options);
    const hillChanged = options.sets.some((set) => set.startsWith(`estimators.trials.${HILL.trial}.`));
    return modelOf(experiment)
      .summarise(experiment, cells)
      .cells.flatMap(({ labels, metrics }) => {
        const { truth, mean_value } = metrics as Record<string, Estimate>;
        const trial = labels['trial']!;
        if (trial === HILL.trial) {
          return hillChanged ? [] : [checkEstimate(HILL.what, HILL.number, mean_value!, 0.05)];
        }
        const known = PUBLISHED[trial];
        if (known === undefined) return [];
        const [what, number, tolerance] = known;
        return [checkEstimate(what, printed(number, truth!.value), mean_value!, tolerance)];
      });
  },
};
