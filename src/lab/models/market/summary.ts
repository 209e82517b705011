/** Results of the market model: estimates with intervals for each cell, paired differences between policies. */
import { frontiersOf } from '../../compare/index.ts';
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
  const reported = all.map((cell) => ({
    ...cell,
    metrics: joined(measures.map((measure) => measure.metrics(cell.runs))),
  }));
  const first = all[0]!.policy;
  const several = Object.keys(experiment.policies).length > 1;
  return {
    cells: reported.map(({ policy, shock, runs, metrics }) => ({
      labels: { policy, shock },
      runs: runs['run']!.length,
      metrics,
    })),
    comparisons: all
      .filter((cell) => cell.policy !== first)
      .map(({ policy, shock, runs }) => {
        const base = all.find((other) => other.policy === first && other.shock === shock)!;
        const metrics = joined(measures.map((measure) => measure.differences?.(runs, base.runs) ?? {}));
        return { labels: { policy, shock }, against: first, metrics };
      }),
    ...(several ? { frontier: frontiersOf(reported, experiment.money) } : {}),
  };
}

function joined(all: readonly Metrics[]): Metrics {
  return Object.assign({}, ...all) as Metrics;
}
