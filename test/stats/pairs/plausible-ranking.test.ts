// Rankings over worlds that are written down by hand, and intervals against shares that are known.
import { expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { World } from '../../../src/stats/pairs/plausible-ranking.ts';
import { pairShares, rankingOf } from '../../../src/stats/pairs/plausible-ranking.ts';

/** Three policies, two runs. */
const worlds: World[] = [
  [[1, 3], [2, 4], [9, 9]], // a < b < c
  [[1, 3], [2, 2], [9, 9]], // means of a and b are equal
  [[5, 5], [2, 4], [9, 9]], // b < a < c
  [[0, 0], [2, 2], [3, 3]], // a < b < c
]; // prettier-ignore

test('a pair: runs in which the first is better, worlds in which its mean is, and ties', () => {
  const { better, in_worlds, tied } = pairShares(worlds, 0, 1, 'less', createRng('pair'));
  expect(better.value).toBe((2 + 1 + 0 + 2) / 8);
  expect(in_worlds.value).toBe(2 / 4);
  expect(tied).toBe(1 / 4);
  const reversed = pairShares(worlds, 0, 1, 'more', createRng('pair'));
  expect(reversed.better.value).toBe(1 - better.value);
  expect(reversed.in_worlds.value).toBe(1 / 4);
});

test('equal values are half better, and a share that all worlds agree on keeps an interval', () => {
  const { better, tied } = pairShares([[[1], [1]], [[2], [2]]], 0, 1, 'less', createRng('tie')); // prettier-ignore
  expect(better.value).toBe(0.5);
  expect(tied).toBe(1);
  const sure = pairShares(worlds, 0, 2, 'less', createRng('sure')).better;
  expect(sure).toMatchObject({ value: 1, high: 1 });
  expect(sure.low).toBeCloseTo(0.5101, 4); // Wilson's of 4 in 4
});

test('the ranking of all, and the share of worlds that have the same', () => {
  expect(rankingOf(worlds, 'less')).toMatchObject({ order: [0, 1, 2], same: { value: 2 / 4 } });
  expect(rankingOf(worlds, 'more').order).toEqual([2, 1, 0]);
});

test('a ranking with a tie in at least 80 % of the worlds: it is the same where they are equal', () => {
  const world = (b: number): World => [
    [1, 3],
    [b, 2],
    [9, 9],
  ]; // means 2, b/2 + 1, 9
  const most = [world(2), world(2), world(2), world(2), world(0)];
  expect(rankingOf(most, 'less')).toMatchObject({ order: [1, 0, 2], ties: [false, true, false] });
  expect(rankingOf(most, 'less').same.value).toBe(4 / 5);
  // Equal in three of five is no tie: the order holds in one.
  const some = [world(2), world(2), world(2), world(0), world(4)];
  expect(rankingOf(some, 'less')).toMatchObject({ ties: [false, false, false], same: { value: 1 / 5 } });
});

test('luck: the share of the variance of differences that runs make, and not the worlds', () => {
  const rng = createRng('luck');
  // Differences of a run: world's own (sd 1) and luck (sd 2); of four runs a mean has variance 1 + 4/4.
  const sample = Array.from({ length: 4000 }, (): World => {
    const own = rng.normal();
    return [Array.from({ length: 4 }, () => own + 2 * rng.normal()), [0, 0, 0, 0]];
  });
  expect(pairShares(sample, 0, 1, 'less', createRng('pair')).luck).toBeCloseTo(0.5, 1);
  const one = sample.map(([a]): World => [[a![0]!], [0]]);
  expect(pairShares(one, 0, 1, 'less', createRng('pair')).luck).toBeNaN();
});

test('95 % intervals over worlds hold the true share: 0.7, in at least 90 of 100 samples', () => {
  const rng = createRng('worlds');
  let held = 0;
  for (let n = 0; n < 100; n++) {
    // In a world the first is better with a probability of its own, 0.7 on average.
    const sample = Array.from({ length: 40 }, (): World => {
      const p = 0.4 + 0.6 * rng.uniform();
      return [[rng.chance(p) ? 0 : 2, rng.chance(p) ? 0 : 2], [1, 1]]; // prettier-ignore
    });
    const { low, high } = pairShares(sample, 0, 1, 'less', rng).better;
    if (low <= 0.7 && high >= 0.7) held++;
  }
  expect(held).toBeGreaterThanOrEqual(90);
});
