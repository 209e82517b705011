/**
 * A calibration from beginning to end:
 *
 *   1. the file as it stands, on many runs: how much luck moves each moment, which weights the distance
 *   2. markets drawn evenly from the ranges (Sobol), each on luck of its own; from them the posterior, by ABC
 *   3. the same with each of these markets in the place of the data: which parameters come back, and whether intervals hold
 *   4. a search by ask and tell for the best single market, inside the posterior's intervals, on the same luck for all points
 *   5. all of it once more on fresh seeds: the file as it stands, the best market, and the draws
 */
import { createRng } from '../../core/rng.ts';
import type { Simulated } from '../../stats/abc/posterior.ts';
import { abcPosterior } from '../../stats/abc/posterior.ts';
import { recovery } from '../../stats/abc/recovery.ts';
import { systematic } from '../../stats/abc/systematic.ts';
import { sobolPoints } from '../../stats/designs/sobol-sequence.ts';
import type { Evaluator, PointOutcome } from '../points/evaluate.ts';
import { PointError, requireAny } from '../points/evaluate.ts';
import type { Parameter, Point } from '../points/space.ts';
import { pointAt, setsOf } from '../points/space.ts';
import type { PointRuns } from '../points/point-runs.ts';
import type { RunColumns } from '../../models/model.ts';
import { Search } from '../tune/search.ts';
import { checked, checkedDraws, columnsOf } from './check.ts';
import type { CheckedMarket } from './check.ts';
import type { Aim, Distances } from './objective.ts';
import { distancesOf, meansOf, REFERENCE_RUNS, varianceOf } from './objective.ts';
import type { ParameterResult, PosteriorDraw } from './posterior.ts';
import { drawsOf, parameterResults } from './posterior.ts';
import type { CalibrateSetup } from './setup.ts';

export interface CalibrateResult {
  readonly aims: readonly (Omit<Aim, 'of'> & { readonly about: string; readonly scale: string })[];
  /** Runs of a drawn market, of the file as it stands, and of it and the best market on fresh seeds. */
  readonly runs: number;
  readonly reference_runs: number;
  readonly fresh_runs: number;
  /** Draws that were run again on fresh seeds, with as many runs as drawn markets have. */
  readonly checked_draws: number;
  /** Drawn markets that have all fitted moments. */
  readonly usable: number;
  readonly keep: number;
  readonly parameters: readonly ParameterResult[];
  readonly draws: readonly PosteriorDraw[];
  /** Mean distance of the drawn markets: what the ranges alone give. */
  readonly drawn: Distances;
  readonly as_it_stands: CheckedMarket;
  readonly best: CheckedMarket & { readonly sets: readonly string[] };
  readonly posterior: CheckedMarket;
  /** Drawn markets in their order, and their moments as they are compared. */
  readonly points: readonly Point[];
  readonly means: readonly (readonly number[])[];
}

/** Draws that are run on fresh seeds. */
const CHECKED_DRAWS = 24;
/** Points of the search that are evaluated at a time. */
const AT_ONCE = 4;

/** Runs of all points, at most. */
export function runsOf({ block, runs }: CalibrateSetup): number {
  const points = block.points + block.search + CHECKED_DRAWS;
  return REFERENCE_RUNS + points * runs + 2 * block.fresh_runs;
}

/** Throws PointError where the file as it stands, or every drawn market, cannot be run. */
export async function calibrate(setup: CalibrateSetup, evaluator: Evaluator): Promise<CalibrateResult> {
  const { block, space, aims, seed, runs } = setup;
  const reference = await referenceOf(setup, evaluator);
  const variances = varianceOf(reference, aims);
  const points = placesOf(setup).map((place) => pointAt(space, place));
  const outcomes = await evaluator.evaluate(
    points.map((point, i) => ({
      sets: setsOf(space, point),
      seed: `${seed}/prior/${i}`,
      policy: undefined,
      runs,
    })),
  );
  requireAny(outcomes);
  const means = outcomes.map((one) => known(one, aims));
  const { simulations, observed } = simulationsOf(setup, means);
  const posterior = abcPosterior(simulations, observed, Math.min(block.keep, simulations.length - 1));
  const recovered = recovery(simulations, Math.min(block.keep, simulations.length - 2));
  const parameters = parameterResults(space, posterior, recovered);
  const draws = drawsOf(space, posterior);
  const best = await bestOf(setup, evaluator, parameters, variances);
  return {
    aims: aims.map(({ of: { about, scale }, ...aim }) => ({ ...aim, about, scale })),
    runs,
    reference_runs: REFERENCE_RUNS,
    fresh_runs: block.fresh_runs,
    checked_draws: CHECKED_DRAWS,
    usable: simulations.length,
    keep: posterior.draws.length,
    parameters,
    draws,
    drawn: distancesOf(columnsOf(outcomes), aims, variances),
    ...(await freshly(setup, evaluator, draws, best, variances)),
    points,
    means,
  };
}

