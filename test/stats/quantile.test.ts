import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantileInterval } from '../../src/stats/quantile.ts';
import { coverage } from './samples.ts';

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

test('a sample too small for the tail ends at its largest value and says how little that covers', () => {
  const estimate = quantileInterval(one_to(40), 0.99);
  expect(estimate.high).toBe(40);
  expect(estimate.confidence).toBeCloseTo(1 - 0.99 ** 40 - 0.025, 10);
});

test('the ends of the law cannot be bounded by a sample', () => {
  expect(quantileInterval([3, 1, 2], 0)).toEqual({ value: 1, low: 1, high: 1, confidence: 0 });
  expect(quantileInterval([3, 1, 2], 1)).toEqual({ value: 3, low: 3, high: 3, confidence: 0 });
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
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        expect(confidence).toBeGreaterThanOrEqual(-1e-12);
        expect(confidence).toBeLessThanOrEqual(1 + 1e-12);
      },
    ),
  );
});

// 4,000 batches of uniform values, in brackets what `confidence` says:
//   p      n = 10        20          40          100         1000
//   .5     94.5 (95.0)  95.0 (95.0)  95.5 (95.0)  95.3 (95.0)  95.5 (95.0)
//   .9     64.1 (62.6)  85.3 (85.3)  95.5 (95.0)  95.2 (95.0)  95.3 (95.0)
//   .95    37.3 (37.6)  61.9 (61.7)  84.6 (84.6)  94.5 (95.0)  95.0 (95.0)
test.each([
  [0.5, 40],
  [0.9, 20],
  [0.95, 40],
  [0.95, 100],
])('the interval of the %f-quantile at n = %i covers what it says', (p, n) => {
  let says = NaN;
  const covers = coverage(4000, `quantile ${p}`, n, p, (rng) => {
    const estimate = quantileInterval(
      Float64Array.from({ length: n }, () => rng.uniform()),
      p,
    );
    says = 100 * estimate.confidence;
    return estimate;
  });
  expect(Math.abs(covers - says)).toBeLessThan(2);
});
