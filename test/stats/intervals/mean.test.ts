import fc from 'fast-check';
import { sampleSkewness, sampleStandardDeviation } from 'simple-statistics';
import { expect, test } from 'vitest';
import { studentBound, within } from '../../../src/stats/estimate.ts';
import { hallInterval, meanInterval, sdInterval } from '../../../src/stats/intervals/mean.ts';
import { momentsOf } from '../../../src/stats/intervals/moments.ts';
import { SOME_LAWS, coverage, sample } from '../samples.ts';
import { LONG } from '../../setup/long.ts';

const integers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 20, maxLength: 60 });

test('without skewness it is the textbook t interval', () => {
  const estimate = meanInterval(Array.from({ length: 21 }, (_, i) => i - 10));
  expect(estimate.value).toBe(0);
  expect(estimate.high).toBeCloseTo(2.824409, 5); // 2.085963 · sqrt(38.5/21)
  expect(estimate.low).toBe(-estimate.high);
});

test('the long tail has the longer arm', () => {
  const { value, low, high } = meanInterval([0, 0, 0, 1, 0, 2, 0, 0, 30, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0]);
  expect(high - value).toBeGreaterThan(2 * (value - low));
});

test("the bounds are where Hall's cubic meets the t quantile", () => {
  fc.assert(
    fc.property(integers, (values) => {
      const { n, mean, sd, skewness } = momentsOf(values);
      fc.pre(sd > 0);
      const { value, low, high } = meanInterval(values);
      expect(value).toBe(mean);
      const cubic = (bound: number) => {
        const u = (mean - bound) / sd;
        return u + (skewness * u * u) / 3 + (skewness * skewness * u * u * u) / 27 + skewness / (6 * n);
      };
      const t = studentBound(0.95, n - 1) / Math.sqrt(n);
      expect(cubic(low)).toBeCloseTo(t, 9);
      expect(cubic(high)).toBeCloseTo(-t, 9);
    }),
  );
});

test('other units and the other sign move the interval along', () => {
  fc.assert(
    fc.property(
      integers,
      fc.integer({ min: -9, max: 9 }),
      fc.integer({ min: -500, max: 500 }),
      (values, a, b) => {
        fc.pre(a !== 0);
        const plain = meanInterval(values);
        const moved = meanInterval(values.map((x) => a * x + b));
        const ends = [a * plain.low + b, a * plain.high + b].sort((x, y) => x - y);
        expect(moved.value).toBeCloseTo(a * plain.value + b, 6);
        expect(moved.low).toBeCloseTo(ends[0]!, 6);
        expect(moved.high).toBeCloseTo(ends[1]!, 6);
        const sd = sdInterval(values);
        const scaled = sdInterval(values.map((x) => a * x + b));
        expect(scaled.low).toBeCloseTo(Math.abs(a) * sd.low, 6);
        expect(scaled.high).toBeCloseTo(Math.abs(a) * sd.high, 6);
      },
    ),
  );
});

test('the value is inside, also among extremes', () => {
  const wild = fc.array(fc.double({ min: -1e150, max: 1e150, noNaN: true }), {
    minLength: 20,
    maxLength: 30,
  });
  fc.assert(
    fc.property(fc.oneof(integers, wild), (values) => {
      fc.pre(new Set(values).size > 2);
      for (const { value, low, high } of [meanInterval(values), sdInterval(values)]) {
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      }
    }),
  );
});

test('moments agree with an independent library', () => {
  fc.assert(
    fc.property(integers, (values) => {
      const { sd, skewness } = momentsOf(values);
      expect(sd).toBeCloseTo(sampleStandardDeviation(values), 8);
      if (sd > 0) expect(skewness).toBeCloseTo(sampleSkewness(values), 8);
    }),
  );
});

test('moments keep their digits far from zero', () => {
  const far = momentsOf([1, 2, 3, 10].map((x) => 1e15 + x));
  expect(far.mean).toBe(1e15 + 4);
  expect(far.sd).toBeCloseTo(Math.sqrt(50 / 3), 12);
});

test('fewer than 20 values have no interval: below, nothing covers heavy tails', () => {
  const some = (n: number) => Array.from({ length: n }, (_, i) => (i % 7) ** 2);
  expect(hallInterval([4, 6]).high).toBeCloseTo(5 + 12.7062047, 6); // t with one degree of freedom, where it was measured
  expect(meanInterval([])).toEqual({ value: NaN, low: NaN, high: NaN });
  expect(meanInterval([5])).toEqual({ value: 5, low: NaN, high: NaN });
  expect(meanInterval([4, 6])).toEqual({ value: 5, low: NaN, high: NaN });
  expect(meanInterval(some(19))).toEqual({ value: 212 / 19, low: NaN, high: NaN });
  expect(meanInterval(some(20)).low).toBeLessThan(237 / 20);
  expect(meanInterval(some(20)).high).toBeGreaterThan(237 / 20);
  expect(sdInterval([])).toEqual({ value: NaN, low: NaN, high: NaN });
  expect(sdInterval([5])).toEqual({ value: NaN, low: NaN, high: NaN });
  expect(sdInterval([4, 6])).toEqual({ value: Math.sqrt(2), low: NaN, high: NaN });
  expect(sdInterval(some(19)).high).toBeNaN();
  expect(sdInterval(some(20)).high).toBeGreaterThan(sdInterval(some(20)).value);
});

test('equal values show no spread, which is not to say that there is none', () => {
  const equal = Array.from({ length: 40 }, () => 0.1);
  expect(meanInterval(equal)).toEqual({ value: 0.1, low: NaN, high: NaN });
  expect(sdInterval(equal)).toEqual({ value: 0, low: NaN, high: NaN });
});

