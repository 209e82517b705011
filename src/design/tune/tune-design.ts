/** A policy search as a design: its table of points, and what is told beside it. */
import type { Design } from '../points/design.ts';
import { pointOf, settingColumns } from '../points/design.ts';
import type { Experiment } from '../../models/experiment.ts';
import { TuneSetup } from './setup.ts';
import type { TuneResult } from './tune.ts';
import { freshnessOf, policiesOf, tune } from './tune.ts';

type Summary = Omit<TuneResult, 'points'> & { readonly size: number };

/** Throws ConfigError where the block tune does not fit the experiment. */
export function tuneDesign(experiment: Experiment): Design<TuneResult> {
  const setup = new TuneSetup(experiment);
  const again = setup.block.finalists + policiesOf(experiment).length;
  return {
    kind: 'tune',
    runs: setup.budget * experiment.runs + again * freshnessOf(setup).runs,
    run: (evaluator) => tune(setup, evaluator),
    columnsOf: ({ parameters, objectives, points }) => [
      ...settingColumns(
        parameters,
        points.map(({ point }) => point),
      ),
      ...objectives.flatMap(({ metric }) =>
        (['value', 'low', 'high'] as const).map((part) => ({
          name: nameOf(metric, part),
          unit: '',
          about: part === 'value' ? 'Objective: mean over shocks.' : `${part} end of its 95 % interval.`,
          values: points.map((one) => one.objectives[metric]![part]),
        })),
      ),
    ],
    summaryOf: ({ points, ...rest }): Summary => ({ ...rest, size: points.length }),
    resultOf(summary, rows) {
      const { size: _, ...rest } = summary as Summary;
      const points = rows.map((row) => {
        const estimateOf = (metric: string) => ({
          value: row[nameOf(metric, 'value')]!,
          low: row[nameOf(metric, 'low')]!,
          high: row[nameOf(metric, 'high')]!,
        });
        const estimates = rest.objectives.map(({ metric }) => [metric, estimateOf(metric)] as const);
        return { point: pointOf(rest.parameters, row), objectives: Object.fromEntries(estimates) };
      });
      return { ...rest, points };
    },
  };
}

function nameOf(metric: string, part: 'value' | 'low' | 'high'): string {
  return part === 'value' ? metric : `${metric}_${part}`;
}
