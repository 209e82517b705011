/** Policies ranked on plausible markets: each market on luck of its own, the same for all policies. */
import { columnMetrics } from '../../models/compare/index.ts';
import type { Evaluator } from '../points/evaluate.ts';
import { PointError, requireAny } from '../points/evaluate.ts';
import { modelOf } from '../../models/index.ts';
import { meanOf } from '../sensitivity/samples.ts';
import type { RankedMetric } from './ranked.ts';
import { ranked } from './ranked.ts';
import { samplesOf } from './samples.ts';
import type { MarketsSetup } from './setup.ts';
import type { Tornado } from './tornado.ts';
import { tornadoesOf, tornadoPoints } from './tornado.ts';

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
