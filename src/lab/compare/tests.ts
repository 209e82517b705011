/** Which differences between policies are more than luck: all pairs and metrics of a block are one family of tests. */
import { holm } from '../../stats/holm.ts';
import { pairedPValue } from '../../stats/paired-test.ts';
import type { Block, BlockPolicy } from './block.ts';
import type { ComparedMetric } from './metrics.ts';

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

  constructor({ policies }: Block, metrics: readonly ComparedMetric[]) {
    const keys: string[] = [];
    const values: number[] = [];
    forEachPair(policies, (one, other) => {
      for (const { name, column } of metrics) {
        keys.push(keyOf(one.policy, other.policy, name));
        values.push(
          column === undefined
            ? NaN // estimates of the cell as a whole come without pairs
            : pairedPValue(one.columns[name]!, other.columns[name]!),
        );
      }
    });
    const adjusted = holm(values);
    keys.forEach((key, i) => this.#tests.set(key, { p: values[i]!, p_adjusted: adjusted[i]! }));
  }

  of(one: string, other: string, metric: string): PairTest {
    return (this.#tests.get(keyOf(one, other, metric)) ?? this.#tests.get(keyOf(other, one, metric)))!;
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
