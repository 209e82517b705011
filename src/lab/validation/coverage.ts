/**
 * How often 95 % intervals hold the truth, %, over batches of data: each interval type of src/stats, and what happens to
 * one when runs of uneven length are counted as they finish. Target 92 to 97, or the range that a trial of the file
 * states with its reason.
 */
import type { Estimate } from '../../stats/estimate.ts';
import { modelOf } from '../models/index.ts';
import { runsOf } from './runs.ts';
import type { Validation } from './validation.ts';

/** Batches from which on the range is the verdict; fewer leave the coverage itself unsure by more than its margins. */
const ENOUGH = 1000;

export const coverage: Validation = {
  name: 'coverage',
  about: 'How often 95 % intervals hold the truth, % of batches; target 92 to 97 where no reason is stated',
  async run(options) {
    const { experiment, cells } = await runsOf('coverage.yaml', 'estimators', [], options);
    return modelOf(experiment)
      .summarise(experiment, cells)
      .cells.map(({ labels, metrics, runs }) => {
        const { expect, because, estimator } = experiment.estimators.trials[labels['trial']!]!;
        const { truth, mean_value, coverage: held } = metrics as Record<string, Estimate>;
        const { value, low, high } = held!;
        // There the bias is the point.
        const bias =
          estimator === 'stopping' ? `: mean ${round(mean_value!.value)} of ${round(truth!.value)}` : '';
        const target = (expect[0] + expect[1]) / 2;
        const standard_error = 100 * Math.sqrt((value * (1 - value)) / runs);
        const tolerance = (expect[1] - expect[0]) / 2 + (runs < ENOUGH ? 400 * Math.sqrt(0.05 / runs) : 0);
        return {
          what: labels['trial']! + bias + (because === undefined ? '' : `\n  (${because})`),
          target,
          value: 100 * value,
          standard_error,
          interval: { value: 100 * value, low: 100 * low, high: 100 * high },
          tolerance,
          holds: Math.abs(100 * value - target) <= tolerance,
        };
      });
  },
};

function round(value: number): string {
  return value.toPrecision(3);
}
