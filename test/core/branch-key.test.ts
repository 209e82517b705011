// Keys of branches: one for each, the same each time, and streams of their own.
import { expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import { branchKey, deriveStream, expandSeed } from '../../src/core/seed.ts';

const keyOf = (seed: string, branch: number) => {
  const key = new Int32Array(4);
  branchKey(expandSeed(seed), branch, key);
  return key;
};

test('each branch of each run has a key of its own, the same each time', () => {
  const keys = new Set<string>();
  for (const seed of ['a', 'b']) {
    keys.add(expandSeed(seed).join());
    for (let branch = 0; branch < 5000; branch++) keys.add(keyOf(seed, branch).join());
  }
  expect(keys.size).toBe(2 + 2 * 5000);
  expect(keyOf('a', 17)).toEqual(keyOf('a', 17));
});

test('draws of neighbouring branches are unrelated', () => {
  const column = () => new Int32Array(1);
  const rng = new Rng(column(), column(), column(), column());
  const first = Array.from({ length: 4000 }, (_, branch) => {
    deriveStream(keyOf('a', branch), 1, 2, 3, rng, 0);
    return rng.uniform() - 0.5;
  });
  const products = first.slice(1).map((value, i) => value * first[i]!);
  const mean = products.reduce((sum, value) => sum + value, 0) / products.length;
  // Each product has the standard deviation 1/12.
  expect(Math.abs(mean)).toBeLessThan(4 / 12 / Math.sqrt(products.length));
});
