/** Which differences between policies are more than luck: all pairs and metrics of a block are one family of tests. */
import { holm } from '../../stats/pairs/holm.ts';
import type { CapacityDifference, Searches } from '../../stats/pairs/paired-capacity.ts';
import { capacityDifferences } from '../../stats/pairs/paired-capacity.ts';
import { pairedPValue } from '../../stats/pairs/paired-test.ts';
import type { Block, BlockPolicy } from './block.ts';
import type { ComparedMetric } from './metrics.ts';
import { CAPACITY } from './metrics.ts';

export interface PairTest {
  /** Of this pair alone. */
  readonly p: number;
  /** Corrected for all pairs and metrics of the block (Holm). */
  readonly p_adjusted: number;
}

/** A difference is shown where the adjusted p-value is below this. */
export const SIGNIFICANT = 0.05;

/** Of every two policies of a block, the later one and the earlier one: tests by metric. */
export class PairTests {
  readonly #tests = new Map<string, PairTest>();
  /** Of the metrics, those that pairs of runs or of their continuations tell of. */
  readonly paired: readonly ComparedMetric[];
  /** In the order of `forEachPair`; empty if the capacity is not paired. */
  readonly capacities: readonly CapacityDifference[];

  constructor(block: Block, metrics: readonly ComparedMetric[], capacities: Capacities) {
    const keys: string[] = [];
    const values: number[] = [];
    this.paired = metrics.filter(
      ({ name, column }) => column !== undefined || (name === CAPACITY && hasSearches(block)),
    );
    this.capacities = this.paired.some(({ name }) => name === CAPACITY) ? capacities.of(block) : [];
    let pair = 0;
    forEachPair(block.policies, (one, other) => {
      for (const { name } of this.paired) {
        keys.push(keyOf(one.policy, other.policy, name));
        values.push(
          name === CAPACITY
            ? this.capacities[pair]!.p
            : pairedPValue(one.columns[name]!, other.columns[name]!),
        );
      }
      pair++;
    });
    const adjusted = holm(values);
    keys.forEach((key, i) => this.#tests.set(key, { p: values[i]!, p_adjusted: adjusted[i]! }));
  }

  of(one: string, other: string, metric: string): PairTest {
    return (this.#tests.get(keyOf(one, other, metric)) ?? this.#tests.get(keyOf(other, one, metric)))!;
  }
}

function hasSearches({ policies }: Block): boolean {
  return policies.every(({ searches }) => searches !== undefined);
}

/** Differences of capacities; blocks with the same searches, as all have where no run was lost, have the same ones. */
export class Capacities {
  readonly #seed: string;
  #searches: readonly Searches[] = [];
  #found: readonly CapacityDifference[] = [];

  /** `seed` names the resamples. */
  constructor(seed: string) {
    this.#seed = seed;
  }

  /** In the order of `forEachPair`. */
  of({ policies }: Block): readonly CapacityDifference[] {
    const searches = policies.map((policy) => policy.searches!);
    const isKnown =
      searches.length === this.#searches.length && searches.every((one, i) => one === this.#searches[i]);
    if (isKnown) return this.#found;
    const pairs: [number, number][] = [];
    forEachPair(policies, (one, other) => pairs.push([policies.indexOf(one), policies.indexOf(other)]));
    this.#searches = searches;
    this.#found = capacityDifferences(searches, pairs, { seed: this.#seed });
    return this.#found;
  }
}

/** Every two policies once: the later one against each before it. */
export function forEachPair(
  policies: readonly BlockPolicy[],
  visit: (one: BlockPolicy, other: BlockPolicy) => void,
): void {
  policies.forEach((one, i) => {
    for (const other of policies.slice(0, i)) visit(one, other);
  });
}

function keyOf(one: string, other: string, metric: string): string {
  return `${one}\n${other}\n${metric}`;
}
