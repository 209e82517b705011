/** Results of the market model: estimates with intervals for each cell, paired differences between policies. */
import type { Estimate } from '../../stats/estimate.ts';
import { within } from '../../stats/estimate.ts';
import { meanInterval } from '../../stats/mean.ts';
import { pairedDifference, pairedProportionDifference } from '../../stats/paired.ts';
import { wilson } from '../../stats/proportion.ts';
import { quantileInterval } from '../../stats/quantile.ts';
import { pairedRatioDifference, ratioInterval } from '../../stats/ratio.ts';
import { pairedRuns } from '../columns.ts';
import type { MarketExperiment } from '../experiment/index.ts';
import { cells } from '../experiment/index.ts';
import { shockTitle } from './shock-title.ts';
import type { CellSummary, Comparison, RunColumns, Summary } from './model.ts';

export function marketSummary(experiment: MarketExperiment, columns: readonly RunColumns[]): Summary {
  const all = cells(experiment).map((cell, i) => ({
    policy: cell.policy,
    shock: shockTitle(experiment, cell),
    runs: columns[i]!,
  }));
  const first = all[0]!.policy;
  return {
    cells: all.map(({ policy, shock, runs }) => cellSummary({ policy, shock }, runs)),
    comparisons: all
      .filter((cell) => cell.policy !== first)
      .map((cell) => {
        const base = all.find((other) => other.policy === first && other.shock === cell.shock)!;
        const pair = pairedRuns(cell.runs, base.runs);
        return comparison({ policy: cell.policy, shock: cell.shock }, first, ...pair);
      }),
  };
}

function cellSummary(labels: Readonly<Record<string, string>>, runs: RunColumns): CellSummary {
  const n = runs['run']!.length;
  return {
    labels,
    runs: n,
    metrics: {
      p_systemic: wilson(sum(runs['systemic']!), n),
      accounts_mean: positiveMean(runs['accounts']!),
      accounts_p95: quantileInterval(runs['accounts']!, 0.95),
      share_mean: positiveMean(runs['share']!),
      share_p95: quantileInterval(runs['share']!, 0.95),
      branching_ratio: ratioInterval(later(runs), runs['accounts']!, { min: 0, max: 1 }),
      deepest_generation: positiveMean(runs['generations']!),
      amplification: positiveMean(finite(runs['amplification']!)),
      worst_move: positiveMean(runs['drop']!),
      bad_debt: positiveMean(runs['bad_debt']!),
      insurance_used: positiveMean(runs['insurance_used']!),
      shared: positiveMean(runs['shared']!),
      written_off: positiveMean(runs['written_off']!),
      surplus: positiveMean(runs['surplus']!),
      taken_over: positiveMean(runs['taken_over']!),
      bearers: positiveMean(runs['bearers']!),
      branching_map: positiveMean(runs['branching_map']!),
      open_interest: positiveMean(runs['open_interest']!),
      calls: positiveMean(runs['calls']!),
      calls_met: positiveMean(runs['calls_met']!),
      calls_unmet: positiveMean(runs['calls_unmet']!),
      ...Object.fromEntries(LATENCIES.map((name) => [name, positiveMean(finite(runs[name]!))])),
      accounts_before: positiveMean(runs['before']!),
      unfilled: positiveMean(runs['unfilled']!),
      utilisation: positiveMean(finite(runs['utilisation']!)),
      worst_utilisation: positiveMean(finite(runs['worst_utilisation']!)),
      compression: meanInterval(finite(runs['compression']!)),
      worst_compression: meanInterval(finite(runs['worst_compression']!)),
    },
  };
}

function comparison(
  labels: Readonly<Record<string, string>>,
  against: string,
  a: RunColumns,
  b: RunColumns,
): Comparison {
  return {
    labels,
    against,
    metrics: {
      p_systemic: pairedProportionDifference(a['systemic']!, b['systemic']!),
      accounts_mean: pairedDifference(a['accounts']!, b['accounts']!),
      share_mean: pairedDifference(a['share']!, b['share']!),
      branching_ratio: pairedRatioDifference(
        { numerators: later(a), denominators: a['accounts']! },
        { numerators: later(b), denominators: b['accounts']! },
      ),
      worst_move: pairedDifference(a['drop']!, b['drop']!),
      amplification: pairedDifference(...whereBothAre(a['amplification']!, b['amplification']!)),
      bad_debt: pairedDifference(a['bad_debt']!, b['bad_debt']!),
    },
  };
}

/** Where a call's time goes; runs without such calls have none. */
const LATENCIES = ['staleness_s', 'detection_s', 'answer_s', 'execution_s', 'call_s'] as const;

/** The pairs of which both are numbers: a twin that does not fall leaves no amplification. */
function whereBothAre(a: Float64Array, b: Float64Array): [Float64Array, Float64Array] {
  const both = (_: number, i: number): boolean => !Number.isNaN(a[i]!) && !Number.isNaN(b[i]!);
  return [a.filter(both), b.filter(both)];
}

/** Mean of a quantity that cannot be negative. */
function positiveMean(values: Float64Array): Estimate {
  return within(meanInterval(values), 0, Infinity);
}

/** The runs in which there was such a number. */
function finite(values: Float64Array): Float64Array {
  return values.filter((value) => Number.isFinite(value));
}

/** Accounts that another liquidation triggered. */
function later(runs: RunColumns): Float64Array {
  return runs['accounts']!.map((accounts, i) => accounts - runs['roots']![i]!);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
