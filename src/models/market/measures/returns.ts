/**
 * Returns from the shock (or the start) on, beside those of the twin in which nobody is liquidated: how heavy their tails are
 * and how much volatility clusters, and what part of it liquidations make.
 */
import type { PriceFact } from '../../../stats/facts/block.ts';
import { excessKurtosis, returnCorrelation, tailIndex, volatility } from '../../../stats/facts/returns.ts';
import { touchOf } from '../../../sim/observe/book-depth.ts';
import type { ColumnInfo } from '../../model.ts';
import { differenceOfThose, meanOfThose } from '../estimates.ts';
import type { MarketRun } from '../market-run.ts';
import type { Measure } from '../measure.ts';
import { real } from '../../columns.ts';

/** Fewer say nothing of a tail. */
const LEAST_SAMPLES = 300;

interface Kind {
  readonly name: string;
  readonly unit: string;
  readonly about: string;
  readonly of: PriceFact;
}

const kinds: readonly Kind[] = [
  {
    name: 'volatility_1s',
    unit: 'per year',
    about: 'Volatility of returns of the middle over 1 s',
    of: volatility(1),
  },
  {
    name: 'tail_index',
    unit: '',
    about: 'Hill’s index of the largest 1 % of absolute returns over 1 s; lower: heavier tails',
    of: tailIndex(1, 0.01),
  },
  {
    name: 'kurtosis_10s',
    unit: '',
    about: 'Excess kurtosis of returns over 10 s',
    of: excessKurtosis(10),
  },
  {
    name: 'clustering_10s',
    unit: '',
    // Not of returns over 1 s: one large sale makes a second so large that it is most of their variance, and drowns what lasts.
    about: 'Autocorrelation of absolute returns over 10 s at a lag of 10 s',
    of: returnCorrelation(10, 1, true),
  },
];

const WHY = `there are fewer than ${LEAST_SAMPLES} samples from the shock on, or no spread in them`;

/** Middles of the twin by run: a measure is one for all runs, which are many at a time. */
const twins = new WeakMap<MarketRun, number[]>();

export const returns: Measure = {
  columns: kinds.flatMap(({ name, unit, about }): ColumnInfo[] => [
    real(name, unit, `${about}. NaN below ${LEAST_SAMPLES} samples.`),
    { name: `twin_${name}`, type: 'DOUBLE', unit, about: 'The same with the liquidation engine off.' },
  ]),
  atShock(run) {
    twins.set(run, [touchOf(run.venue, 0).middle]);
  },
  atEnd(run) {
    fill(run, '', run.path.instruments[0]?.middle ?? []);
  },
  sampleTwin(run) {
    twins.get(run)!.push(touchOf(run.venue, 0).middle);
  },
  atTwinEnd(run) {
    fill(run, 'twin_', twins.get(run)!);
  },
  metrics: (runs) =>
    Object.fromEntries(
      kinds.flatMap(({ name }) => [
        [name, meanOfThose(runs[name]!, WHY)],
        [`${name}_by_liquidations`, differenceOfThose(runs[name]!, runs[`twin_${name}`]!, WHY)],
      ]),
    ),
  differences: (a, b) =>
    Object.fromEntries(kinds.map(({ name }) => [name, differenceOfThose(a[name]!, b[name]!, WHY)])),
};

function fill(run: MarketRun, prefix: string, middles: readonly number[]): void {
  const mid = Float64Array.from(middles);
  const enough = mid.length >= LEAST_SAMPLES;
  for (const { name, of } of kinds) run.set(`${prefix}${name}`, enough ? of([{ mid, index: mid }]) : NaN);
}
