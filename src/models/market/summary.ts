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
import { measuresOf } from './measures/index.ts';
import { shockTitle } from './shock-title.ts';
import { columnsAt, policyAt } from './venue-columns.ts';

export function marketSummary(
  experiment: MarketExperiment,
  columns: readonly RunColumns[],
  made: Made = { lost: columns.map(() => 0) },
): Summary {
  const { venues } = experiment;
  const measures = measuresOf(experiment);
  const names = venues.length === 1 ? [undefined] : venues.map(({ name }) => name);
  const all = cells(experiment).flatMap((cell, i) =>
    names.map((venue) => ({
      policy: cell.policy,
      shock: shockTitle(experiment, cell),
      venue,
      cell: i,
      runs: columnsAt(columns[i]!, venue),
      lost: made.lost[i] ?? 0,
    })),
  );
  const labelsOf = ({ policy, shock, venue }: (typeof all)[number]) =>
    venue === undefined ? { policy, shock } : { policy, shock, venue };
  const reported = all.map((cell) => {
    const metrics = {
      ...joined<unknown>(
        measures.map((measure) => ({ ...measure.metrics(cell.runs), ...measure.details?.(cell.runs) })),
      ),
      ...forkMetrics(experiment, cell.runs),
      ...capacityMetrics(
        experiment,
        all.find((other) => other.policy === cell.policy && other.venue === cell.venue)!,
      ),
    };
    return { ...cell, metrics, caveats: caveatsOf(cell.runs, metrics, cell.lost, made.because) };
  });
  addOwnMoney(reported, experiment.money);
  const first = all[0]!;
  const several = new Set(all.map((one) => policyAt(labelsOf(one) as Record<string, string>))).size > 1;
  const difference = (one: (typeof all)[number], base: (typeof all)[number], against: string) => {
    const pair = pairedRuns(one.runs, base.runs);
    const metrics = joined(measures.map((measure) => measure.differences?.(...pair) ?? {}));
    return { labels: labelsOf(one), against, metrics };
  };
  return {
    cells: reported.map((one) => ({
      labels: labelsOf(one),
      ...(one.venue === undefined ? {} : { cell: one.cell }),
      runs: one.runs['run']!.length,
      caveats: one.caveats,
      metrics: one.metrics,
    })),
    comparisons: [
      ...all
        .filter(({ policy }) => policy !== first.policy)
        .map((one) => {
          const base = all.find(
            (other) =>
              other.policy === first.policy && other.shock === one.shock && other.venue === one.venue,
          )!;
          return difference(one, base, first.policy);
        }),
      // The same traders' luck at another venue.
      ...all
        .filter(({ venue }) => venue !== first.venue)
        .map((one) => {
          const base = all.find(({ cell, venue }) => cell === one.cell && venue === first.venue)!;
          return difference(one, base, first.venue!);
        }),
    ],
    ...(several ? { frontier: frontier(experiment, reported) } : {}),
  };
}

function frontier(
  { lac, money, seed }: MarketExperiment,
  cells: readonly (ComparedCell & { readonly venue: string | undefined })[],
): Frontiers {
  const searched = cells.map(({ policy, venue, ...cell }) => ({
    ...cell,
    policy: policyAt(venue === undefined ? { policy } : { policy, venue }),
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
