/** Comparison of policies: every two of them on the same seeds, and the frontier of cost against safety. */
import type { Block } from './block.ts';
import { blocksOf } from './block.ts';
import type { Frontier } from './frontier.ts';
import { frontierOf } from './frontier.ts';
import type { ComparedCell, ComparedMetric } from './metrics.ts';
import { metricsOf } from './metrics.ts';
import type { Pair } from './pairs.ts';
import { pairsOf } from './pairs.ts';
import { Capacities, PairTests } from './tests.ts';

export type { Frontier, FrontierRow } from './frontier.ts';
export type { ComparedCell, ComparedMetric } from './metrics.ts';
export { columnMetrics, metricNamed } from './metrics.ts';
export type { Difference, Pair } from './pairs.ts';
export { SIGNIFICANT } from './tests.ts';

/** Costs and safety of each policy, and who dominates whom: plain data. */
export interface Frontiers {
  /** Unit of money. */
  readonly money: string;
  readonly metrics: readonly ComparedMetric[];
  /** One a shock, and one for all shocks if there are several. */
  readonly blocks: readonly Frontier[];
}

export interface Comparison {
  readonly frontier: Frontiers;
  readonly pairs: readonly Pair[];
}

/** The frontier alone, of these metrics. `seed`: the experiment's, names the resamples. */
export function frontiersOf(
  cells: readonly ComparedCell[],
  money: string,
  seed: string,
  metrics: readonly ComparedMetric[] = metricsOf(cells),
): Frontiers {
  return frontiers(prepared(cells, metrics, seed), money);
}

/** Every pair of policies besides. */
export function comparePolicies(cells: readonly ComparedCell[], money: string, seed: string): Comparison {
  const all = prepared(cells, metricsOf(cells), seed);
  return {
    frontier: frontiers(all, money),
    pairs: all.blocks.flatMap(({ block, tests }) => pairsOf(block, tests, all.resamples)),
  };
}

interface Prepared {
  readonly metrics: readonly ComparedMetric[];
  /** Seed of the resamples: in all blocks the same runs are drawn. */
  readonly resamples: string;
  readonly blocks: readonly { readonly block: Block; readonly tests: PairTests }[];
}

function prepared(
  cells: readonly ComparedCell[],
  metrics: readonly ComparedMetric[],
  seed: string,
): Prepared {
  const resamples = `${seed}/compare`;
  const capacities = new Capacities(resamples);
  const blocks = blocksOf(cells, metrics).map((block) => ({
    block,
    tests: new PairTests(block, metrics, capacities),
  }));
  return { metrics, resamples, blocks };
}

function frontiers({ metrics, blocks }: Prepared, money: string): Frontiers {
  return {
    money,
    metrics,
    blocks: blocks.map(({ block, tests }) => frontierOf(block, metrics, tests)),
  };
}
