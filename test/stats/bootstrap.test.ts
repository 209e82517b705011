// Bootstrap intervals: what resampling must leave alone, an independent computation, and coverage.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { bootstrap, bootstrapInterval, intervalOf, pValueOf } from '../../src/stats/bootstrap.ts';
import type { Statistic } from '../../src/stats/bootstrap.ts';
import { LAWS, coverage, sample } from './samples.ts';

const mean: Statistic = ([x]) => x!.reduce((sum, v) => sum + v, 0) / x!.length;
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

test('the value is inside, and the p-value says whether 0 is', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 30 }), { minLength: 5, maxLength: 30 }), (values) => {
      const [found] = bootstrap([values], (rows, out) => (out[0] = mean(rows)), 1, {
        seed: 's',
        resamples: 400,
      });
      const { value, low, high } = intervalOf(found!, 0.95);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      const p = pValueOf(found!);
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
      if (p > 0.1) expect(low <= 0 && high >= 0).toBe(true); // the interval is wider than its level, not narrower
    }),
    { numRuns: 60 },
  );
});

test('p-values of a true hypothesis are below 5 % in about 5 % of samples', () => {
  const rng = createRng('p-values');
  let rejected = 0;
  for (let i = 0; i < 800; i++) {
    const values = Float64Array.from({ length: 60 }, () => rng.normal());
    const [found] = bootstrap([values], (rows, out) => (out[0] = mean(rows)), 1, {
      seed: `p${i}`,
      resamples: 300,
    });
    if (pValueOf(found!) <= 0.05) rejected++;
  }
  expect(rejected / 800).toBeGreaterThan(0.03);
  expect(rejected / 800).toBeLessThan(0.085);
});

test.each(LAWS)('95 % intervals of a mean of 100 cover: $name', (law) => {
  const covers = coverage(500, `bootstrap ${law.name}`, 100, law.mean, (rng) =>
    bootstrapInterval([sample(rng, law, 100)], mean, { seed: String(rng.u32()), resamples: 300 }),
  );
  expect(covers).toBeGreaterThan(law.name === 'cascade .8' ? 87 : 90);
  expect(covers).toBeLessThan(98);
});