async function referenceOf({ seed }: CalibrateSetup, evaluator: Evaluator): Promise<RunColumns> {
  const request = { sets: [], seed: `${seed}/reference`, policy: undefined, runs: REFERENCE_RUNS };
  const [outcome] = await evaluator.evaluate([request]);
  if (outcome instanceof PointError) throw outcome;
  return outcome!.cells[0]!;
}

/** Of a market that lost a run nothing is known: the lost one may be the wildest. */
function isKnown(outcome: PointOutcome): outcome is PointRuns {
  return !(outcome instanceof PointError) && outcome.lost.length === 0;
}

function known(outcome: PointOutcome, aims: readonly Aim[]): number[] {
  return isKnown(outcome) ? meansOf(outcome.cells[0]!, aims) : aims.map(() => NaN);
}

function placesOf({ block, space, seed }: CalibrateSetup): Float64Array[] {
  return sobolPoints(block.points, space.length, createRng(`${seed}/prior`));
}

/**
 * Drawn markets with all fitted moments, to which the errors of the targets are added: they belong to the model of what was
 * seen. Each has its own draw of them, whichever others there are.
 */
function simulationsOf(setup: CalibrateSetup, means: readonly (readonly number[])[]) {
  const { aims, seed } = setup;
  const fitted = aims.flatMap(({ held_out }, i) => (held_out ? [] : [i]));
  const places = placesOf(setup);
  const simulations = means.flatMap((own, i): Simulated[] => {
    if (!fitted.every((at) => Number.isFinite(own[at]!))) return [];
    const rng = createRng(`${seed}/errors/${i}`);
    return [{ place: places[i]!, moments: fitted.map((at) => own[at]! + aims[at]!.error * rng.normal()) }];
  });
  const least = 2 * places[0]!.length + 4;
  if (simulations.length < least)
    throw new PointError(
      `only ${simulations.length} of ${means.length} markets have all moments; at least ${least} must`,
    );
  return { simulations, observed: fitted.map((at) => setup.targets[at]!) };
}

/** The best single market inside the posterior's intervals; the point in their middle where the search has no budget. */
async function bestOf(
  setup: CalibrateSetup,
  evaluator: Evaluator,
  parameters: readonly ParameterResult[],
  variances: readonly number[],
): Promise<Point> {
  const { space, block, seed, runs, aims } = setup;
  const narrow = space.map((one, i): Parameter => ({ ...one, ...parameters[i]!.interval }));
  const middle = Object.fromEntries(space.map(({ path }, i) => [path, parameters[i]!.median]));
  const search = new Search(narrow, 1, Math.max(1, block.search), seed);
  for (let done = 0; done < block.search;) {
    const asked = search.ask(Math.min(AT_ONCE, block.search - done));
    if (asked.length === 0) break;
    const outcomes = await evaluator.evaluate(
      asked.map((point) => ({ sets: setsOf(space, point), seed, policy: undefined, runs })),
    );
    asked.forEach((point, i) =>
      search.tell({ point, values: [fittedDistance(outcomes[i]!, aims, variances)] }),
    );
    done += asked.length;
  }
  const known = search.told.filter(({ values: [value] }) => !Number.isNaN(value));
  return known.reduce((best, one) => (one.values[0]! < best.values[0]! ? one : best), {
    point: middle,
    values: [Infinity],
  }).point;
}

function fittedDistance(outcome: PointOutcome, aims: readonly Aim[], variances: readonly number[]): number {
  return isKnown(outcome) ? distancesOf(outcome.cells, aims, variances).fitted : NaN;
}

/** What is found, on seeds that nothing was chosen by. */
async function freshly(
  { space, block, seed, aims, runs }: CalibrateSetup,
  evaluator: Evaluator,
  draws: readonly PosteriorDraw[],
  best: Point,
  variances: readonly number[],
): Promise<Pick<CalibrateResult, 'as_it_stands' | 'best' | 'posterior'>> {
  const policy = undefined;
  const alone = { policy, seed: `${seed}/fresh`, runs: block.fresh_runs };
  const sets = setsOf(space, best);
  const sample = systematic(draws, CHECKED_DRAWS);
  const outcomes = await evaluator.evaluate([
    { sets: [], ...alone },
    { sets, ...alone },
    ...sample.map(({ point }, i) => ({
      sets: setsOf(space, point),
      seed: `${seed}/fresh/${i}`,
      policy,
      runs,
    })),
  ]);
  const [own, found, ...drawn] = outcomes as [PointOutcome, PointOutcome, ...PointOutcome[]];
  return {
    as_it_stands: checked(own, aims, variances),
    best: { ...checked(found, aims, variances), sets },
    posterior: checkedDraws(drawn, aims, variances),
  };
}
