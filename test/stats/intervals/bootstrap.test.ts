// Bootstrap intervals: what resampling must leave alone, an independent computation, and coverage.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalQuantile } from '../../../src/core/quantiles.ts';
import { createRng } from '../../../src/core/rng.ts';
import { bootstrap, bootstrapInterval, intervalOf } from '../../../src/stats/intervals/bootstrap.ts';
import type { Statistic } from '../../../src/stats/intervals/bootstrap.ts';
import { degreesOfFreedom } from '../../../src/stats/intervals/degrees-of-freedom.ts';
import { SOME_LAWS, coverage, sample } from '../samples.ts';

/** A loop, not reduce: it is called millions of times. */
const mean: Statistic = ([x]) => {
  let sum = 0;
  for (const v of x!) sum += v;
  return sum / x!.length;
};
const slope: Statistic = ([x, y]) => {
  const [mx, my] = [mean([x!]), mean([y!])];
  let top = 0;
  let bottom = 0;
  x!.forEach((v, i) => {
    top += (v - mx) * (y![i]! - my);
    bottom += (v - mx) * (v - mx);
  });
  return top / bottom;
};

test('rows stay together: an exact relation has an interval of width 0', () => {
  const x = [1, 4, 2, 9, 7];
  const { value, low, high } = bootstrapInterval([x, x.map((v) => 3 * v)], (rows) => slope(rows) - 3, {
    seed: 'pairs',
  });
  expect(Math.max(Math.abs(value), Math.abs(low), Math.abs(high))).toBeLessThan(1e-12);
});

test('the same seed is the same interval, another one is another', () => {
  const values = [1, 5, 2, 8, 3, 3, 9, 1];
  const at = (seed: string) => bootstrapInterval([values], mean, { seed });
  expect(at('a')).toEqual(at('a'));
  expect(at('a')).not.toEqual(at('b'));
});

test('replicates are those of a resample, for every statistic the same', () => {
  const values = [1, 2, 4, 8];
  const [one, two] = bootstrap(
    [values],
    (rows, out) => {
      out[0] = mean(rows);
      out[1] = 2 * mean(rows);
    },
    2,
    { seed: 'joint', resamples: 400 },
  );
  const sums = new Set<number>();
  for (const a of values)
    for (const b of values) for (const c of values) for (const d of values) sums.add(a + b + c + d);
  expect(one!.replicates.every((m) => sums.has(4 * m))).toBe(true);
  expect([...two!.replicates]).toEqual([...one!.replicates].map((m) => 2 * m));
});

test('the acceleration of a mean is its sample skewness over 6 sqrt(n)', () => {
  const values = Array.from({ length: 30 }, (_, i) => i * i);
  const [found] = bootstrap([values], (rows, out) => (out[0] = mean(rows)), 1, { seed: 'a', resamples: 10 });
  const m = mean([Float64Array.from(values)]);
  const power = (k: number) => values.reduce((sum, v) => sum + (v - m) ** k, 0) / values.length;
  expect(found!.acceleration).toBeCloseTo(power(3) / power(2) ** 1.5 / (6 * Math.sqrt(30)), 10);
});

test('blocks keep neighbours: lag-one products survive only in long blocks', () => {
  const rng = createRng('ar');
  let x = 0;
  const series = Float64Array.from({ length: 400 }, () => (x = 0.95 * x + rng.normal()));
  const width = (block_rows: number) => {
    const { low, high } = bootstrapInterval([series], mean, { seed: 'blocks', resamples: 500, block_rows });
    return high - low;
  };
  // independent rows understate the error of a mean of AR(1) by sqrt((1 + ρ)/(1 − ρ)) = 6.2
  expect(width(50) / width(1)).toBeGreaterThan(3);
});

test('too little is said to be too little', () => {
  expect(bootstrapInterval([[]], mean, { seed: '' })).toEqual({ value: NaN, low: NaN, high: NaN });
  expect(bootstrapInterval([[5]], mean, { seed: '' })).toEqual({ value: 5, low: NaN, high: NaN });
  expect(bootstrapInterval([[3, 3, 3]], mean, { seed: '' })).toEqual({ value: 3, low: 3, high: 3 });
  // the one run that has a denominator is missing from a third of the resamples
  const ratio: Statistic = ([a, b]) => mean([a!]) / mean([b!]);
  expect(
    bootstrapInterval(
      [
        [1, 0, 0],
        [2, 0, 0],
      ],
      ratio,
      { seed: '' },
    ),
  ).toMatchObject({ low: NaN, high: NaN });
});

