// Long-run variance from cycles: values by hand, cases without an interval, and how often the interval covers.
import { expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { varianceRate } from '../../../src/models/depletion/variance-rate.ts';

type Cycle = readonly [x: number, t: number];

function sumsOf(runs: readonly (readonly Cycle[])[]) {
  const column = (of: (x: number, t: number) => number) =>
    runs.map((cycles) => cycles.reduce((sum, [x, t]) => sum + of(x, t), 0));
  return {
    x: column((x) => x),
    t: column((_x, t) => t),
    xx: column((x) => x * x),
    xt: column((x, t) => x * t),
    tt: column((_x, t) => t * t),
  };
}

test('without drift it is Σ X² / Σ T', () => {
  const runs: Cycle[][] = [[[1, 2]], [[-1, 2]], [[3, 4]], [[-3, 4]]];
  expect(varianceRate(sumsOf(runs)).value).toBeCloseTo(20 / 12, 14);
});

test('a change in proportion to time does not vary', () => {
  const { value, low, high } = varianceRate(sumsOf([[[2, 1]], [[4, 2]], [[6, 3]]]));
  for (const bound of [value, low, high]) expect(bound).toBeCloseTo(0, 12);
});

test('no cycle has no variance, and one run no interval', () => {
  expect(varianceRate(sumsOf([[], []]))).toEqual({ value: NaN, low: NaN, high: NaN });
  expect(varianceRate(sumsOf([[[1, 1]]]))).toEqual({ value: 0, low: NaN, high: NaN });
});

test('95 % intervals cover the variance of a compound process with drift', () => {
  // T exponential of mean 1, X = T + Z: the drift is 1, what is left varies by 1 per unit of time.
  const seed = 'variance-rate';
  const rng = createRng(seed);
  let covered = 0;
  const trials = 1000;
  for (let trial = 0; trial < trials; trial++) {
    const runs = Array.from({ length: 40 }, () =>
      Array.from({ length: 5 }, (): Cycle => {
        const t = rng.exponential(1);
        return [t + rng.normal(), t];
      }),
    );
    const { low, high } = varianceRate(sumsOf(runs));
    if (low <= 1 && 1 <= high) covered++;
  }
  expect(covered / trials, `seed ${seed}`).toBeGreaterThan(0.91);
  expect(covered / trials, `seed ${seed}`).toBeLessThan(0.97);
});
