import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilson } from '../../../src/stats/intervals/proportion.ts';

test.each([
  // successes, trials, low, high: R. G. Newcombe, Statist. Med. 17 (1998) 857, table I, method 3
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i is between the published %f and %f', (successes, n, low, high) => {
  const estimate = wilson(successes, n);
  expect(estimate.value).toBe(successes / n);
  expect(estimate.low).toBeCloseTo(low, 4);
  expect(estimate.high).toBeCloseTo(high, 4);
});

test('no run at all leaves every probability possible', () => {
  expect(wilson(0, 0)).toEqual({ value: NaN, low: 0, high: 1 });
});

test('never and always touch the end exactly, and have width on the other side', () => {
  expect(wilson(0, 40)).toMatchObject({ value: 0, low: 0, high: expect.closeTo(0.0876, 4) as number });
  expect(wilson(40, 40)).toMatchObject({ value: 1, low: expect.closeTo(0.9124, 4) as number, high: 1 });
});

test('at the bounds the score test has exactly its level', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, share) => {
        const successes = Math.round(share * n);
        const { value, low, high } = wilson(successes, n);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        for (const p of [low, high]) {
          if (p === 0 || p === 1) continue;
          const score = Math.abs(value - p) / Math.sqrt((p * (1 - p)) / n);
          expect(score).toBeCloseTo(1.959964, 4);
        }
      },
    ),
  );
});

test('failures mirror successes', () => {
  const [a, b] = [wilson(7, 40), wilson(33, 40)];
  expect(a.low).toBeCloseTo(1 - b.high, 14);
  expect(a.high).toBeCloseTo(1 - b.low, 14);
});

test('what is not a count of trials is refused', () => {
  for (const [s, n] of [
    [1.5, 3],
    [4, 3],
    [-1, 3],
    [0, NaN],
  ] as const)
    expect(() => wilson(s, n)).toThrow(/whole/);
  expect(() => wilson(1, 3, 95)).toThrow(/confidence/);
});
