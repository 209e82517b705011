/**
 * Differences of absorption capacities between policies whose continuations have the same luck.
 *
 * What cancels is the luck and, where the books before the sale are the same, the grid of sizes that was searched. The
 * difference is that of the capacities as reported, the quantiles of the lower ends. What the searches left open is not in
 * the interval: it makes both capacities too low, by no more than the precision asked for.
 *
 * The interval is standard-interval.ts's, not BCa's. Measured with lognormal critical sales (σ = 0.4 and more), searched to
 * 10 %, luck correlated by 0.5 and 0.9, over 400 to 1,500 batches (trials paired-capacity of coverage.yaml among them): the
 * difference of 5 % quantiles is covered in 94.8 to 97.9 % with 80 continuations in 40 runs, in 94.0 to 97.3 % with 240 in 120.
 * BCa covers 89.6 to 96.0 % and calls luck alone a difference in 6 to 9 % at P < .05; percentiles cover 96 to 99.
 * P < .05 was found in 2.7 to 4.5 % of 20,000 batches without a difference (80 continuations), < .01 in 0.3 to 0.9,
 * < .001 in 0.04 to 0.18; where rare crashes, not shared, lie just at the quantile, in 5.8, 1.4 and 0.32 %. Further out P is
 * too small: < .0001 was found in up to 0.05 %.
 */
import type { TakenSizes } from '../cascade/absorbed-share.ts';
import { fallingSizes, hasAgain } from '../cascade/absorbed-share.ts';
import { capacityOf, isBounded } from '../cascade/absorption.ts';
import type { Bootstrap, ResamplingOptions, Statistics } from '../intervals/bootstrap.ts';
import { bootstrap } from '../intervals/bootstrap.ts';
import { CONFIDENCE } from '../estimate.ts';
import { rarestExchange } from './paired-test.ts';
import { standardPValue } from '../intervals/standard-interval.ts';

/** Critical sizes under one policy: a column a continuation that a run makes, a row a run. */
export interface Searches {
  /** Share of continuations that must take the capacity. */
  readonly probability: number;
  /** Largest size taken. */
  readonly lows: readonly Float64Array[];
  /** Smallest that was not; Infinity: the search gave up. */
  readonly highs: readonly Float64Array[];
  /** Larger sizes that were taken again, from where to where; NaN: none. Left out: none anywhere. */
  readonly from?: readonly Float64Array[] | undefined;
  readonly to?: readonly Float64Array[] | undefined;
}

export interface CapacityDifference {
  /** Of the difference; its replicates are NaN where a capacity is not bounded on both sides: then nothing is known of it. */
  readonly bootstrap: Bootstrap;
  /**
   * Two-sided, of "the capacities are the same": `standardPValue`, but never below 2^(1 − runs that differ), as no result is
   * rarer if the labels of the runs can be exchanged. NaN where unknown.
   */
  readonly p: number;
}

/**
 * The capacity of `policies[a]` less that of `policies[b]` for each pair [a, b]. Runs are drawn, with all their
 * continuations and the same ones for all policies: with the seed and rows of another bootstrap, the same as there.
 * Policies must have the same shape and probability. No run: NaN.
 */
export function capacityDifferences(
  policies: readonly Searches[],
  pairs: readonly (readonly [number, number])[],
  options: ResamplingOptions,
): CapacityDifference[] {
  const { probability, lows } = policies[0]!;
  const rows = lows[0]!.length;
  const drawn = new Int32Array(rows);
  const ordered = policies.map((one) => resamplerOf(one));
  const capacities = new Float64Array(policies.length);
  const statistics: Statistics = ([numbers], out) => {
    drawn.fill(0);
    for (const row of numbers!) drawn[row] = drawn[row]! + 1;
    for (let i = 0; i < policies.length; i++) {
      const own = ordered[i]!.of(drawn, numbers!.length, 1 - probability);
      capacities[i] = own.length === 0 ? NaN : capacityOf(own, probability);
    }
    pairs.forEach(([a, b], pair) => (out[pair] = capacities[a]! - capacities[b]!));
  };
  const all = bootstrap([Float64Array.from(lows[0]!, (_, row) => row)], statistics, pairs.length, options);
  const known = policies.map((one) =>
    isBounded(joined(one.lows), joined(one.highs), probability, CONFIDENCE, againOf(one)),
  );
  return all.map((resampled, pair) => {
    const [a, b] = pairs[pair]!;
    // The kurtosis of the jackknife is noise here, as it sees one order statistic only.
    const found = { ...resampled, df: resampled.blocks - 1 };
    if (!known[a]! || !known[b]!) {
      return { bootstrap: { ...found, replicates: found.replicates.map(() => NaN) }, p: NaN };
    }
    const rarest = rarestExchange(runsThatDiffer(policies[a]!, policies[b]!, rows));
    return { bootstrap: found, p: Math.max(standardPValue(found), rarest) };
  });
}

