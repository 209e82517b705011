// Weighted draws: as often as the weights say, and nothing else.
import { describe, expect, test } from 'vitest';
import { AliasTable } from '../../src/core/alias.ts';
import { createRng } from '../../src/core/rng.ts';

const N = 100_000;

function shares(weights: readonly number[]): number[] {
  const table = new AliasTable(weights);
  const rng = createRng('alias');
  const counts = weights.map(() => 0);
  for (let i = 0; i < N; i++) {
    const drawn = table.draw(rng);
    counts[drawn] = counts[drawn]! + 1;
  }
  return counts.map((count) => count / N);
}

describe('numbers are drawn in proportion to their weights', () => {
  test.each<[number[]]>([
    [[1]],
    [[1, 1, 1, 1]],
    [[3, 1]],
    [[0, 5, 0, 2, 0]],
    [[1.85, 1.51, 1.09, 0.88, 0.77]],
    [Array.from({ length: 40 }, (_, i) => 1 / (i + 1))],
    [[1e-3, 1000]],
  ])('%j', (weights) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    shares(weights).forEach((share, i) => {
      const p = weights[i]! / sum;
      expect(Math.abs(share - p), `weight ${i}`).toBeLessThanOrEqual(4.5 * Math.sqrt((p * (1 - p)) / N));
    });
  });
});

test.each([[[]], [[0, 0]], [[1, -1]], [[1, NaN]], [[Infinity]]])('%j are no weights', (weights) => {
  expect(() => new AliasTable(weights)).toThrow('needs numbers from 0 on, not all 0');
});
