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
  // ranks and levels of the median's interval from binomial tables (Conover, table A3)
  [10, 2, 9, 0.9785],
  [20, 6, 15, 0.9586],
  [30, 10, 21, 0.9572],
  [100, 40, 61, 0.9648],
])('the median of %i values is between ranks %i and %i', (n, low, high, level) => {
  const estimate = quantileInterval(one_to(n), 0.5);
  expect(estimate).toMatchObject({ value: (n + 1) / 2, low, high });
  expect(estimate.confidence).toBeCloseTo(level, 4);
});

test('a sample too small for the tail ends at its largest value and says how little that covers', () => {
  const estimate = quantileInterval(one_to(40), 0.99);
  expect(estimate.high).toBe(40);
  expect(estimate.confidence).toBeCloseTo(0.3235, 4); // 1 - .99^40, less P(B < 38)
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
        expect(values).toContain(low);
        expect(values).toContain(high);
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
//   .5     97.5 (97.9)  94.8 (95.9)  96.3 (96.2)  96.3 (96.5)  95.3 (95.4)
//   .9     63.9 (63.9)  86.1 (86.7)  97.0 (97.0)  95.3 (95.6)  94.8 (95.5)
//   .95    40.0 (39.0)  62.8 (62.6)  87.2 (85.8)  98.3 (98.3)  95.8 (95.8)
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
