/** Comparison of policies: every two of them on the same seeds, and the frontier of cost against safety. */
import type { Block } from './block.ts';
import { blocksOf } from './block.ts';
import type { Frontier } from './frontier.ts';
import { frontierOf } from './frontier.ts';
import type { ComparedCell, ComparedMetric } from './metrics.ts';
import { metricsOf } from './metrics.ts';
import type { Pair } from './pairs.ts';
import { pairsOf } from './pairs.ts';
import { PairTests } from './tests.ts';

export type { Frontier, FrontierRow } from './frontier.ts';
export type { ComparedCell, ComparedMetric } from './metrics.ts';
export { metricNamed } from './metrics.ts';
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

/** The frontier alone, of these metrics. */
export function frontiersOf(
  cells: readonly ComparedCell[],
  money: string,
  metrics: readonly ComparedMetric[] = metricsOf(cells),
): Frontiers {
  return frontiers(prepared(cells, metrics), money);
}

/** Every pair of policies besides. `seed` names the resamples. */
export function comparePolicies(cells: readonly ComparedCell[], money: string, seed: string): Comparison {
  const all = prepared(cells, metricsOf(cells));
  return {
    frontier: frontiers(all, money),
    pairs: all.blocks.flatMap(({ block, tests }) => pairsOf(block, all.metrics, tests, seed)),
  };
}

interface Prepared {
  readonly metrics: readonly ComparedMetric[];
  readonly blocks: readonly { readonly block: Block; readonly tests: PairTests }[];
}

function prepared(cells: readonly ComparedCell[], metrics: readonly ComparedMetric[]): Prepared {
  const blocks = blocksOf(cells, metrics);
  return { metrics, blocks: blocks.map((block) => ({ block, tests: new PairTests(block, metrics) })) };
}

function frontiers({ metrics, blocks }: Prepared, money: string): Frontiers {
  return {
    money,
    metrics,
    blocks: blocks.map(({ block, tests }) => frontierOf(block, metrics, tests)),
  };
}
