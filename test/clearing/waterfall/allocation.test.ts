// Sharing out whole numbers: parts add up, nobody gets more than the rule allows, and equal claims get equal parts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  byRank,
  cappedProRata,
  Claims,
  proRata,
  proRataRoundedUp,
} from '../../../src/clearing/waterfall/allocation.ts';

const MOST = 2 ** 50;
const quanta = fc.oneof(
  fc.nat(20),
  fc.nat(2 ** 31 - 1),
  fc.double({ min: 0, max: MOST, noNaN: true }).map(Math.floor),
);
const entries = fc.array(fc.record({ weight: quanta, cap: quanta }), { minLength: 1, maxLength: 7 });

function claimsOf(list: readonly { readonly weight: number; readonly cap?: number }[]): Claims {
  const claims = new Claims(list.length);
  list.forEach(({ weight, cap = 0 }, i) => {
    claims.add(i, weight, cap);
  });
  return claims;
}

const partsOf = ({ part, count }: Claims) => [...part.subarray(0, count)];
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
const weights = (...list: readonly number[]) => claimsOf(list.map((weight) => ({ weight })));

describe('pro rata', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]], // the first of equal remainders
    [10, [6, 3, 1], [6, 3, 1]],
    [11, [6, 3, 1], [7, 3, 1]], // 6.6, 3.3, 1.1
    [7, [0, 5, 0], [0, 7, 0]],
    [1, [1, 9, 9], [0, 1, 0]],
  ])('%i by weights %j: %j', (whole, list, parts) => {
    const claims = weights(...list);
    expect(proRata(claims, whole)).toBe(whole);
    expect(partsOf(claims)).toEqual(parts);
  });

  test('of nothing, or among nobody, is nothing', () => {
    const claims = weights(3, 4);
    expect([proRata(claims, 0), ...partsOf(claims)]).toEqual([0, 0, 0]);
    const none = weights(0, 0);
    expect([proRata(none, 9), ...partsOf(none)]).toEqual([0, 0, 0]);
  });

  test('adds up, and is nowhere a whole unit from the exact share', () => {
    fc.assert(
      fc.property(entries, quanta, (list, whole) => {
        const claims = claimsOf(list);
        const total = sum(list.map(({ weight }) => weight));
        expect(proRata(claims, whole)).toBe(total > 0 ? whole : 0);
        expect(sum(partsOf(claims))).toBe(total > 0 ? whole : 0);
        if (total === 0) return;
        partsOf(claims).forEach((part, i) => {
          const scaled = BigInt(whole) * BigInt(list[i]!.weight);
          const floor = scaled / BigInt(total);
          expect(BigInt(part) === floor || (BigInt(part) === floor + 1n && scaled % BigInt(total) > 0n)).toBe(
            true,
          );
        });
      }),
    );
  });
});

describe('capped pro rata', () => {
  test('gives what some cannot bear to the others', () => {
    const claims = claimsOf([
      { weight: 5, cap: 2 },
      { weight: 3, cap: 100 },
      { weight: 2, cap: 3 },
    ]);
    expect(cappedProRata(claims, 12)).toBe(12); // 6, 3.6, 2.4 → 2 and 10 for 3 : 2 → 3 and 7
    expect(partsOf(claims)).toEqual([2, 7, 3]);
  });

  test('is water filling: adds up, no cap exceeded, and who is below its cap has no less than its share', () => {
    fc.assert(
      fc.property(entries, quanta, (list, whole) => {
        const claims = claimsOf(list);
        const paid = cappedProRata(claims, whole);
        const parts = partsOf(claims);
        const most = sum(list.map(({ weight, cap }) => (weight > 0 ? cap : 0)));
        expect(paid).toBe(Math.min(whole, most));
        expect(sum(parts)).toBe(paid);
        list.forEach(({ weight, cap }, i) => {
          expect(parts[i]).toBeLessThanOrEqual(cap);
          expect(parts[i]).toBeGreaterThanOrEqual(0);
          if (weight === 0) expect(parts[i]).toBe(0);
          // Of two below their caps, parts are as weights, to a unit: p / w and q / v differ by less than 1 / w + 1 / v.
          list.forEach((other, j) => {
            if (parts[i]! >= cap || weight === 0 || other.weight === 0) return;
            const left = BigInt(parts[i]!) * BigInt(other.weight);
            const right = BigInt(parts[j]!) * BigInt(weight);
            expect(right - left).toBeLessThan(BigInt(weight) + BigInt(other.weight));
          });
        });
      }),
    );
  });
});

describe('by rank', () => {
  test('is the published example: 20 lots against six longs, two of which are enough', () => {
    // Accounts 1 … 6 of BitMEX's example: quantities and ranks.
    const size = [10, 10, 20, 30, 20, 10];
    const claims = claimsOf([3, 6, 1, 4, 5, 2].map((weight, i) => ({ weight, cap: size[i]! })));
    expect(byRank(claims, 20)).toBe(20);
    expect(partsOf(claims)).toEqual([0, 10, 0, 0, 10, 0]);
  });

  test('takes equal ranks in the order of their positions, and all there is if that is not enough', () => {
    const claims = claimsOf([1, 2, 2, 1].map((weight) => ({ weight, cap: 4 })));
    expect(byRank(claims, 9)).toBe(9);
    expect(partsOf(claims)).toEqual([1, 4, 4, 0]);
    expect(byRank(claims, 99)).toBe(16);
    expect(partsOf(claims)).toEqual([4, 4, 4, 4]);
  });

  test('nobody gets anything before all above it are full', () => {
    fc.assert(
      fc.property(entries, quanta, (list, whole) => {
        const claims = claimsOf(list);
        const paid = byRank(claims, whole);
        const parts = partsOf(claims);
        expect(paid).toBe(Math.min(whole, sum(list.map(({ cap }) => cap))));
        expect(sum(parts)).toBe(paid);
        list.forEach((one, i) => {
          list.forEach((other, j) => {
            const before = one.weight > other.weight || (one.weight === other.weight && i < j);
            if (before && parts[j]! > 0) expect(parts[i]).toBe(one.cap);
          });
        });
      }),
    );
  });
});

describe('pro rata rounded up', () => {
  test('leaves what remains to the keeper', () => {
    const claims = weights(2000, 6000, 80);
    expect(proRataRoundedUp(claims, 5500, 1)).toBe(5500); // 1,361.4, 4,084.2 and 54.5
    expect(partsOf(claims)).toEqual([1362, 4083, 55]);
  });

  test('adds up, and is never below 0', () => {
    fc.assert(
      fc.property(entries, quanta, fc.nat(6), (list, whole, n) => {
        const claims = claimsOf(list);
        const paid = proRataRoundedUp(claims, whole, n % list.length);
        expect(sum(partsOf(claims))).toBe(paid);
        expect(Math.min(...partsOf(claims))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
