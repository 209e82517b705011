/** How good a market, or a sample of markets, is on seeds that it was not chosen by: distances, and which targets it covers. */
import { CONFIDENCE, studentBound } from '../../stats/estimate.ts';
import { weightedQuantile } from '../../stats/abc/weighted.ts';
import type { PointOutcome } from '../points/evaluate.ts';
import { PointError } from '../points/evaluate.ts';
import { scaled } from '../../scorecard/facts/moments.ts';
import type { RunColumns } from '../../models/model.ts';
import type { Aim, Distances } from './objective.ts';
import { distancesOf, meanOf, REFERENCE_RUNS, valuesOf } from './objective.ts';

export interface CheckedMoment {
  readonly moment: string;
  /** As it is compared, with the interval that luck (or, of draws, luck and not knowing better) gives it. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly holds_target: boolean;
}

export interface CheckedMarket {
  readonly distance: Distances;
  /** Share of the moments whose interval holds the target. */
  readonly coverage: Distances;
  readonly moments: readonly CheckedMoment[];
}

/** Means over runs, with intervals from the variance of a run. A point that failed has no value. */
export function checked(
  outcome: PointOutcome,
  aims: readonly Aim[],
  variances: readonly number[],
): CheckedMarket {
  const known = columnsOf([outcome]);
  const moments = aims.map((aim, i) => {
    const [columns] = known;
    if (columns === undefined) return momentOf(aim, NaN, NaN, NaN);
    const mean = meanOf(valuesOf(columns, aim));
    const half =
      studentBound(CONFIDENCE, REFERENCE_RUNS - 1) * Math.sqrt(variances[i]! / columns['run']!.length);
    return momentOf(aim, mean, mean - half, mean + half);
  });
  return { distance: distancesOf(known, aims, variances), coverage: coverageOf(aims, moments), moments };
}

/** Of draws of equal weight: intervals hold what luck moves moments by, and what is not known better. */
export function checkedDraws(
  outcomes: readonly PointOutcome[],
  aims: readonly Aim[],
  variances: readonly number[],
): CheckedMarket {
  const known = columnsOf(outcomes);
  const tail = (1 - CONFIDENCE) / 2;
  const moments = aims.map((aim) => {
    const values = known
      .map((columns) => meanOf(valuesOf(columns, aim)))
      .filter((value) => !Number.isNaN(value));
    const equal = values.map(() => 1);
    const [low, high] = [tail, 1 - tail].map((p) => weightedQuantile(values, equal, p)) as [number, number];
    return momentOf(aim, meanOf(values), low, high);
  });
  return { distance: distancesOf(known, aims, variances), coverage: coverageOf(aims, moments), moments };
}

/** Of the points that could be run. */
export function columnsOf(outcomes: readonly PointOutcome[]): RunColumns[] {
  return outcomes.flatMap((one) => (one instanceof PointError ? [] : [one.cells[0]!]));
}

function coverageOf(aims: readonly Aim[], moments: readonly CheckedMoment[]): CheckedMarket['coverage'] {
  const share = (heldOut: boolean): number => {
    const own = moments.filter((_, i) => aims[i]!.held_out === heldOut);
    return own.filter(({ holds_target }) => holds_target).length / own.length;
  };
  return { fitted: share(false), held_out: share(true) };
}

function momentOf(aim: Aim, value: number, low: number, high: number): CheckedMoment {
  const target = scaled(aim.of, aim.value);
  return { moment: aim.moment, value, low, high, holds_target: target >= low && target <= high };
}
