import { describe, expect, test } from 'vitest';
import { halfLife, impactExponent } from '../../../src/stats/response/recovery.ts';

describe('the exponent of impacts', () => {
  test.each([0.3, 0.489, 1])('is %d where they follow that law', (exponent) => {
    const sizes = [0.3, 1, 3, 10, 100];
    expect(
      impactExponent(
        sizes,
        sizes.map((size) => 7 * size ** exponent),
      ),
    ).toBeCloseTo(exponent, 12);
  });

  test('is of least squares where they do not', () => {
    // log-log points (0, 0), (1, 1), (2, 0): flat
    expect(impactExponent([1, Math.E, Math.E ** 2], [1, Math.E, 1])).toBeCloseTo(0, 12);
  });

  test('is unknown where an impact has no logarithm, and with one size an error', () => {
    expect(impactExponent([1, 2], [0, 1])).toBeNaN();
    expect(() => impactExponent([1], [1])).toThrow('two sizes');
  });
});

describe('the half-life', () => {
  test('is where a straight line between two looks crosses the half', () => {
    expect(halfLife([0, 10, 20], [8, 6, 2])).toBe(15);
  });

  test('of what is all there at the second look lies before it', () => {
    expect(halfLife([0, 0.1, 0.2], [4, 0, 0])).toBeCloseTo(0.05, 12);
  });

  test('of an exponential is its own', () => {
    const times = Array.from({ length: 3001 }, (_, i) => i / 10);
    expect(
      halfLife(
        times,
        times.map((t) => 0.09 * 2 ** (-t / 23)),
      ),
    ).toBeCloseTo(23, 3);
  });

  test('is 0 where nothing was missing, and infinite where it never comes back', () => {
    expect(halfLife([0, 1], [0, 0])).toBe(0);
    expect(halfLife([0, 1], [-0.1, 0])).toBe(0);
    expect(halfLife([0, 1, 2], [1, 0.9, 0.8])).toBe(Infinity);
  });
});
