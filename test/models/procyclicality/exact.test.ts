// Measures of procyclicality, on series short enough to read, and against their definitions.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countBreaches,
  largestCall,
  meanOf,
  peakToTrough,
  troughToPeak,
} from '../../../src/models/procyclicality/exact.ts';

describe('of a margin that falls and rises', () => {
  const margins = [6, 4, 2, 3, 5, 4];

  test('peak to trough is over the whole series, the rise is from an earlier low', () => {
    expect(peakToTrough(margins)).toBe(3);
    expect(troughToPeak(margins)).toBe(2.5);
  });

  test('the largest call within n steps is the largest rise over exactly n', () => {
    expect([1, 2, 3, 5].map((n) => largestCall(margins, n))).toEqual([2, 3, 2, -2]);
  });

  test('the mean is the mean', () => {
    expect(meanOf(margins)).toBe(4);
  });
});

test('a series that is too short has no such measure', () => {
  expect(peakToTrough([])).toBeNaN();
  expect(troughToPeak([])).toBeNaN();
  expect(meanOf([])).toBeNaN();
  expect(largestCall([1, 2], 2)).toBeNaN();
  expect([peakToTrough([3]), troughToPeak([3])]).toEqual([1, 1]);
});

test('a rise from an earlier low is no more than peak to trough, and no less than any two values in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 30 }), (margins) => {
      const rises = margins.flatMap((later, t) => margins.slice(0, t + 1).map((earlier) => later / earlier));
      expect(troughToPeak(margins)).toBe(Math.max(...rises));
      expect(peakToTrough(margins)).toBe(Math.max(...margins) / Math.min(...margins));
    }),
    { numRuns: 300, seed: 1 },
  );
});

describe('breaches', () => {
  const prices = [100, 95, 96, 104, 104, 90, 120];

  test('are log returns beyond the margin at the beginning, by side', () => {
    const margins = [0.05, 0.05, 0.08, 0.001, 0.2, 0.2, 0.2];
    // −5.13 %, +1.05 %, +8.004 %, 0, −14.5 %, +28.8 %
    expect(countBreaches(margins, prices, 1)).toEqual({ periods: 6, long: 1, short: 2 });
  });

  test('are counted over periods that do not overlap', () => {
    expect(countBreaches(new Array(7).fill(0.05), prices, 2)).toEqual({ periods: 3, long: 0, short: 2 });
    expect(countBreaches(new Array(7).fill(0.05), prices, 4)).toEqual({ periods: 1, long: 0, short: 0 });
    expect(countBreaches(new Array(7).fill(0.05), prices, 7)).toEqual({ periods: 0, long: 0, short: 0 });
  });

  test('are losses larger than the margin, not equal to it', () => {
    expect(countBreaches([0, 0], [100, 100], 1)).toEqual({ periods: 1, long: 0, short: 0 });
  });
});
