// The arithmetic under the waterfall at its edges: nothing to share, no room, caps, and the fund's peak.
import { describe, expect, test } from 'vitest';
import { FUND_PEAKS } from '../../../src/clearing/schema.ts';
import {
  byRank,
  cappedProRata,
  Claims,
  proRata,
  proRataRoundedUp,
} from '../../../src/clearing/waterfall/allocation.ts';
import { closable } from '../../../src/clearing/waterfall/deleveraging.ts';
import { FundPeak } from '../../../src/clearing/waterfall/fund-peak.ts';
import { InvariantError } from '../../../src/core/errors.ts';

describe('an opposite position can lose', () => {
  test.each([
    [6, 500, 50, 10, 6], // the loss is within its equity
    [6, 50, 50, 10, 6], // all of it
    [6, 20, 50, 10, 4], // 20 quanta bear 4 lots of 5
    [6, 24, 50, 10, 4],
    [4, 20, 50, 10, 4],
    [3, 20, 50, 10, 3],
    [6, 500, -50, 10, 6], // a gain
    [6, 0, 50, 10, 0],
  ])(
    'of %i lots with an equity of %i, when %i quanta go with %i lots: %i',
    (size, equity, loss, lots, most) => {
      expect(closable(size, equity, loss, lots)).toBe(most);
    },
  );
});

describe('sharing out nothing', () => {
  test('gives nobody anything, and takes no cap away', () => {
    const claims = new Claims(3);
    claims.add(0, 3, 5);
    claims.add(1, 4, 5);
    for (const share of [proRata, cappedProRata, byRank]) {
      for (const whole of [0, -7]) {
        claims.part.fill(9);
        expect([share(claims, whole), claims.part[0], claims.part[1]], share.name).toEqual([0, 0, 0]);
      }
    }
    for (const whole of [0, -7]) {
      claims.part.fill(9);
      expect([proRataRoundedUp(claims, whole, 1), claims.part[0], claims.part[1]]).toEqual([0, 0, 0]);
    }
    expect(claims.part[2]).toBe(9); // not in use
  });

  test('of a whole, with the keeper first, last, or when rounding up leaves too little', () => {
    const claims = new Claims(4);
    for (const weight of [1, 1, 1, 1]) claims.add(0, weight, 0);
    const parts = (whole: number, keeper: number) => [
      proRataRoundedUp(claims, whole, keeper),
      ...claims.part,
    ];
    expect(parts(9, 3)).toEqual([9, 3, 3, 3, 0]);
    expect(parts(9, 0)).toEqual([9, 0, 3, 3, 3]);
    expect(parts(8, 1)).toEqual([8, 2, 2, 2, 2]);
    expect(parts(2, 3)).toEqual([2, 1, 1, 0, 0]);
    claims.weight.fill(0);
    expect(parts(2, 3)).toEqual([0, 0, 0, 0, 0]);
  });

  test('of more claims than there is room for is refused', () => {
    const claims = new Claims(1);
    claims.add(0, 1, 1);
    expect(() => {
      claims.add(1, 1, 1);
    }).toThrow(new InvariantError('more claims than rows'));
    claims.clear();
    claims.add(7, 2, 3);
    expect([claims.count, claims.account[0], claims.weight[0], claims.cap[0]]).toEqual([1, 7, 2, 3]);
  });
});

describe('the peak of the fund', () => {
  const peaks = () =>
    new FundPeak({ slot: new Float64Array(FUND_PEAKS), quanta: new Float64Array(FUND_PEAKS) });
  test('is the highest level of the window, in sixteenths of it', () => {
    const fund = peaks();
    const at = (time: number, level: number) => fund.observe(time, level, 1600);
    expect(at(0, 50)).toBe(50);
    expect(at(50, 70)).toBe(70);
    expect(at(99, 60)).toBe(70);
    expect(at(100, 20)).toBe(70);
    expect(at(1699, 10)).toBe(70); // the last microsecond of the first sixteenth's window and a bit
    expect(at(1700, 10)).toBe(20);
    expect(at(1800, 5)).toBe(10);
    expect(at(5000, 5)).toBe(5);
    expect(at(5000, 6)).toBe(6);
  });

  test('is the present level in an empty window', () => {
    expect(peaks().observe(0, -5, 1600)).toBe(-5);
    expect(peaks().observe(1e9, -5, 1600)).toBe(-5);
  });
});
