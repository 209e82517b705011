// The search for a critical size, held to systems whose critical size is known, and the capacity's interval, whose coverage is
// measured on a law whose quantile is known.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Search } from '../../../src/stats/cascade/absorption.ts';
import { capacityInterval, smallestFailure } from '../../../src/stats/cascade/absorption.ts';

const search: Search = { first: 100, step: 1.5, precision: 0.1, most: 40 };
/** Takes whatever is below a size. */
const failsFrom = (critical: number) => (size: number) => size >= critical;

describe('the smallest failure', () => {
  test('lies in (low, high], which are as near to each other as asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.constantFrom(0.01, 0.1, 0.5),
        (critical, first, precision) => {
          const { low, high, from } = smallestFailure(failsFrom(critical), { ...search, first, precision });
          expect(low).toBeLessThan(critical);
          expect(high).toBeGreaterThanOrEqual(critical);
          expect(high - low === 1 || high <= low * (1 + precision)).toBe(true);
          expect(from).toBeNaN();
        },
      ),
    );
  });

  test('is exact where the precision is 0', () => {
    const { low, high } = smallestFailure(failsFrom(4321), { ...search, precision: 0 });
    expect([low, high]).toEqual([4320, 4321]);
  });

  test('of several is the first that the rising steps meet; larger sizes that are taken are told, out to halfway', () => {
    // 150 … 200 fail, 201 … 270 are taken again. Looks above 150: 188 fails, 235 is taken, 294 fails.
    const fails = (size: number): boolean => (size >= 150 && size <= 200) || size > 270;
    const { low, high, from, to } = smallestFailure(fails, { ...search, precision: 0 });
    expect([low, high]).toEqual([149, 150]);
    expect([from, to]).toEqual([Math.sqrt(188 * 235), Math.sqrt(235 * 294)]);
    const open = smallestFailure((size) => size === 150, { ...search, precision: 0 });
    expect([open.from, open.to]).toEqual([Math.sqrt(150 * 188), Math.sqrt(294 * 294 * 1.25)]);
  });

  test('that is the very first size leaves nothing, and one that never comes leaves no end', () => {
    expect(smallestFailure(() => true, search)).toMatchObject({ low: 0, high: 1 });
    const never = smallestFailure(() => false, { ...search, most: 5 });
    expect(never).toEqual({ low: 507, high: Infinity, looks: 5, from: NaN, to: NaN });
  });

  test('takes few looks: steps to it, halves, and three above', () => {
    expect(smallestFailure(failsFrom(400), search).looks).toBeLessThanOrEqual(11);
  });
});

describe('the capacity', () => {
  /** Critical sizes are 1000·e^(0.4 Z): their 5 % quantile is 1000·e^(0.4·z). */
  const truth = 1000 * Math.exp(-0.4 * 1.6448536269514722);

  function batch(seed: string, n: number): ReturnType<typeof capacityInterval> {
    const rng = createRng(seed);
    const found = Array.from({ length: n }, () => {
      const critical = 1000 * Math.exp(0.4 * rng.normal());
      return smallestFailure((size) => size >= critical, { ...search, first: 150 });
    });
    return capacityInterval(
      found.map(({ low }) => low),
      found.map(({ high }) => high),
      0.95,
    );
  }

  test.each([
    [40, 0.95],
    [72, 0.95],
    [100, 0.95],
    [300, 0.95],
  ])('of %i continuations is covered by its interval in 95 % of 1,000 batches at least', (n, least) => {
    let covered = 0;
    let lows = 0;
    for (let i = 0; i < 1000; i++) {
      const { low, high } = batch(`${n}/${i}`, n);
      if (low <= truth && truth <= high) covered++;
      if (low > 0) lows++;
    }
    // Whole ranks and what the searches leave open make it cover more than asked: 96 to 99 %.
    expect(covered / 1000).toBeGreaterThanOrEqual(least - 0.007);
    expect(lows).toBe(n < 72 ? 0 : 1000);
  });

  test('is near the truth with many continuations', () => {
    const { value, low, high, confidence } = batch('many', 3000);
    expect(value / truth).toBeGreaterThan(0.9);
    expect(value / truth).toBeLessThan(1.03);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThan(value);
    expect(confidence).toBeGreaterThanOrEqual(0.95);
  });

  test('has no upper bound where a search that counts gave up, and no interval of one or none', () => {
    const lows = Array.from({ length: 100 }, (_, i) => i);
    expect(capacityInterval(lows, new Array<number>(100).fill(Infinity), 0.95).high).toBeNaN();
    expect(capacityInterval([5], [6], 0.95)).toMatchObject({ value: 5, low: 0 });
    expect(capacityInterval([5], [6], 0.95).high).toBeNaN();
    expect(capacityInterval([], [], 0.95).value).toBeNaN();
  });
});

test('is found among more continuations than a call has room for arguments', () => {
  const lows = Float64Array.from({ length: 200_000 }, (_, i) => i);
  const { low, value, high } = capacityInterval(
    lows,
    lows.map((x) => x + 1),
    0.95,
  );
  expect(value).toBeCloseTo(9999.95, 6);
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
});
