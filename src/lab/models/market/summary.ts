/** Results of the market model: estimates with intervals for each cell, paired differences between policies. */
import type { MarketExperiment } from '../../experiment/index.ts';
import { cells } from '../../experiment/index.ts';
import type { RunColumns, Summary } from '../model.ts';
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
      metrics: joined(measures.map((measure) => ({ ...measure.metrics(runs), ...measure.details?.(runs) }))),
    })),
    comparisons: all
      .filter((cell) => cell.policy !== first)
      .map(({ policy, shock, runs }) => {
        const base = all.find((other) => other.policy === first && other.shock === shock)!;
        const metrics = joined(measures.map((measure) => measure.differences?.(runs, base.runs) ?? {}));
        return { labels: { policy, shock }, against: first, metrics };
      }),
  };
}

function joined<T>(all: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  return Object.assign({}, ...all) as Record<string, T>;
}
