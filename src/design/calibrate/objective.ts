/** How far a market's moments are from their targets: each in units of what luck and the targets' own errors make it differ by. */
import type { Calibration, Target } from '../../models/market/file/calibrate.ts';
import type { Moment } from '../../scorecard/facts/moments.ts';
import { moments, scaled } from '../../scorecard/facts/moments.ts';
import type { RunColumns } from '../../models/model.ts';
import { momentsOf } from '../../stats/intervals/moments.ts';

/** Runs of the file as it stands: enough for a variance. */
export const REFERENCE_RUNS = 12;

/** A target with the moment that it is of. */
export type Aim = Target & { readonly of: Moment };

export function aimsOf({ read }: Calibration): readonly Aim[] {
  return read.map((target) => ({ ...target, of: moments.find(({ name }) => name === target.moment)! }));
}

/** Of each aim the mean over runs of what is compared (of a logarithm where it is that); NaN where a run has none. */
export function meansOf(columns: RunColumns, aims: readonly Aim[]): number[] {
  return aims.map((aim) => meanOf(valuesOf(columns, aim)));
}

/** As they are compared, run by run. */
export function valuesOf(columns: RunColumns, { moment, of }: Aim): number[] {
  return Array.from(columns[moment]!, (value) => scaled(of, value));
}

/** Variance of one run's moment, of each aim: a run is a block that luck draws. */
export function varianceOf(columns: RunColumns, aims: readonly Aim[]): number[] {
  return aims.map((aim) => {
    const { sd } = momentsOf(valuesOf(columns, aim).filter(Number.isFinite));
    return sd * sd;
  });
}

/**
 * (moment − target) / √(error² + variance) of each aim, of one run's moments. Distances are means over runs, never the distance
 * of a mean: so they compare whatever the numbers of runs are.
 */
function deviationsOf(own: readonly number[], aims: readonly Aim[], variances: readonly number[]): number[] {
  return aims.map(
    (aim, i) => (own[i]! - scaled(aim.of, aim.value)) / Math.sqrt(aim.error * aim.error + variances[i]!),
  );
}

export interface Distances {
  /** Of the moments that are fitted, and of those that were held out. */
  readonly fitted: number;
  readonly held_out: number;
}

/** Of runs of one market or of many: mean over the runs. NaN of none. */
export function distancesOf(
  all: readonly RunColumns[],
  aims: readonly Aim[],
  variances: readonly number[],
): Distances {
  const runs = all.flatMap((columns) => {
    const values = aims.map((aim) => valuesOf(columns, aim));
    return Array.from(columns['run']!, (_, run) =>
      deviationsOf(
        values.map((of) => of[run]!),
        aims,
        variances,
      ),
    );
  });
  const mean = (heldOut: boolean): number => {
    const each = runs.map((own) => distanceOf(own.filter((_, i) => aims[i]!.held_out === heldOut)));
    return meanOf(each.filter((distance) => !Number.isNaN(distance)));
  };
  return { fitted: mean(false), held_out: mean(true) };
}

/** Root mean square over those that are known; NaN of none. */
function distanceOf(deviations: readonly number[]): number {
  const known = deviations.filter((z) => !Number.isNaN(z));
  return Math.sqrt(meanOf(known.map((z) => z * z)));
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
