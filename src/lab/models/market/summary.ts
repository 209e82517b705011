/** Results of the market model: estimates with intervals for each cell, paired differences between policies. */
import { pairedRuns } from '../../columns.ts';
import type { MarketExperiment } from '../../experiment/index.ts';
import { cells } from '../../experiment/index.ts';
import type { RunColumns, Summary } from '../model.ts';
import type { Metrics } from './measure.ts';
import { measures } from './measures/index.ts';
import { shockTitle } from './shock-title.ts';

export function marketSummary(experiment: MarketExperiment, columns: readonly RunColumns[]): Summary {
  const all = cells(experiment).map((cell, i) => ({
    policy: cell.policy,
    shock: shockTitle(experiment, cell),
    runs: columns[i]!,
  }));
  const first = all[0]!.policy;
  return {
    cells: all.map(({ policy, shock, runs }) => ({
      labels: { policy, shock },
      runs: runs['run']!.length,
      metrics: joined(measures.map((measure) => measure.metrics(runs))),
    })),
    comparisons: all
      .filter((cell) => cell.policy !== first)
      .map(({ policy, shock, runs }) => {
        const base = all.find((other) => other.policy === first && other.shock === shock)!;
        const pair = pairedRuns(runs, base.runs);
        const metrics = joined(measures.map((measure) => measure.differences?.(...pair) ?? {}));
        return { labels: { policy, shock }, against: first, metrics };
      }),
  };
}

function joined(all: readonly Metrics[]): Metrics {
  return Object.assign({}, ...all) as Metrics;
}
