/** What a search wants of a policy: metrics of the results, means over the policy's cells (its shocks). */
import { ConfigError } from '../../core/errors.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { meanOfEstimates } from '../../models/compare/block.ts';
import type { Experiment, TuneBlock } from '../../models/experiment.ts';
import { modelOf } from '../../models/index.ts';
import type { Cell, CellSummary, RunColumns } from '../../models/model.ts';
import type { FailedRun } from '../../lab/store/failed-run.ts';
import { summarise } from '../../lab/summarise.ts';

export interface Objective {
  readonly metric: string;
  readonly better: 'less' | 'more';
}

export function objectivesOf({ minimise, maximise }: TuneBlock): Objective[] {
  return [
    ...minimise.map((metric) => ({ metric, better: 'less' as const })),
    ...maximise.map((metric) => ({ metric, better: 'more' as const })),
  ];
}

/** Results of a point's cells, of which lost runs leave what lost-runs.ts says. `experiment`: the one that has these cells and no others. */
export function summariesOf(
  experiment: Experiment,
  columns: readonly RunColumns[],
  lost: readonly Pick<FailedRun, 'labels'>[] = [],
): readonly CellSummary[] {
  const cells = modelOf(experiment).cells(experiment);
  const isOf = (labels: Readonly<Record<string, string>>, { labels: own }: Cell): boolean =>
    Object.entries(own).every(([name, value]) => labels[name] === value);
  const perCell = cells.map((cell) => lost.filter(({ labels }) => isOf(labels, cell)).length);
  return summarise(experiment, columns, { lost: perCell }).cells;
}

/** An objective's estimate: the mean over cells. Throws ConfigError where results have no such metric. */
export function estimateOf(cells: readonly CellSummary[], { metric, better }: Objective): Estimate {
  const estimates = cells.map(({ metrics }) => {
    const estimate = metrics[metric] as Partial<Estimate> | undefined;
    if (estimate !== undefined && 'low' in estimate) return estimate as Estimate;
    const known = Object.keys(metrics).join(', ');
    throw new ConfigError(
      [better === 'less' ? 'minimise' : 'maximise'],
      `results have no metric ${metric}; they have ${known}`,
    );
  });
  return meanOfEstimates(estimates);
}

/** What the search minimises. */
export function valuesOf(estimates: readonly Estimate[], objectives: readonly Objective[]): number[] {
  return objectives.map(({ better }, i) => (better === 'less' ? 1 : -1) * estimates[i]!.value);
}