test('two sizes, half and half, have equal pseudo-values: no interval, or one around the value', () => {
  const halves = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 0 : 0.7));
  const { value, low, high } = sdInterval(halves);
  expect(value).toBeCloseTo(0.7 * Math.sqrt(5 / 19), 12);
  expect(low <= value && value <= high ? [] : [low, high]).toEqual(Number.isNaN(low) ? [NaN, NaN] : []);
});

test('a value that is not a number is refused, by its place', () => {
  expect(() => meanInterval([1, 2, NaN])).toThrow('values[2] is NaN');
  expect(() => sdInterval([1, Infinity, 2])).toThrow('values[1] is Infinity');
  expect(() => meanInterval([1, 2], 1)).toThrow(/confidence/);
});

test('a bounded quantity keeps to its bounds, an impossible value is a mistake', () => {
  expect(within({ value: 0.5, low: -1, high: 2 }, 0, 1)).toEqual({ value: 0.5, low: 0, high: 1 });
  expect(within({ value: 5, low: NaN, high: NaN }, 0, Infinity)).toEqual({ value: 5, low: NaN, high: NaN });
  expect(() => within({ value: 2, low: 1, high: 3 }, 0, 1)).toThrow(/outside/);
});

// Percent of batches whose 95 % interval holds the truth; 10,000 batches (4,000 at n = 1000), so ± .5.
//
//   mean          n = 5    10    20    30    40   100  1000   plain t: 5    10    20    30    40   100  1000
//   normal         94.2  95.2  94.5  95.2  94.8  95.2  94.8          95.0  95.1  94.7  95.1  95.2  95.0  95.3
//   exponential    92.8  93.9  94.5  95.0  94.9  95.0  95.2          88.2  90.0  91.6  93.1  92.9  94.2  95.3
//   lognormal(1)   89.4  91.3  92.2  92.8  92.9  93.7  94.1          82.5  84.4  87.0  88.4  89.3  91.9  94.5
//   cascade .5     92.1  92.3  93.9  93.8  94.3  94.3  95.2          78.6  83.3  86.4  88.1  89.4  92.7  94.4
//   cascade .8     82.9  89.0  91.7  92.7  93.2  93.7  94.3          68.5  74.0  79.7  82.7  84.5  89.2  94.7
//
// Rejected (3,000 batches; n = 30, 40, 100): bootstrap-t 91.9 92.8 94.4 on cascade .8 and 92.0 92.7 93.8 on
// lognormal, no better; Hall with the normal quantile 90.8 92.7 93.6; t on the logarithm 87.6 89.5 91.2.
// The price: intervals 1 to 1.5 times as wide, and 92.6 % for symmetric heavy tails (t3, n = 30), not 95.8.
//
//   sd            n = 5    10    20    30    40   100  1000   without the unseen value: 40   100  1000
//   normal         93.1  95.1  95.9  96.0  95.4  95.5  95.0                            95.4  95.5  95.0
//   exponential    84.4  88.7  93.6  94.9  95.0  95.5  95.5                            94.2  95.1  94.5
//   lognormal(1)   73.6  83.8  91.6  94.4  95.3  94.3  92.8                            90.3  93.5  91.5
//   lognormal(.5)  86.8  88.1  90.3  91.9  92.6  94.2  95.5                            92.4  93.9  94.8
//   Student 5      90.0  92.5  93.5  93.5  93.4  93.8  94.3                            93.3  93.8  93.8
//   cascade .5     79.1  89.7  94.3  96.7  96.4  96.2  96.0                            93.5  95.2  94.9
//   cascade .8     68.7  80.9  88.4  91.5  93.5  95.5  95.2                            85.5  93.7  94.4
//
// With n - 1 degrees of freedom for the upper end: 91.5 (lognormal(.5), n = 40) and 92.2 % (Student 5), other laws the same
// or up to 1.5 less (lognormal(1), n = 100); with fewer for the lower end, too, cascade .5 is held in 97.5 %.
// On further laws (n = 40, 100, 1000): cascade .9 85.8 92.0 95.5, cascade .7 with 3 roots 96.3 95.7 95.1, Pareto 4 94.7
// 94.9 93.0, uniform 96.9 96.0 94.4. The price: the interval of cascade .8 is 1.5 times as long at n = 40 as without the
// unseen value, 1.1 times at n = 1000; of normal values as long.
const SMALL_N = [30, 40, 100];
const BATCHES = 4000; // a standard error of .35 to .45

test.each(SOME_LAWS)('95 % intervals of the mean cover 92 to 97 %: $name', (law) => {
  for (const n of LONG ? [...SMALL_N, 1000] : SMALL_N) {
    const covers = coverage(BATCHES, `mean ${law.name}`, n, law.mean, (rng) =>
      meanInterval(sample(rng, law, n)),
    );
    expect(covers, `n = ${n}`).toBeGreaterThan(n < 40 ? 91.5 : 92);
    expect(covers, `n = ${n}`).toBeLessThan(97);
  }
});

test.each(SOME_LAWS)('95 % intervals of the standard deviation cover 92 to 97.5 %: $name', (law) => {
  for (const n of [40, 100]) {
    const covers = coverage(BATCHES, `sd ${law.name}`, n, law.sd, (rng) => sdInterval(sample(rng, law, n)));
    expect(covers, `n = ${n}`).toBeGreaterThan(92);
    expect(covers, `n = ${n}`).toBeLessThan(97.5);
  }
});
