/**
 * What the difference of two policies depends on: in the middle of the posterior one setting at a time is moved by one
 * standard deviation of the posterior either way, on the same luck, and the difference looked at again.
 */
import { momentsOf } from '../../stats/intervals/moments.ts';
import type { Evaluator, PointOutcome } from '../points/evaluate.ts';
import { PointError } from '../points/evaluate.ts';
import type { Cell } from '../../models/model.ts';
import type { RankedMetric } from './ranked.ts';
import { samplesOf } from './samples.ts';
import type { MarketsSetup } from './setup.ts';

export interface TornadoBar {
  readonly path: string;
  /** The setting's values at both ends, with unit. */
  readonly low: string;
  readonly high: string;
  /** The first policy’s mean less the second’s at both ends; NaN where a point failed. */
  readonly at_low: number;
  readonly at_high: number;
  /** at_high − at_low, with its standard error over runs (NaN of one run). */
  readonly swing: number;
  readonly error: number;
}

export interface Tornado {
  readonly metric: string;
  readonly policies: Pair;
  /** In the middle of the posterior. */
  readonly difference: number;
  /** The longest first. */
  readonly bars: readonly TornadoBar[];
}

type Pair = readonly [string, string];

type Parameter = MarketsSetup['block']['read']['parameters'][number];

/** Points that it takes at most, each of one policy. */
export function tornadoPoints({ block, policies, tornado }: MarketsSetup): number {
  return (tornado ?? policies).length * (1 + 2 * block.read.parameters.length);
}

/**
 * The best two policies whose order depends on the market: what it depends on is then the question. The best two that are
 * not equal where all orders stand.
 */
function pairOf({ ranking, pairs }: RankedMetric): Pair {
  const open = pairs.find(({ verdict }) => verdict === 'depends on the market');
  const known = open ?? pairs.find(({ verdict }) => verdict !== 'tied');
  return known === undefined ? [ranking[0]!.policy, ranking[1]!.policy] : [known.policy, known.against];
}

/** One a metric. */
export async function tornadoesOf(
  setup: MarketsSetup,
  evaluator: Evaluator,
  labels: readonly Cell[],
  metrics: readonly RankedMetric[],
): Promise<Tornado[]> {
  const { parameters } = setup.block.read;
  const pairs = metrics.map((metric) => setup.tornado ?? pairOf(metric));
  const middle = parameters.map(({ median }) => median);
  const places = [
    middle,
    ...parameters.flatMap(({ below, above }, i) => [middle.with(i, below), middle.with(i, above)]),
  ];
  const outcomes = await outcomesOf(setup, evaluator, places, new Set(pairs.flat()));
  return metrics.map(({ metric }, m) => {
    const policies = pairs[m]!;
    const differences = places.map((_, i) => {
      const [one, other] = policies.map((policy) => outcomes.get(policy)![i]!);
      return differenceOf(one!, other!, labels, policies, metric.column!);
    });
    const bars = parameters.map((one, i): TornadoBar => {
      const [low, high] = [differences[1 + 2 * i]!, differences[2 + 2 * i]!];
      return {
        path: one.path,
        low: written(one, one.below),
        high: written(one, one.above),
        ...swingOf(low, high),
      };
    });
    bars.sort((a, b) => lengthOf(b) - lengthOf(a));
    return { metric: metric.name, policies, difference: meanOf(differences[0]!.values()), bars };
  });
}

/** Of each policy what every place gives, all on the same luck. */
async function outcomesOf(
  { block, experiment }: MarketsSetup,
  evaluator: Evaluator,
  places: readonly (readonly number[])[],
  policies: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly PointOutcome[]>> {
  const { parameters } = block.read;
  const all = [...policies];
  const requests = all.flatMap((policy) =>
    places.map((values) => ({
      sets: parameters.map((one, i) => `${one.path}=${written(one, values[i]!)}`),
      seed: `${experiment.seed}/tornado`,
      policy,
      runs: experiment.runs,
    })),
  );
  const outcomes = await evaluator.evaluate(requests);
  return new Map(
    all.map((policy, i) => [policy, outcomes.slice(i * places.length, (i + 1) * places.length)]),
  );
}

function lengthOf({ swing }: TornadoBar): number {
  return Number.isNaN(swing) ? -1 : Math.abs(swing);
}

function written({ unit }: Parameter, value: number): string {
  return unit === '' ? String(value) : `${value} ${unit}`;
}

/** Run by run, of the runs that both have. */
type Differences = ReadonlyMap<number, number>;

function differenceOf(
  one: PointOutcome,
  other: PointOutcome,
  labels: readonly Cell[],
  policies: Pair,
  column: string,
): Differences {
  if (one instanceof PointError || other instanceof PointError) return new Map();
  const own = policies.flatMap((policy) => labels.filter((cell) => cell.labels['policy'] === policy));
  const cells = [...one.cells, ...other.cells];
  const [a, b] = samplesOf(own, cells, policies)(column) as [Float64Array, Float64Array];
  const runs = samplesOf(own, cells, policies)('run')[0]!;
  const all = Array.from(runs, (run, i) => [run, a[i]! - b[i]!] as const);
  return new Map(all.filter(([, difference]) => Number.isFinite(difference)));
}

function swingOf(low: Differences, high: Differences): Omit<TornadoBar, 'path' | 'low' | 'high'> {
  const both = [...low.keys()].filter((run) => high.has(run));
  const swings = both.map((run) => high.get(run)! - low.get(run)!);
  const { n, mean, sd } = momentsOf(swings);
  return {
    at_low: meanOf(both.map((run) => low.get(run)!)),
    at_high: meanOf(both.map((run) => high.get(run)!)),
    swing: mean,
    error: sd / Math.sqrt(n),
  };
}

function meanOf(values: Iterable<number>): number {
  return momentsOf([...values]).mean;
}
