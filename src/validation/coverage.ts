/**
 * How often 95 % intervals hold the truth, %, over batches of data: each interval type of src/stats, and what happens to
 * one when runs of uneven length are counted as they finish. Target 92 to 97, or the range that a trial of the file
 * states with its reason.
 */
import { solvableLaw } from '../models/solvable/world.ts';
import type { Estimate } from '../stats/estimate.ts';
import { modelOf } from '../models/index.ts';
import { wilson } from '../stats/intervals/proportion.ts';
import { experimentOf, runsOf } from './runs.ts';
import { unevenRuns } from './uneven-runs.ts';
import type { Check, Validation, ValidationOptions } from './validation.ts';

/** Batches from which on the range is the verdict; fewer leave the coverage itself unsure by more than its margins. */
const ENOUGH = 1000;

export const coverage: Validation = {
  name: 'coverage',
  about: 'How often 95 % intervals hold the truth, % of batches; target 92 to 97 where no reason is stated',
  async run(options) {
    const { experiment, cells } = await runsOf('coverage.yaml', 'estimators', [], options);
    const trials = modelOf(experiment)
      .summarise(experiment, cells)
      .cells.map(({ labels, metrics, runs }): Check => {
        const { expect, because, estimator } = experiment.estimators.trials[labels['trial']!]!;
        const { truth, mean_value, coverage: held } = metrics as Record<string, Estimate>;
        // There the bias is the point.
        const bias =
          estimator === 'stopping' ? `: mean ${round(mean_value!.value)} of ${round(truth!.value)}` : '';
        const what = labels['trial']! + bias + (because === undefined ? '' : `\n  (${because})`);
        return checkCoverage(what, held!, runs, expect);
      });
    return [...trials, await onWorkers(experiment.runs, options)];
  },
};

/** The stopping trials once more, on real worker processes: more of them than cores, each late by up to so much. */
const WORKERS = 4;
const DELAY_MS = 20;

async function onWorkers(repetitions: number, options: ValidationOptions): Promise<Check> {
  const experiment = experimentOf('uneven-runs.yaml', 'solvable', [], { ...options, sets: [] });
  const { theta, m } = solvableLaw(experiment.solvable);
  const truth = theta / (1 - m);
  const { estimates, runs, overtaken } = await unevenRuns(experiment, {
    repetitions,
    workers: WORKERS,
    delay_ms: DELAY_MS,
    onProgress: (done, total) => options.onProgress('uneven-runs.yaml', done, total),
  });
  const held = estimates.filter(({ low, high }) => low <= truth && truth <= high).length;
  const what =
    `uneven-runs-on-${WORKERS}-workers\n  (processes, each late by up to ${DELAY_MS} ms; ${overtaken} pieces overtook an ` +
    `earlier one;\n  stopped after ${Math.round(runs / repetitions)} runs on average)`;
  return checkCoverage(what, wilson(held, repetitions), repetitions, TARGET);
}

const TARGET = [92, 97] as const;

/** `held`: share of batches whose interval holds the truth; `expect` in %. */
function checkCoverage(
  what: string,
  { value, low, high }: Estimate,
  batches: number,
  expect: readonly [number, number],
): Check {
  const target = (expect[0] + expect[1]) / 2;
  const tolerance = (expect[1] - expect[0]) / 2 + (batches < ENOUGH ? 400 * Math.sqrt(0.05 / batches) : 0);
  return {
    what,
    target,
    value: 100 * value,
    standard_error: 100 * Math.sqrt((value * (1 - value)) / batches),
    interval: { value: 100 * value, low: 100 * low, high: 100 * high },
    tolerance,
    holds: Math.abs(100 * value - target) <= tolerance,
  };
}

function round(value: number): string {
  return value.toPrecision(3);
}
