// Products of 106 bits divided exactly, against BigInt.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quotientOf, remainderOf } from '../../src/core/exact.ts';

const whole = (max: number) =>
  fc.oneof(
    fc.integer({ min: 1, max: Math.min(max, 1000) }),
    fc.maxSafeInteger().map((n) => (Math.abs(n) % max) + 1),
  );

test('quotient and remainder of a product of any size are those of BigInt', () => {
  const MAX = Number.MAX_SAFE_INTEGER;
  fc.assert(
    fc.property(whole(MAX), whole(MAX), whole(MAX), (a, b, c) => {
      const [least, most] = b < c ? [b, c] : [c, b]; // so that the quotient is at most a
      const q = quotientOf(a, least, most);
      expect(BigInt(q)).toBe((BigInt(a) * BigInt(least)) / BigInt(most));
      expect(BigInt(remainderOf(a, least, most, q))).toBe((BigInt(a) * BigInt(least)) % BigInt(most));
    }),
    { numRuns: 20_000 },
  );
});

test('quotients just below and just above a whole number are told apart', () => {
  const c = 2 ** 53 - 1;
  expect(quotientOf(c - 1, c - 2, c)).toBe(c - 3); // (c−1)(c−2) = c(c−3) + 2
  expect(remainderOf(c - 1, c - 2, c, c - 3)).toBe(2);
  expect(quotientOf(3, 1, 3)).toBe(1);
  expect(quotientOf(0, 5, 7)).toBe(0);
});

test('a result above 2^53 is an error, and one of 2^53 is none', () => {
  const most = 2 ** 53;
  expect(quotientOf(most, 1, 1)).toBe(most);
  expect(quotientOf(most - 1, 3, 3)).toBe(most - 1);
  expect(quotientOf(2 * 3 ** 16, 2 ** 52, 3 ** 16)).toBe(most);
  for (const [a, b, c] of [
    [most, most, 1],
    [most - 1, 2, 1],
    [most - 1, 3, 2],
    [2 ** 52 + 1, 2, 1],
    [5, 7, 0],
  ] as const)
    expect(() => quotientOf(a, b, c), `${a} ${b} ${c}`).toThrow(
      'is above 2^53, and money is exact up to there only',
    );
});
