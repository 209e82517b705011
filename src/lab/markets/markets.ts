/** Policies ranked on plausible markets: each market on luck of its own, the same for all policies. */
import { createRng } from '../../core/rng.ts';
import type { Estimate } from '../../stats/estimate.ts';
import type { Better, PairShares } from '../../stats/plausible-ranking.ts';
import { pairShares, rankingOf, ROBUST } from '../../stats/plausible-ranking.ts';
import type { ComparedMetric } from '../compare/index.ts';
import { columnMetrics } from '../compare/index.ts';
import type { Evaluator } from '../design/evaluate.ts';
import { PointError, requireAny } from '../design/evaluate.ts';
import { modelOf } from '../models/index.ts';
import { samplesOf } from './samples.ts';
import type { MarketsSetup } from './setup.ts';
import type { Tornado } from './tornado.ts';
import { tornadoesOf, tornadoPoints } from './tornado.ts';

export interface RankedPair extends PairShares {
  readonly policy: string;
  readonly against: string;
  readonly verdict: Verdict;
}

/** robust: in at least 80 % of the markets; reversed: the other way in as many; tied: equal in as many. */
type Verdict = 'robust' | 'reversed' | 'tied' | 'depends on the market';

export interface RankedMetric {
  readonly metric: ComparedMetric;
  /** Policies, the best first, with their means over all markets; `tied`: in at least 80 % of them equal to the one before. */
  readonly ranking: readonly { readonly policy: string; readonly mean: number; readonly tied: boolean }[];
  /** Share of the markets with the same ranking, and the same ties in it. */
  readonly same: Estimate;
  readonly robust: boolean;
  /** Every two policies, the one that ranks better first. */
  readonly pairs: readonly RankedPair[];
}

export interface MarketsResult {
  readonly posterior: string;
  readonly money: string;
  readonly policies: readonly string[];
  /** Runs of each market, markets that were drawn, and those with a run that finished under all policies. */
  readonly runs: number;
  readonly markets: number;
  readonly usable: number;
  /** Usable markets that lost runs: these are in no number. */
  readonly with_losses: number;
  readonly metrics: readonly RankedMetric[];
  readonly tornadoes: readonly Tornado[];
  /** `path=value` of each market. */
  readonly changes: readonly (readonly string[])[];
  /** Of each market, policy and metric the mean over runs and shocks: rows of markets, columns policy by policy. */
  readonly means: readonly (readonly number[])[];
}

/** At most. */
export function runsOf(setup: MarketsSetup): number {
  const points = setup.markets.length + tornadoPoints(setup);
  return points * setup.experiment.runs;
}

/** Throws PointError where no market can be run. */
export async function rankOnMarkets(setup: MarketsSetup, evaluator: Evaluator): Promise<MarketsResult> {
  const { experiment, policies, markets, block } = setup;
  const { seed, runs } = experiment;
  const model = modelOf(experiment);
  const labels = model.cells(experiment);
  const all = columnMetrics(model.tables[0]!.columns.map(({ name }) => name));
  const outcomes = await evaluator.evaluate(
    markets.map((sets, i) => ({ sets, seed: `${seed}/market/${i}`, policy: undefined, runs })),
    (cells) =>
      samplesOf(labels, cells, policies)('run')[0]!.length === 0
        ? 'no run finished under all policies'
        : undefined,
  );
  requireAny(outcomes);
  const usable = outcomes.flatMap((one) => (one instanceof PointError ? [] : [one]));
  const samples = outcomes.map((one) =>
    one instanceof PointError ? undefined : samplesOf(labels, one.cells, policies),
  );
  const worldsOf = (column: string): Float64Array[][] =>
    samples.flatMap((of) => (of === undefined ? [] : [of(column)]));
  // Some have a value only where there is a shock.
  const metrics = all.filter(({ column }) =>
    worldsOf(column!).every((world) => world.every((values) => values.every(Number.isFinite))),
  );
  const rankings = metrics.map((metric) => ranked(metric, worldsOf(metric.column!), policies, seed));
  return {
    posterior: block.posterior,
    money: experiment.money,
    policies,
    runs,
    markets: markets.length,
    usable: usable.length,
    with_losses: usable.filter((one) => one.lost.length > 0).length,
    metrics: rankings,
    tornadoes: await tornadoesOf(setup, evaluator, labels, rankings),
    changes: markets,
    means: samples.map((of) =>
      policies.flatMap((_, p) =>
        metrics.map(({ column }) => (of === undefined ? NaN : meanOf(of(column!)[p]!))),
      ),
    ),
  };
}

function ranked(
  metric: ComparedMetric,
  worlds: readonly Float64Array[][],
  policies: readonly string[],
  seed: string,
): RankedMetric {
  const better: Better = metric.better;
  const { order, ties, same } = rankingOf(worlds, better);
  const pairs = order.flatMap((one, n) =>
    order.slice(n + 1).map((other): RankedPair => {
      const names = { policy: policies[one]!, against: policies[other]! };
      const rng = createRng(`${seed}/markets/${metric.name}/${names.policy}/${names.against}`);
      const shares = pairShares(worlds, one, other, better, rng);
      return { ...names, ...shares, verdict: verdictOf(shares) };
    }),
  );
  return {
    metric,
    ranking: order.map((i, n) => ({
      policy: policies[i]!,
      mean: meanOf(worlds.map((world) => meanOf(world[i]!))),
      tied: ties[n]!,
    })),
    same,
    robust: same.value >= ROBUST,
    pairs,
  };
}

function verdictOf({ in_worlds, tied }: PairShares): Verdict {
  if (in_worlds.value >= ROBUST) return 'robust';
  if (tied >= ROBUST) return 'tied';
  return 1 - tied - in_worlds.value >= ROBUST ? 'reversed' : 'depends on the market';
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
