/** Estimates that measures share. */
import type { Estimate } from '../../../stats/estimate.ts';
import { within } from '../../../stats/estimate.ts';
import { meanInterval } from '../../../stats/mean.ts';
import { pairedDifference } from '../../../stats/paired.ts';
import type { RunColumns } from '../model.ts';
import type { Metrics } from './measure.ts';

/** Mean of a quantity that cannot be negative. */
export function positiveMean(values: Float64Array): Estimate {
  return within(meanInterval(values), 0, Infinity);
}

/** The runs in which there was such a number. */
export function finite(values: Float64Array): Float64Array {
  return values.filter((value) => Number.isFinite(value));
}

/** `positiveMean` of each of these columns, under the column's name, of the runs that have a number there. */
export function positiveMeans(runs: RunColumns, columns: readonly string[]): Metrics {
  return Object.fromEntries(columns.map((name) => [name, positiveMean(finite(runs[name]!))]));
}

/** Paired difference of the pairs in which both runs have a number. */
export function differenceWhereBothAre(a: Float64Array, b: Float64Array): Estimate {
  const both = (_: number, i: number): boolean => Number.isFinite(a[i]!) && Number.isFinite(b[i]!);
  return pairedDifference(a.filter(both), b.filter(both));
}
