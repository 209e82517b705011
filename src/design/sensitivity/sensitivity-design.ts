/** A sensitivity analysis as a design: its table of points, and what is told beside it. */
import type { Design } from '../points/design.ts';
import { pointOf, settingColumns } from '../points/design.ts';
import type { Experiment } from '../../models/experiment.ts';
import type { OutputResult, SensitivityResult } from './sensitivity.ts';
import { Sensitivity } from './sensitivity.ts';

interface Summary extends Omit<SensitivityResult, 'points' | 'outputs'> {
  readonly size: number;
  readonly outputs: readonly Omit<OutputResult, 'means'>[];
}

/** Throws ConfigError where the block sensitivity does not fit the experiment. */
export function sensitivityDesign(experiment: Experiment): Design<SensitivityResult> {
  const analysis = new Sensitivity(experiment);
  return {
    kind: 'sensitivity',
    runs: analysis.size * experiment.runs,
    run: (evaluator) => analysis.run(evaluator),
    columnsOf: ({ parameters, points, outputs }) => [
      ...settingColumns(parameters, points),
      ...outputs.map(({ output, unit, means }) => ({
        name: output,
        unit,
        about: 'Mean of the point’s runs and shocks.',
        values: means,
      })),
    ],
    summaryOf,
    resultOf(summary, rows) {
      const { size: _, outputs, ...rest } = summary as Summary;
      return {
        ...rest,
        points: rows.map((row) => pointOf(rest.parameters, row)),
        outputs: outputs.map((one) => ({ ...one, means: rows.map((row) => row[one.output]!) })),
      };
    },
  };
}

export function summaryOf({ points, outputs, ...rest }: SensitivityResult): Summary {
  return { ...rest, size: points.length, outputs: outputs.map(({ means: _, ...output }) => output) };
}
