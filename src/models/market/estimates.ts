/** Estimates that measures share. */
import type { Estimate } from '../../stats/estimate.ts';
import { within } from '../../stats/estimate.ts';
import { meanInterval } from '../../stats/intervals/mean.ts';
import { pairedDifference } from '../../stats/pairs/paired.ts';
import type { RunColumns } from '../model.ts';
import type { Metrics } from './measure.ts';

/** An estimate that is not of all runs: of how many it is, how many had no such number, and why. */
export type OfSome = Estimate & {
  readonly n: number;
  readonly left_out: number;
  readonly because: string;
};

/** Mean of a quantity that cannot be negative. */
export function positiveMean(values: Float64Array): Estimate {
  return within(meanInterval(values), 0, Infinity);
}

/**
 * Mean over the runs that have such a number, NaN and Infinity being none; told apart where that is not all of them.
 * `because`: why a run may have none, to be read behind "in 9 of 40 runs".
 */
export function meanOfThose(
  values: Float64Array,
  because: string,
  min = -Infinity,
  max = Infinity,
): Estimate {
  const known = values.filter((value) => Number.isFinite(value));
  const mean = within(meanInterval(known), min, max);
  if (known.length === values.length) return mean;
  const some: OfSome = { ...mean, n: known.length, left_out: values.length - known.length, because };
  return some;
}

/** `meanOfThose` of each of these columns, which cannot be negative, under the column's name. */
export function positiveMeans(
  runs: RunColumns,
  columns: readonly string[],
  because = 'there is no such number',
): Metrics {
  return Object.fromEntries(columns.map((name) => [name, meanOfThose(runs[name]!, because, 0)]));
}

/** Paired difference of the pairs in which both runs have a number; told apart where that is not all of them. */
export function differenceOfThose(a: Float64Array, b: Float64Array, because: string): Estimate {
  const both = (_: number, i: number): boolean => Number.isFinite(a[i]!) && Number.isFinite(b[i]!);
  const [left, right] = [a.filter(both), b.filter(both)];
  const difference = pairedDifference(left, right);
  if (left.length === a.length) return difference;
  const some: OfSome = { ...difference, n: left.length, left_out: a.length - left.length, because };
  return some;
}
