/** Results of the market model: estimates with intervals for each cell, paired differences between policies. */
import type { MarketExperiment } from '../../experiment/index.ts';
import { cells } from '../../experiment/index.ts';
import type { RunColumns, Summary } from '../model.ts';
import type { Capacity } from './absorption-results.ts';
import { capacities } from './absorption-results.ts';
import type { Counterfactual } from './counterfactuals.ts';
import { counterfactualResults } from './counterfactuals.ts';
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
      metrics: {
        ...joined(measures.map((measure) => measure.metrics(runs))),
        ...forkMetrics(experiment, runs),
        ...capacityMetrics(experiment, all.find((other) => other.policy === policy)!.runs),
      },
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

/** Results of the counterfactuals of a cell, if the experiment has any. */
function forkMetrics(experiment: MarketExperiment, runs: RunColumns): { counterfactuals?: Counterfactual[] } {
  if (experiment.counterfactuals.length === 0) return {};
  return { counterfactuals: counterfactualResults(experiment, runs) };
}

/** `lac`: the capacity for sales over the first window; `lac_curve`: over all of them. From the policy's first cell. */
function capacityMetrics(
  experiment: MarketExperiment,
  runs: RunColumns,
): { lac?: Capacity; lac_curve?: Capacity[] } {
  if (experiment.lac === undefined) return {};
  const curve = capacities(experiment.lac, runs);
  return { lac: curve[0]!, lac_curve: curve };
}

function joined(all: readonly Metrics[]): Metrics {
  return Object.assign({}, ...all) as Metrics;
}
