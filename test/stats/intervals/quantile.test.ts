import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantileInterval } from '../../../src/stats/intervals/quantile.ts';
import { coverage } from '../samples.ts';

const one_to = (n: number) => Float64Array.from({ length: n }, (_, i) => n - i); // in falling order

test.each([
  // quantile(x, p) of R, its default type 7
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.25, 3.25],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9.1],
  [[20, 3, 6, 16, 7, 8, 8, 9, 10, 13, 15], 0.25, 7.5],
  [[20, 3, 6, 16, 7, 8, 8, 9, 10, 13, 15], 0.75, 14],
  [[4, 1], 0.5, 2.5],
])('%j has the %f-quantile %f', (values, p, expected) => {
  expect(quantileInterval(values, p).value).toBeCloseTo(expected, 12);
});

test.each([
  // ranks of the median's interval and their levels from binomial tables (Conover, table A3); the next ranks' levels
  [10, 2, 9, 0.9785, 0.8906],
  [20, 6, 15, 0.9586, 0.8847],
  [30, 10, 21, 0.9572, 0.9013],
  [100, 40, 61, 0.9648, 0.9431],
])('the median of %i values is just inside of the ranks %i and %i', (n, from, to, wide, narrow) => {
  const { value, low, high, confidence } = quantileInterval(one_to(n), 0.5);
  expect(value).toBe((n + 1) / 2);
  expect(confidence).toBeCloseTo(0.95, 12);
  expect(low + high).toBeCloseTo(n + 1, 9); // the median's is symmetric in the ranks
  // λ of Hettmansperger and Sheather, from the two levels
  const way = (wide - 0.95) / (wide - narrow);
  const lambda = ((n - from) * way) / (from + (n - 2 * from) * way);
  expect(low).toBeCloseTo(from + lambda, 2);
  expect(high).toBeCloseTo(to - lambda, 2);
});

test('a sample too small for the tail has a bound on one side alone, which takes all of the confidence', () => {
  // Binomial tables: P(B < 36) = .0480 and P(B < 37) = .1381 of 40 at .95, so the bound lies just above rank 36.
  const { value, low, high, confidence } = quantileInterval(one_to(40), 0.95);
  expect(value).toBeCloseTo(38.05, 12);
  expect(low).toBeGreaterThan(36);
  expect(low).toBeLessThan(36.1);
  expect([high, confidence]).toEqual([NaN, 0.95]);
  const mirror = quantileInterval(one_to(40), 0.05);
  expect(mirror.low).toBeNaN();
  expect(mirror.high).toBeCloseTo(41 - low, 9);
});

test.each([
  // .95^n <= .025 from n = 72 on
  [71, false],
  [72, true],
])('the 95 %% quantile of %i values is bounded above: %s', (n, bounded) => {
  expect(Number.isNaN(quantileInterval(one_to(n), 0.95).high)).toBe(!bounded);
});

test('the end of a law is bounded by its sample on the one side, and on the other by none', () => {
  const [low, high] = [quantileInterval([3, 1, 2], 0), quantileInterval([3, 1, 2], 1)];
  expect(low).toEqual({ value: 1, low: NaN, high: 1, confidence: 0.95 });
  expect(high).toEqual({ value: 3, low: 3, high: NaN, confidence: 0.95 });
});

test('so few values that neither side is bounded have no interval', () => {
  expect(quantileInterval([1, 2, 3], 0.5)).toEqual({ value: 2, low: NaN, high: NaN, confidence: NaN });
});

test('one value has no interval, none has nothing', () => {
  expect(quantileInterval([7], 0.5)).toEqual({ value: 7, low: NaN, high: NaN, confidence: NaN });
  expect(quantileInterval([], 0.5)).toEqual({ value: NaN, low: NaN, high: NaN, confidence: NaN });
});

test('values that are not finite, and p that is no probability, are refused', () => {
  expect(() => quantileInterval([1, NaN], 0.5)).toThrow('values[1] is NaN');
  expect(() => quantileInterval([1, Infinity], 0.5)).toThrow('values[1] is Infinity');
  expect(() => quantileInterval([1, 2], 1.5)).toThrow(/p must be/);
});

test('the interval holds the value, keeps to the sample, and leaves the caller its order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, p) => {
        const before = [...values];
        const { value, low, high, confidence } = quantileInterval(values, p);
        expect(values).toEqual(before);
        // NaN is no bound.
        expect(low < Math.min(...values) || low > value).toBe(false);
        expect(high > Math.max(...values) || high < value).toBe(false);
        expect(confidence).toBe(Number.isNaN(low) && Number.isNaN(high) ? NaN : 0.95);
      },
    ),
  );
});

// 4,000 batches of uniform values; * one-sided, as the sample bounds the quantile on one side alone:
//   p      n = 10        20          40          100         1000
//   .5     94.5         95.0        95.5        95.3        95.5
//   .9     94.9 *       94.9 *      95.5        95.2        95.3
//   .95    94.5 *       94.8 *      95.1 *      94.5        95.0
test.each([
  [0.5, 40],
  [0.9, 20],
  [0.95, 40],
  [0.95, 100],
])('the interval of the %f-quantile at n = %i covers 95 %%', (p, n) => {
  const covers = coverage(4000, `quantile ${p}`, n, p, (rng) => {
    const values = Float64Array.from({ length: n }, () => rng.uniform());
    const { value, low, high } = quantileInterval(values, p);
    return { value, low: Number.isNaN(low) ? 0 : low, high: Number.isNaN(high) ? 1 : high };
  });
  expect(Math.abs(covers - 95)).toBeLessThan(1.2);
});
