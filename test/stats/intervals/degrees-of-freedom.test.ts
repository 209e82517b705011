// Degrees of freedom of a standard error, by hand and against the law of s².
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { degreesOfFreedom } from '../../../src/stats/intervals/degrees-of-freedom.ts';

describe('degrees of freedom', () => {
  test('of one value apart from the others are fewest: G2 = n', () => {
    expect(degreesOfFreedom([0, 0, 0, 10])).toBeCloseTo(2 / (1 + 2 / 3), 12);
    expect(degreesOfFreedom([0, 0, 0, 0, 0, 0, 0, 0, 0, -3e150])).toBeCloseTo(2 / (1 + 2 / 9), 12);
  });

  test('of 1, 2, 2, 3, 5 are by G2 = 1.45558', () => {
    expect(degreesOfFreedom([1, 2, 2, 3, 5])).toBeCloseTo(2 / (1.4555765595 / 5 + 2 / 4), 9);
  });

  test.each([
    ['light tails', [-1, 1, -1, 1, -1, 1]],
    ['equal values, though their mean is rounded', [0.1, 0.1, 0.1, 0.1, 0.1, 0.1]],
  ])('are never more than n − 1: %s', (_, values) => {
    expect(degreesOfFreedom(values)).toBe(5);
  });

  test('are n − 1 of values that are too few to tell', () => {
    expect(degreesOfFreedom([0, 0, 9])).toBe(2);
  });

  test('are those of as many rows where values are means of groups', () => {
    const rng = createRng('groups');
    const rows = Float64Array.from({ length: 20_000 }, () => rng.exponential(1));
    const groups = Float64Array.from({ length: 200 }, (_, g) =>
      rows.subarray(100 * g, 100 * g + 100).reduce((sum, x) => sum + x / 100, 0),
    );
    // κ of a group's mean is 6/100: of κ/n + 2/(n − 1) the sampling error of 200 groups is ± .35/200, so only its size shows.
    expect(degreesOfFreedom(groups, rows.length)).toBeGreaterThan(400);
    expect(degreesOfFreedom(groups, rows.length)).toBeLessThan(20_000);
  });

  test('say how much s² varies: exponential values, κ = 6', () => {
    const rng = createRng('exponential');
    const df = Array.from({ length: 200 }, () =>
      degreesOfFreedom(Float64Array.from({ length: 4000 }, () => rng.exponential(1))),
    );
    df.sort((a, b) => a - b);
    // 2/ν = 6/4000 + 2/3999; G2 is skewed, its median a little lower than 6
    expect(df[100]! / (2 / (6 / 4000 + 2 / 3999))).toBeGreaterThan(0.9);
    expect(df[100]! / (2 / (6 / 4000 + 2 / 3999))).toBeLessThan(1.2);
  });
});
