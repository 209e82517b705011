/** Results of an experiment from the columns of its runs: the model's, with what lost runs leave of them. */
import type { Experiment } from '../models/experiment.ts';
import { withoutLost } from '../models/lost-runs.ts';
import { modelOf } from '../models/index.ts';
import type { Made, RunColumns, Summary } from '../models/model.ts';

/** `made`: how the runs came about; if left out, all of them finished. */
export function summarise(
  experiment: Experiment,
  columns: readonly RunColumns[],
  made: Made = { lost: columns.map(() => 0) },
): Summary {
  const summary = modelOf(experiment).summarise(experiment, columns, made);
  const lostOf = ({ labels, against }: Summary['comparisons'][number]): number =>
    summary.cells.reduce((sum, cell, i) => {
      const isPart = Object.entries(cell.labels).every(
        ([name, value]) => value === labels[name] || (name === 'policy' && value === against),
      );
      return isPart ? sum + (made.lost[cell.cell ?? i] ?? 0) : sum;
    }, 0);
  return {
    ...summary,
    cells: summary.cells.map((cell, i) => {
      const lost = made.lost[cell.cell ?? i] ?? 0;
      const { labels, runs, metrics, caveats, ...rest } = cell;
      // In the order in which a manifest is read back, so that both say the same to the last byte.
      return {
        labels,
        runs,
        lost,
        metrics: lost > 0 ? withoutLost(metrics, lost) : metrics,
        ...rest,
        ...(caveats === undefined ? {} : { caveats }),
      };
    }),
    comparisons: summary.comparisons.map((one) => {
      const lost = lostOf(one);
      return lost > 0 ? { ...one, metrics: withoutLost(one.metrics, lost) } : one;
    }),
  };
}