/** Sizes of resamples, in order, of which the quantile is the capacity. */
interface Resampler {
  of(drawn: Int32Array, count: number, level: number): Float64Array;
}

/** Where nothing is taken again the lower ends are sorted once; else the curve is fitted anew to every resample. */
function resamplerOf(one: Searches): Resampler {
  const again = againOf(one);
  const lows = joined(one.lows);
  if (again === undefined || !hasAgain({ lows, ...again })) return new OrderedLows(one.lows);
  const rows = one.lows[0]!.length;
  return {
    of(drawn) {
      const rowsDrawn: number[] = [];
      for (let i = 0; i < lows.length; i++) {
        for (let times = drawn[i % rows]!; times > 0; times--) rowsDrawn.push(i);
      }
      const of = (column: Float64Array): Float64Array => Float64Array.from(rowsDrawn, (i) => column[i]!);
      return fallingSizes({ lows: of(lows), from: of(again.from), to: of(again.to) });
    },
  };
}

function againOf({
  from,
  to,
}: Searches): (Pick<TakenSizes, 'from' | 'to'> & Record<'from' | 'to', Float64Array>) | undefined {
  return from === undefined || to === undefined ? undefined : { from: joined(from), to: joined(to) };
}

/** Lower ends in order, once, so that those of a resample are in order without sorting thousands of times. */
class OrderedLows {
  private readonly values: Float64Array;
  /** Of each value, its run. */
  private readonly rows: Int32Array;
  private readonly slots: number;
  private readonly resample: Float64Array;

  constructor(lows: readonly Float64Array[]) {
    const rows = lows[0]!.length;
    const all = joined(lows);
    const order = Int32Array.from(all, (_, i) => i).sort((a, b) => all[a]! - all[b]!);
    this.values = Float64Array.from(order, (i) => all[i]!);
    this.rows = order.map((i) => i % rows);
    this.slots = lows.length;
    this.resample = new Float64Array(all.length);
  }

  /**
   * Of runs drawn so many times each, `count` in all: as many as there are, but only the lowest are filled in, up to the
   * quantile at `level` (most of the time would go into the others). Overwritten by the next call.
   */
  of(drawn: Int32Array, count: number, level: number): Float64Array {
    const { values, rows, resample } = this;
    const length = count * this.slots;
    const needed = Math.ceil(level * length) + 1;
    let end = 0;
    for (let i = 0; end < needed && i < values.length; i++) {
      for (let times = drawn[rows[i]!]!; times > 0; times--) resample[end++] = values[i]!;
    }
    return resample.subarray(0, length);
  }
}

function runsThatDiffer(one: Searches, other: Searches, rows: number): number {
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const differs = (part: 'lows' | 'from' | 'to', slot: number): boolean =>
      !Object.is(one[part]?.[slot]?.[row] ?? NaN, other[part]?.[slot]?.[row] ?? NaN);
    if (one.lows.some((_, slot) => differs('lows', slot) || differs('from', slot) || differs('to', slot)))
      count++;
  }
  return count;
}

function joined(columns: readonly Float64Array[]): Float64Array {
  const rows = columns[0]!.length;
  const all = new Float64Array(columns.length * rows);
  columns.forEach((column, slot) => all.set(column, slot * rows));
  return all;
}
