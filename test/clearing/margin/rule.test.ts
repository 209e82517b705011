// Rates in parts per million and shares of money, against whole numbers of any size.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ratePpm, shareOf } from '../../../src/clearing/margin/rule.ts';

describe('shareOf', () => {
  test('is the share rounded up, exactly, for all money below 2^53 and all rates up to 1', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.maxSafeNat(), fc.nat(), fc.nat(3_000_000)),
        fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom(0, 1, 999_999, 1_000_000)),
        (notional, ppm) => {
          const expected = (BigInt(notional) * BigInt(ppm) + 999_999n) / 1_000_000n;
          expect(BigInt(shareOf(notional, ppm))).toBe(expected);
        },
      ),
      { numRuns: 50_000, seed: 1 },
    );
  });

  test('is exact about the largest product that is divided at once', () => {
    for (const ppm of [1, 7, 13_334, 50_000, 999_983, 1_000_000, 999_999_937, -7, -250]) {
      const middle = Math.round(2 ** 52 / Math.abs(ppm));
      for (let off = -300; off <= 300; off++) {
        const product = BigInt(middle + off) * BigInt(ppm);
        const down = product / 1_000_000n; // towards 0
        const expected = product > down * 1_000_000n ? down + 1n : down;
        expect(BigInt(shareOf(middle + off, ppm))).toBe(expected);
      }
    }
  });

  test('never lets an account pass by a fraction of a quantum', () => {
    expect(shareOf(1, 1)).toBe(1);
    expect(shareOf(1_000_000, 1)).toBe(1);
    expect(shareOf(1_000_001, 1)).toBe(2);
    expect(shareOf(0, 1_000_000)).toBe(0);
  });
});

describe('ratePpm', () => {
  test('reads every rate of whole parts per million back, whatever its binary rounding', () => {
    for (let ppm = 0; ppm <= 1_000_000; ppm++) if (ratePpm(ppm / 1e6) !== ppm) expect(ppm / 1e6).toBe(ppm);
  });

  test('rounds all else up', () => {
    expect(ratePpm(1 / 75)).toBe(13_334);
    expect(ratePpm(0.1 + 0.2)).toBe(300_000);
    expect(ratePpm(2.1e-6)).toBe(3);
  });
});
