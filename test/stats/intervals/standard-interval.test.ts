// The interval and the p-value of a bootstrap's standard error, by hand.
import { describe, expect, test } from 'vitest';
import type { Bootstrap } from '../../../src/stats/intervals/bootstrap.ts';
import { standardInterval, standardPValue } from '../../../src/stats/intervals/standard-interval.ts';

/** sd of the replicates 2, five rows: s = 2·√(5/4); Student's 97.5 % quantile with 4 degrees of freedom is 2.776445. */
const found: Bootstrap = {
  value: 6,
  replicates: Float64Array.of(4, 6, 8),
  bias: 0.3,
  acceleration: 0.1,
  blocks: 5,
  df: 4,
};
const half = 2.776445105 * 2 * Math.sqrt(5 / 4);

describe('the standard interval', () => {
  test('is the value and t·s to both sides, whatever the bias and the acceleration', () => {
    const { value, low, high } = standardInterval(found);
    expect(value).toBe(6);
    expect(low).toBeCloseTo(6 - half, 6);
    expect(high).toBeCloseTo(6 + half, 6);
  });

  test('ends at 0 at the confidence of 1 less the p-value', () => {
    const p = standardPValue(found);
    expect(p).toBeGreaterThan(0.05);
    expect(standardInterval(found, 1 - p).low).toBeCloseTo(0, 9);
    expect(standardPValue({ ...found, value: -6 })).toBe(p);
  });

  test('has no width where nothing varies, and P 1 or 0', () => {
    const still = { ...found, replicates: Float64Array.of(6, 6, 6) };
    expect(standardInterval(still)).toEqual({ value: 6, low: 6, high: 6 });
    expect(standardPValue(still)).toBe(0);
    expect(standardPValue({ ...still, value: 0, replicates: new Float64Array(3) })).toBe(1);
  });

  test.each<[string, Partial<Bootstrap>]>([
    ['one row', { blocks: 1, replicates: new Float64Array(0) }],
    ['a resample without a value', { replicates: Float64Array.of(4, NaN, 8) }],
    ['no value', { value: NaN }],
  ])('of %s is unknown', (_, change) => {
    const { low, high } = standardInterval({ ...found, ...change });
    expect([low, high]).toEqual([NaN, NaN]);
    expect(standardPValue({ ...found, ...change })).toBeNaN();
  });
});
