/** What a design lacks: points that could not be run, and runs of other points that failed. */
import type { FailedRun } from '../../lab/store/failed-run.ts';
import type { PointRequest } from './evaluate.ts';

export interface FailedPoint {
  /** In the order in which points were chosen, from 1: the first ones are the rows of `points.parquet`. */
  readonly point: number;
  /** `path=value` of its settings; none: a policy of the file as it stands. */
  readonly sets: readonly string[];
  readonly seed: string;
  readonly policy?: string | undefined;
  readonly why: string;
}

/** A failed run of a point that has others: it is in no number. */
export interface FailedPointRun extends FailedRun {
  readonly point: number;
}

/** In the order of the points, whoever was done first. */
export interface DesignFailures {
  readonly failed_points: readonly FailedPoint[];
  readonly failures: readonly FailedPointRun[];
}

export function failedPoint({ sets, seed, policy }: PointRequest, point: number, why: string): FailedPoint {
  return { point, sets, seed, ...(policy === undefined ? {} : { policy }), why };
}

/** `point 17 (policies.mine.margin.leverage=12.5) failed: why`, in one line. */
export function describeFailedPoint({ point, sets, policy = 'the file', why }: FailedPoint): string {
  const settings = sets.length === 0 ? `${policy} as it stands` : sets.join(', ');
  return `point ${point} (${settings}) failed: ${why.replaceAll(/\s*\n\s*/g, ' ')}`;
}
