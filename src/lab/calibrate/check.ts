/** How good a market, or a sample of markets, is on seeds that it was not chosen by: distances, and which targets it covers. */
import { CONFIDENCE, studentBound } from '../../stats/estimate.ts';
import { weightedQuantile } from '../../stats/abc/weighted.ts';
import type { PointOutcome } from '../design/evaluate.ts';
import { PointError } from '../design/evaluate.ts';
import { scaled } from '../facts/moments.ts';
import type { Aim } from './objective.ts';
import { deviationsOf, distanceOf, meanOf, meansOf, REFERENCE_RUNS } from './objective.ts';

export interface CheckedMoment {
  readonly moment: string;
  /** As it is compared, with the interval that luck (or, of draws, luck and not knowing better) gives it. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly holds_target: boolean;
}

export interface CheckedMarket {
  /** Of the fitted moments, and of those that were held out. */
  readonly distance: { readonly fitted: number; readonly held_out: number };
  /** Share of the moments whose interval holds the target. */
  readonly coverage: { readonly fitted: number; readonly held_out: number };
  readonly moments: readonly CheckedMoment[];
}

/** Of draws of equal weight: the mean of their distances. */
export type CheckedDraws = CheckedMarket;

/** Means over runs, with intervals from the variance of a run. A point that failed has no value. */
export function checked(
  outcome: PointOutcome,
  aims: readonly Aim[],
  variances: readonly number[],
): CheckedMarket {
  if (outcome instanceof PointError)
    return summed(
      aims,
      aims.map(() => NaN),
      aims.map(nothing),
    );
  const columns = outcome.cells[0]!;
  const runs = columns['run']!.length;
  const means = meansOf(columns, aims);
  const moments = aims.map((aim, i) => {
    const half = studentBound(CONFIDENCE, REFERENCE_RUNS - 1) * Math.sqrt(variances[i]! / runs);
    return momentOf(aim, means[i]!, means[i]! - half, means[i]! + half);
  });
  return summed(aims, deviationsOf(means, aims, variances, runs), moments);
}

export function checkedDraws(
  outcomes: readonly PointOutcome[],
  aims: readonly Aim[],
  variances: readonly number[],
): CheckedDraws {
  const each = outcomes.map((outcome) => checked(outcome, aims, variances));
  const tail = (1 - CONFIDENCE) / 2;
  const equal = each.map(() => 1);
  const moments = aims.map((aim, i) => {
    const values = each.map((one) => one.moments[i]!.value).filter((value) => !Number.isNaN(value));
    const [low, high] = [tail, 1 - tail].map((p) => weightedQuantile(values, equal, p)) as [number, number];
    return momentOf(aim, meanOf(values), low, high);
  });
  const distance = meanDistance(
    outcomes.map((one) => deviationsIn(one, aims, variances)),
    aims,
  );
  return { distance, coverage: coverageOf(aims, moments), moments };
}

/** Over markets, of the moments that are fitted and of those that are not. */
export function meanDistance(
  deviations: readonly (readonly number[])[],
  aims: readonly Aim[],
): CheckedMarket['distance'] {
  const mean = (heldOut: boolean): number =>
    meanOf(deviations.map((own) => distanceIn(own, aims, heldOut)).filter((value) => !Number.isNaN(value)));
  return { fitted: mean(false), held_out: mean(true) };
}

function deviationsIn(outcome: PointOutcome, aims: readonly Aim[], variances: readonly number[]): number[] {
  if (outcome instanceof PointError) return aims.map(() => NaN);
  const columns = outcome.cells[0]!;
  return deviationsOf(meansOf(columns, aims), aims, variances, columns['run']!.length);
}

function distanceIn(deviations: readonly number[], aims: readonly Aim[], heldOut: boolean): number {
  return distanceOf(deviations.filter((_, i) => aims[i]!.held_out === heldOut));
}

function summed(
  aims: readonly Aim[],
  deviations: readonly number[],
  moments: readonly CheckedMoment[],
): CheckedMarket {
  const distance = {
    fitted: distanceIn(deviations, aims, false),
    held_out: distanceIn(deviations, aims, true),
  };
  return {
    distance,
    coverage: coverageOf(aims, moments),
    moments,
  };
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

function nothing(aim: Aim): CheckedMoment {
  return momentOf(aim, NaN, NaN, NaN);
}
