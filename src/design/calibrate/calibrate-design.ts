/** A calibration as a design: its table of drawn markets, and what is told beside it. */
import type { Design } from '../points/design.ts';
import { pointOf, settingColumns } from '../points/design.ts';
import type { Experiment } from '../../models/experiment.ts';
import type { CalibrateResult } from './calibrate.ts';
import { calibrate, runsOf } from './calibrate.ts';
import { calibrateSetup } from './setup.ts';

type Summary = Omit<CalibrateResult, 'points' | 'means'> & { readonly size: number };

/** Throws ConfigError where the block calibrate does not fit the experiment. */
export function calibrateDesign(experiment: Experiment): Design<CalibrateResult> {
  const setup = calibrateSetup(experiment);
  return {
    kind: 'calibrate',
    measures: 'moments',
    runs: runsOf(setup),
    run: (evaluator) => calibrate(setup, evaluator),
    columnsOf: ({ points, means, aims }) => [
      ...settingColumns(setup.space, points),
      ...aims.map(({ moment, about, scale }, i) => ({
        name: moment,
        unit: scale === 'log' ? 'logarithm' : '',
        about,
        values: means.map((own) => own[i]!),
      })),
    ],
    summaryOf,
    resultOf(summary, rows) {
      const { size: _, ...rest } = summary as Summary;
      return {
        ...rest,
        points: rows.map((row) => pointOf(setup.space, row)),
        means: rows.map((row) => rest.aims.map(({ moment }) => row[moment]!)),
      };
    },
  };
}

export function summaryOf({ points, means: _, ...rest }: CalibrateResult): Summary {
  return { ...rest, size: points.length };
}
