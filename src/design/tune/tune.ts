/**
 * A policy search from beginning to end: points on the experiment's own seeds, then the best of them once more on fresh
 * seeds, beside the file's policies as they stand. What is reported is what the fresh seeds say: the best of many noisy
 * results is better than it will be again.
 */
import type { Estimate } from '../../stats/estimate.ts';
import type { Frontiers } from '../../models/compare/index.ts';
import { frontiersOf, metricNamed } from '../../models/compare/index.ts';
import type { Evaluator } from '../points/evaluate.ts';
import { PointError, requireAny } from '../points/evaluate.ts';
import type { Point } from '../points/space.ts';
import { setsOf } from '../points/space.ts';
import type { Experiment } from '../../models/experiment.ts';
import { searchesOf } from '../../models/market/absorption-results.ts';
import { finalistsOf } from './front.ts';
import type { Objective } from './objectives.ts';
import { estimateOf, valuesOf } from './objectives.ts';
import type { Told } from './search.ts';
import type { Evaluated, TuneSetup } from './setup.ts';

interface TunedPoint {
  readonly point: Point;
  /** Of each objective, by its name. */
  readonly objectives: Readonly<Record<string, Estimate>>;
}

export interface Finalist {
  /** `mine#1`, or the name of a policy of the file. */
  readonly name: string;
  /** Undefined for a policy of the file as it stands. */
  readonly point?: Point;
  readonly sets: readonly string[];
  /** On the seeds of the search; undefined for a policy of the file. */
  readonly search?: Readonly<Record<string, Estimate>>;
  readonly fresh: Readonly<Record<string, Estimate>>;
}

export interface TuneResult {
  readonly parameters: TuneSetup['space'];
  readonly objectives: TuneSetup['objectives'];
  readonly policy: string | undefined;
  readonly runs: number;
  readonly fresh_runs: number;
  readonly finalists: readonly Finalist[];
  /** On fresh seeds, of the objectives. */
  readonly frontier: Frontiers;
  /** In the order in which they were evaluated. */
  readonly points: readonly TunedPoint[];
}

/** Points evaluated at a time: a turn of all weightings of two objectives. */
const AT_ONCE = 5;

/**
 * A point that fails has no value in any objective: the search goes round it, and it is no finalist. Throws PointError where
 * no point can be run, ConfigError where results lack an objective.
 */
export async function tune(setup: TuneSetup, evaluator: Evaluator): Promise<TuneResult> {
  const points = await searched(setup, evaluator);
  const freshness = freshnessOf(setup);
  const candidates = [
    ...(await rerun(setup, evaluator, points, freshness)),
    ...(await filePolicies(setup, evaluator, freshness)),
  ];
  if (candidates.length === 0) throw new PointError('none of the finalists could be run on fresh seeds');
  return {
    parameters: setup.space,
    objectives: setup.objectives,
    policy: setup.policy,
    runs: setup.experiment.runs,
    fresh_runs: freshness.runs,
    finalists: candidates.map(({ finalist }) => finalist),
    frontier: frontierOf(setup, candidates),
    points,
  };
}

interface Candidate {
  readonly finalist: Finalist;
  readonly result: Evaluated;
}

type Freshness = { readonly seed: string; readonly runs: number };

/** What the best points are run again on. */
export function freshnessOf({ experiment, block }: TuneSetup): Freshness {
  return { seed: `${experiment.seed}/fresh`, runs: block.fresh_runs ?? experiment.runs };
}

async function searched(setup: TuneSetup, evaluator: Evaluator): Promise<TunedPoint[]> {
  const search = setup.search();
  const points: TunedPoint[] = [];
  const all: (Evaluated | PointError)[] = [];
  while (points.length < setup.budget) {
    const asked = search.ask(Math.min(AT_ONCE, setup.budget - points.length));
    if (asked.length === 0) break; // every value that the parameters can take is known
    const results = await setup.evaluate(evaluator, asked);
    all.push(...results);
    asked.forEach((point, i) => {
      const objectives = namedEstimates(setup, results[i]!);
      points.push({ point, objectives });
      search.tell(toldOf(setup, { point, objectives }));
    });
  }
  requireAny(all);
  return points;
}

/** The best points on fresh seeds. */
async function rerun(
  setup: TuneSetup,
  evaluator: Evaluator,
  points: readonly TunedPoint[],
  freshness: Freshness,
): Promise<Candidate[]> {
  const told = points
    .map((one) => ({ ...toldOf(setup, one), search: one.objectives }))
    .filter(({ values }) => values.some((value) => !Number.isNaN(value)));
  const best = finalistsOf(told, setup.block.finalists);
  const places = best.map(({ point }) => point);
  const results = await setup.evaluate(evaluator, places, freshness);
  return best.flatMap(({ point, search }, i) => {
    const result = results[i]!;
    if (result instanceof PointError) return [];
    const fresh = namedEstimates(setup, result);
    const name = `${setup.policy ?? 'point'}#${i + 1}`;
    return [{ result, finalist: { name, point, sets: setsOf(setup.space, point), search, fresh } }];
  });
}

/** The policies of the file as they stand, on the same fresh seeds. */
async function filePolicies(
  setup: TuneSetup,
  evaluator: Evaluator,
  freshness: Freshness,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const name of policiesOf(setup.experiment)) {
    const result = await setup.evaluatePolicy(evaluator, name, freshness);
    if (result instanceof PointError) continue;
    candidates.push({ result, finalist: { name, sets: [], fresh: namedEstimates(setup, result) } });
  }
  return candidates;
}

/** Policies of the file, which are run beside them. */
export function policiesOf(experiment: Experiment): string[] {
  return experiment.model === 'market' ? Object.keys(experiment.policies) : [];
}

function frontierOf({ experiment, objectives }: TuneSetup, candidates: readonly Candidate[]): Frontiers {
  const lac = experiment.model === 'market' ? experiment.lac : undefined;
  const cells = candidates.flatMap(({ finalist, result }) =>
    result.cells.map(({ labels, metrics, caveats }, i) => ({
      policy: finalist.name,
      shock: labels['shock'] ?? 'all',
      runs: result.columns[i]!,
      searches: lac && searchesOf(result.columns[i]!, lac.probability),
      metrics,
      caveats,
    })),
  );
  const metrics = objectives.map(({ metric, better }) => metricNamed(metric, better));
  return frontiersOf(cells, experiment.model === 'market' ? experiment.money : '', experiment.seed, metrics);
}

const NONE: Estimate = { value: NaN, low: NaN, high: NaN };

function namedEstimates({ objectives }: TuneSetup, result: Evaluated | PointError): Record<string, Estimate> {
  const estimated = (objective: Objective): Estimate =>
    result instanceof PointError ? NONE : estimateOf(result.cells, objective);
  return Object.fromEntries(objectives.map((objective) => [objective.metric, estimated(objective)]));
}

function toldOf({ objectives }: TuneSetup, one: TunedPoint): Told {
  const estimates = objectives.map(({ metric }) => one.objectives[metric]!);
  return { point: one.point, values: valuesOf(estimates, objectives) };
}