test('what is no sample is refused', () => {
  expect(() => bootstrapInterval([], mean, { seed: '' })).toThrow(/one column/);
  expect(() => bootstrapInterval([[1, 2], [1]], slope, { seed: '' })).toThrow(/1 rows against 2/);
  expect(() => bootstrapInterval([[1, 2]], mean, { seed: '', block_rows: 0 })).toThrow(/at least 1/);
});

test('the value is inside', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 30 }), { minLength: 5, maxLength: 30 }), (values) => {
      const [found] = bootstrap([values], (rows, out) => (out[0] = mean(rows)), 1, {
        seed: 's',
        resamples: 400,
      });
      const { value, low, high } = intervalOf(found!, 0.95);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }),
    { numRuns: 60 },
  );
});

// Percent of batches whose 95 % interval of the mean holds the truth; 3,000 batches of 2,000 resamples, so ± .4 to .6.
//
//                  by kurtosis (as it is): n = 20    40   100   400   n - 1 degrees of freedom: 20    40   100   400
//   normal                                  94.6  94.3  94.9  95.4                            94.3  94.3  94.8  95.4
//   exponential                             94.8  94.8  94.9  94.9                            93.7  94.1  94.4  94.8
//   lognormal(1)                            92.1  93.2  94.9  94.6                            90.5  91.3  93.2  93.7
//   lognormal(.5)                           94.3  95.3  94.4  94.9                            93.6  94.6  94.2  94.7
//   Student 5                               94.2  94.2  95.0  94.3                            93.0  93.5  94.7  94.2
//   cascade .5                              94.0  95.1  94.5  95.2                            91.8  93.4  93.1  94.8
//   cascade .8                              89.0  92.5  94.9  95.1                            86.4  89.6  92.4  94.1
//
// Other statistics (trials of coverage.yaml with 3,000 batches): median of 40 95.2 as before, correlation of 40 95.2 (94.4
// before), blocks of a series 93.6 (93.4), Sobol indices of 256 95.2, 94.7, 95.4 (94.1, 93.7, 94.9), dispersion 95.0 (94.2).
// The price: intervals as wide for normal values, 1.2 times for cascade .8. A few hundred resamples cut the long end: cascade
// .8 at n = 40 is held in 91.0 % with 300, 91.4 with 500 (5,000 batches).
// Rejected (5,000 batches, cascade .8, n = 40): bootstrap-t 91.8 where this has 92.4, with intervals 1.25 times as wide as
// these, and it needs the standard error of each resample; an acceleration from G1, which changes nothing.
test.each(SOME_LAWS)('95 % intervals of a mean cover 92 to 97 %: $name', (law) => {
  const hardest = law.name === 'cascade .8';
  for (const n of hardest ? [40, 100] : [40]) {
    const covers = coverage(1000, `bootstrap ${law.name}`, n, law.mean, (rng) =>
      bootstrapInterval([sample(rng, law, n)], mean, { seed: String(rng.u32()), resamples: 1000 }),
    );
    // 91: a standard error and a half below its 92.5, as much above the 89.6 of n - 1 degrees of freedom
    expect(covers, `n = ${n}`).toBeGreaterThan(hardest && n === 40 ? 91 : 92);
    expect(covers, `n = ${n}`).toBeLessThan(97);
  }
});

test('few degrees of freedom reach farther, at the same replicates', () => {
  const replicates = Float64Array.from({ length: 999 }, (_, i) => normalQuantile((i + 1) / 1000));
  const of = (df: number) =>
    intervalOf({ value: 0, replicates, bias: 0, acceleration: 0, blocks: 20, df }, 0.95);
  // Student's 97.5 % quantiles with 19 and 6 degrees of freedom
  expect(of(19).high).toBeCloseTo(2.093024 * Math.sqrt(20 / 19), 2);
  expect(of(6).low).toBeCloseTo(-2.446912 * Math.sqrt(20 / 19), 2);
});

test('a bootstrap has as many degrees of freedom as its values have for their mean', () => {
  const rng = createRng('df');
  const values = Float64Array.from({ length: 50 }, () => rng.lognormal(0, 1));
  const [found] = bootstrap([values], (rows, out) => (out[0] = mean(rows)), 1, { seed: 'a', resamples: 10 });
  expect(found!.df).toBeCloseTo(degreesOfFreedom(values), 6);
  expect(found!.df).toBeLessThan(30);
});
