/**
 * What the difference of two policies depends on: in the middle of the posterior one setting at a time is moved by one
 * standard deviation of the posterior either way, on the same luck, and the difference looked at again.
 */
import { momentsOf } from '../../stats/moments.ts';
import type { Evaluator, PointOutcome } from '../design/evaluate.ts';
import { PointError } from '../design/evaluate.ts';
import type { ComparedMetric } from '../compare/index.ts';
import type { Cell } from '../models/model.ts';
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
  readonly policies: readonly [string, string];
  /** In the middle of the posterior. */
  readonly difference: number;
  /** The longest first. */
  readonly bars: readonly TornadoBar[];
}

type Parameter = MarketsSetup['block']['read']['parameters'][number];

/** Points that it takes, of both policies. */
export function tornadoPoints({ block }: MarketsSetup): number {
  return 2 * (1 + 2 * block.read.parameters.length);
}

export async function tornadoesOf(
  setup: MarketsSetup,
  evaluator: Evaluator,
  labels: readonly Cell[],
  metrics: readonly ComparedMetric[],
): Promise<Tornado[]> {
  const { block, experiment, tornado } = setup;
  const { parameters } = block.read;
  const middle = parameters.map(({ median }) => median);
  const places = [
    middle,
    ...parameters.flatMap(({ below, above }, i) => [middle.with(i, below), middle.with(i, above)]),
  ];
  const requests = places.flatMap((values) =>
    tornado.map((policy) => ({
      sets: parameters.map((one, i) => `${one.path}=${written(one, values[i]!)}`),
      seed: `${experiment.seed}/tornado`,
      policy,
      runs: experiment.runs,
    })),
  );
  const outcomes = await evaluator.evaluate(requests);
  return metrics.map((metric) => {
    const differences = places.map((_, i) =>
      differenceOf(outcomes[2 * i]!, outcomes[2 * i + 1]!, labels, tornado, metric.column!),
    );
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
    return { metric: metric.name, policies: tornado, difference: meanOf(differences[0]!.values()), bars };
  });
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
  policies: readonly [string, string],
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
