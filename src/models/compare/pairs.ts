/** Differences of every two policies on the same seeds, with intervals: each by itself, and all of a block at once. */
import type { Bootstrap, Statistics } from '../../stats/intervals/bootstrap.ts';
import { bootstrap, intervalOf } from '../../stats/intervals/bootstrap.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { CONFIDENCE, withoutInterval } from '../../stats/estimate.ts';
import { LEAST_VALUES } from '../../stats/intervals/mean.ts';
import { pairedProportionDifference } from '../../stats/pairs/paired.ts';
import { simultaneousIntervals } from '../../stats/pairs/simultaneous.ts';
import { standardInterval } from '../../stats/intervals/standard-interval.ts';
import type { Block, BlockPolicy } from './block.ts';
import type { ComparedMetric } from './metrics.ts';
import { CAPACITY } from './metrics.ts';
import type { PairTest, PairTests } from './tests.ts';
import { forEachPair } from './tests.ts';

/** The policy's mean (or capacity) less the other's, with an interval for this difference alone. */
export interface Difference extends Estimate, PairTest {
  /** An interval that holds together with all others of the block. */
  readonly simultaneous: { readonly low: number; readonly high: number };
}

export interface Pair {
  readonly shock: string;
  readonly policy: string;
  readonly against: string;
  readonly differences: Readonly<Record<string, Difference>>;
}

/**
 * All pairs of a block. Means: bootstrap (BCa) over runs; all at once: max-t. Probabilities under one shock: Tango's score
 * interval, as resamples of runs that never differ show no spread; all at once: Bonferroni's level of it. The capacity:
 * what paired-capacity.ts says, on the same resamples. Means of fewer runs than LEAST_VALUES have no interval, as anywhere. `seed`: the one that the tests were made with.
 */
export function pairsOf(block: Block, tests: PairTests, seed: string): Pair[] {
  const { shock, policies } = block;
  const pairs: { one: BlockPolicy; other: BlockPolicy }[] = [];
  forEachPair(policies, (one, other) => pairs.push({ one, other }));
  if (pairs.length === 0) return [];
  const { paired } = tests;
  const found = resampled(policies, pairs, tests, seed);
  const bounds = found.map((one, at) =>
    paired[at % paired.length]!.name === CAPACITY ? standardInterval(one) : intervalOf(one, CONFIDENCE),
  );
  const isKnown = (at: number): boolean =>
    paired[at % paired.length]!.name === CAPACITY || found[at]!.blocks >= LEAST_VALUES;
  const alone = bounds.map((one, at) => (isKnown(at) ? one : withoutInterval(one.value)));
  const together = simultaneousIntervals(found, bounds).map((one, at) =>
    isKnown(at) ? one : withoutInterval(one.value),
  );
  return pairs.map(({ one, other }, i) => ({
    shock,
    policy: one.policy,
    against: other.policy,
    differences: Object.fromEntries(
      paired.map(({ name, unit }, m) => {
        const at = i * paired.length + m;
        const test = tests.of(one.policy, other.policy, name);
        const [a, b] = [one.columns[name], other.columns[name]];
        if (unit === 'probability' && isBinary(a!) && isBinary(b!)) {
          const confidence = 1 - (1 - CONFIDENCE) / found.length;
          const { low, high } = pairedProportionDifference(a!, b!, confidence);
          return [name, { ...pairedProportionDifference(a!, b!), ...test, simultaneous: { low, high } }];
        }
        const { low, high } = together[at]!;
        return [name, { ...alone[at]!, ...test, simultaneous: { low, high } }];
      }),
    ),
  }));
}

/** Resamples of the differences of all pairs (outer) and metrics (inner): every resample has the same seeds in all. */
function resampled(
  policies: readonly BlockPolicy[],
  pairs: readonly { one: BlockPolicy; other: BlockPolicy }[],
  { paired, capacities }: PairTests,
  seed: string,
): Bootstrap[] {
  const means = paired.filter(({ name }) => name !== CAPACITY);
  const differences = resampledMeans(policies, pairs, means, seed);
  return pairs.flatMap((_, i) =>
    paired.map((metric) =>
      metric.name === CAPACITY
        ? capacities[i]!.bootstrap
        : differences[i * means.length + means.indexOf(metric)]!,
    ),
  );
}

function resampledMeans(
  policies: readonly BlockPolicy[],
  pairs: readonly { one: BlockPolicy; other: BlockPolicy }[],
  metrics: readonly ComparedMetric[],
  seed: string,
): Bootstrap[] {
  if (metrics.length === 0) return [];
  const columns = policies.flatMap((policy) => metrics.map(({ name }) => policy.columns[name]!));
  const first = new Map(policies.map((policy, i) => [policy, i * metrics.length]));
  const ends = pairs.map(({ one, other }) => [first.get(one)!, first.get(other)!] as const);
  const means = new Float64Array(columns.length);
  const statistics: Statistics = (rows, out) => {
    rows.forEach((row, i) => (means[i] = meanOf(row)));
    ends.forEach(([a, b], pair) => {
      for (let m = 0; m < metrics.length; m++) out[pair * metrics.length + m] = means[a + m]! - means[b + m]!;
    });
  };
  return bootstrap(columns, statistics, pairs.length * metrics.length, { seed });
}

/** In resamples speed counts, and rounding is far below their spread. */
function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function isBinary(values: Float64Array): boolean {
  return values.every((value) => value === 0 || value === 1);
}
