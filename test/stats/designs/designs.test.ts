// Sobol points and Latin hypercubes: against SciPy's points, and by what makes them even.
import { expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { latinHypercube } from '../../../src/stats/designs/latin-hypercube.ts';
import { MOST_SOBOL_DIMENSIONS, sobolPoints } from '../../../src/stats/designs/sobol-sequence.ts';

/** Points 1, 2, 5, 100 and 1000 in 20 dimensions, times 4096: scipy.stats.qmc.Sobol(20, scramble=False, bits=32). */
const SCIPY: Readonly<Record<number, readonly number[]>> = {
  1: [
    2048, 2048, 2048, 2048, 2048, 2048, 2048, 2048, 2048, 2048, 2048, 2048, 2048, 2048, 2048, 2048, 2048,
    2048, 2048, 2048,
  ],
  2: [
    3072, 1024, 1024, 1024, 3072, 3072, 1024, 3072, 3072, 3072, 3072, 3072, 1024, 1024, 3072, 1024, 3072,
    1024, 3072, 1024,
  ],
  5: [
    3584, 3584, 512, 1536, 3584, 2560, 3584, 1536, 1536, 512, 1536, 3584, 3584, 512, 3584, 1536, 3584, 1536,
    1536, 2560,
  ],
  100: [
    1696, 1056, 3168, 2976, 3616, 3040, 96, 1952, 2592, 2848, 1888, 2784, 1952, 3488, 1312, 2016, 2784, 3040,
    3424, 1376,
  ],
  1000: [
    900, 396, 2124, 2772, 1148, 3716, 188, 3684, 2052, 284, 348, 1044, 660, 1572, 588, 1516, 2948, 1412, 4060,
    2972,
  ],
};

test('Sobol points are SciPy’s, in all dimensions', () => {
  const points = sobolPoints(1001, MOST_SOBOL_DIMENSIONS);
  expect(MOST_SOBOL_DIMENSIONS).toBe(20);
  expect([...points[0]!]).toEqual(Array(20).fill(0));
  for (const [i, expected] of Object.entries(SCIPY)) {
    expect([...points[Number(i)]!].map((x) => x * 4096)).toEqual(expected);
  }
});

test('each dimension has one of 2^k Sobol points in each of 2^k intervals, shifted or not', () => {
  for (const rng of [undefined, createRng('shift')]) {
    const points = sobolPoints(256, MOST_SOBOL_DIMENSIONS, rng);
    for (let d = 0; d < MOST_SOBOL_DIMENSIONS; d++) {
      expect(new Set(points.map((point) => Math.floor(point[d]! * 256))).size).toBe(256);
    }
  }
});

test('more dimensions than there are numbers for are refused', () => {
  expect(() => sobolPoints(4, 21)).toThrow('1 to 20 dimensions, got 21');
});

test('a Latin hypercube has one point in each stratum of each dimension, and no order between dimensions', () => {
  const points = latinHypercube(500, 3, createRng('hypercube'));
  for (let d = 0; d < 3; d++) {
    expect(new Set(points.map((point) => Math.floor(point[d]! * 500))).size).toBe(500);
  }
  const mean = (f: (point: Float64Array) => number) => points.reduce((sum, point) => sum + f(point), 0) / 500;
  expect(Math.abs(mean(([x, y]) => (x! - 0.5) * (y! - 0.5)) * 12)).toBeLessThan(0.2);
});
