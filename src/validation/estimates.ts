/** Checks of what a model itself reports, and of targets that are printed for some settings and exact for all. */
import { normalBound } from '../stats/estimate.ts';
import type { Estimate } from '../stats/estimate.ts';
import { modelOf } from '../models/index.ts';
import type { Runs } from './runs.ts';
import type { Check } from './validation.ts';
import { check } from './validation.ts';

/** The model's own results of the first cell: the numbers that `unwind run` prints, not computed a second time. */
export function estimatesOf({ experiment, cells }: Runs): Readonly<Record<string, Estimate>> {
  const { metrics } = modelOf(experiment).summarise(experiment, cells).cells[0]!;
  return metrics as Readonly<Record<string, Estimate>>;
}

/** Standard error that an interval stands for. */
function errorOf({ low, high }: Estimate): number {
  return (high - low) / (2 * normalBound(0.95)); // NaN where so few runs have none
}

/**
 * A check against `target` within `tolerance`, or within four standard errors where that is more: with fewer runs than the
 * file's, the value is less sure. The error is the sample's own, from its 95 % interval.
 */
export function checkEstimate(what: string, target: number, estimate: Estimate, tolerance: number): Check {
  const error = errorOf(estimate);
  return check(
    what,
    target,
    estimate.value,
    error,
    Number.isNaN(error) ? tolerance : Math.max(tolerance, 4 * error),
  );
}

/**
 * The printed number where it is the exact one, rounded to its last digit: then the settings are those that it was printed
 * for; else, when they were changed, the exact number itself.
 */
export function printed(number: string, exact: number): number {
  const decimals = number.length - number.indexOf('.') - 1;
  return exact.toFixed(decimals) === Number(number).toFixed(decimals) ? Number(number) : exact;
}
