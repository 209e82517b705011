/** Results of the market model: estimates with intervals for each cell, paired differences between policies. */
import { pairedRuns } from '../paired-runs.ts';
import type { ComparedCell, Frontiers } from '../compare/index.ts';
import { frontiersOf } from '../compare/index.ts';
import type { MarketExperiment } from './file/compile.ts';
import { cells } from './file/compile.ts';
import { withoutLost } from '../lost-runs.ts';
import type { Made, RunColumns, Summary } from '../model.ts';
import type { Capacity } from './absorption-results.ts';
import { capacities, searchesOf } from './absorption-results.ts';
import { addOwnMoney, caveatsOf } from './caveats.ts';
import type { Counterfactual } from './counterfactuals.ts';
import { counterfactualResults } from './counterfactuals.ts';
import { measures } from './measures/index.ts';
import { shockTitle } from './shock-title.ts';

export function marketSummary(
  experiment: MarketExperiment,
  columns: readonly RunColumns[],
  made: Made = { lost: columns.map(() => 0) },
): Summary {
  const all = cells(experiment).map((cell, i) => ({
    policy: cell.policy,
    shock: shockTitle(experiment, cell),
    runs: columns[i]!,
    lost: made.lost[i] ?? 0,
  }));
  const reported = all.map((cell) => {
    const metrics = {
      ...joined<unknown>(
        measures.map((measure) => ({ ...measure.metrics(cell.runs), ...measure.details?.(cell.runs) })),
      ),
      ...forkMetrics(experiment, cell.runs),
      ...capacityMetrics(
        experiment,
        all.find((other) => other.policy === cell.policy)!,
      ),
    };
    return { ...cell, metrics, caveats: caveatsOf(cell.runs, metrics, cell.lost, made.because) };
  });
  addOwnMoney(reported, experiment.money);
  const first = all[0]!.policy;
  const several = Object.keys(experiment.policies).length > 1;
  return {
    cells: reported.map(({ policy, shock, runs, metrics, caveats }) => ({
      labels: { policy, shock },
      runs: runs['run']!.length,
      caveats,
      metrics,
    })),
    comparisons: all
      .filter((cell) => cell.policy !== first)
      .map(({ policy, shock, runs }) => {
        const base = all.find((other) => other.policy === first && other.shock === shock)!;
        const pair = pairedRuns(runs, base.runs);
        const metrics = joined(measures.map((measure) => measure.differences?.(...pair) ?? {}));
        return { labels: { policy, shock }, against: first, metrics };
      }),
    ...(several ? { frontier: frontier(experiment, reported) } : {}),
  };
}

function frontier({ lac, money, seed }: MarketExperiment, cells: readonly ComparedCell[]): Frontiers {
  const searched = cells.map((cell) => ({
    ...cell,
    searches: lac && searchesOf(cell.runs, lac.probability),
  }));
  return frontiersOf(searched, money, seed);
}

/** Results of the counterfactuals of a cell, if the experiment has any. */
function forkMetrics(experiment: MarketExperiment, runs: RunColumns): { counterfactuals?: Counterfactual[] } {
  if (experiment.counterfactuals.length === 0) return {};
  return { counterfactuals: counterfactualResults(experiment, runs) };
}

/** `lac`: the capacity for sales over the first window; `lac_curve`: over all of them. From the policy's first cell. */
function capacityMetrics(
  experiment: MarketExperiment,
  { runs, lost }: { readonly runs: RunColumns; readonly lost: number },
): { lac?: Capacity; lac_curve?: Capacity[] } {
  if (experiment.lac === undefined) return {};
  const found = capacities(experiment.lac, runs);
  const curve = lost > 0 ? withoutLost(found, lost) : found;
  return { lac: curve[0]!, lac_curve: curve };
}

function joined<T>(all: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  return Object.assign({}, ...all) as Record<string, T>;
}
