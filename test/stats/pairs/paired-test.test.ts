// p-values of paired comparisons: against exact ones and SciPy's, and how often they are below .05 where nothing differs.
import { expect, test } from 'vitest';
import { studentUpperTail } from '../../../src/core/quantiles.ts';
import { createRng } from '../../../src/core/rng.ts';
import { pairedPValue } from '../../../src/stats/pairs/paired-test.ts';

/** t, degrees of freedom, P(T > t): scipy.stats.t.sf. */
const TAILS = [
  [0.5, 1, 0.35241638234956674],
  [2, 5, 0.050969739414929174],
  [4.5, 19, 0.00012259225579209986],
  [30, 3, 4.067640213581979e-5],
  [1.2, 2.5, 0.1657194188329388],
] as const;

/** 0/1 columns with so many pairs of each kind. */
function pairs(aOnly: number, bOnly: number, same: number): [number[], number[]] {
  const a = [
    ...Array<number>(aOnly).fill(1),
    ...Array<number>(bOnly).fill(0),
    ...Array<number>(same).fill(1),
  ];
  const b = [
    ...Array<number>(aOnly).fill(0),
    ...Array<number>(bOnly).fill(1),
    ...Array<number>(same).fill(1),
  ];
  return [a, b];
}

test('of columns of 0 and 1 are the exact sign test’s', () => {
  expect(pairedPValue(...pairs(2, 10, 7))).toBeCloseTo((2 * (1 + 12 + 66)) / 4096, 14);
  expect(pairedPValue(...pairs(5, 0, 3))).toBe(2 / 32);
  expect(pairedPValue(...pairs(3, 3, 0))).toBe(1);
  expect(pairedPValue(...pairs(0, 0, 9))).toBe(1);
  expect(pairedPValue(...pairs(400, 700, 10))).toBeLessThan(1e-15);
});

test('of other columns are Student’s, but never below what so many pairs can tell', () => {
  expect(pairedPValue([3, 5, 1, 8, 9, 4], [2, 5, 0, 3, 9.5, 1])).toBeCloseTo(0.11840020263255632, 12);
  expect(pairedPValue([2, 3, 4, 5], [1, 2, 3, 4])).toBe(1 / 8); // no spread at all: t is infinite
  expect(pairedPValue([2, 3, 4, 5.5], [1, 2, 3, 4])).toBe(1 / 8);
  expect(pairedPValue([2], [1])).toBeNaN();
  expect(() => pairedPValue([2, 3], [1])).toThrow('2 rows against 1');
});

test('Student’s tail agrees with SciPy 1.17', () => {
  for (const [t, df, tail] of TAILS) {
    expect(Math.abs(studentUpperTail(t, df) / tail - 1), `${t}, ${df}`).toBeLessThan(1e-11);
  }
  expect([studentUpperTail(0, 4), studentUpperTail(Infinity, 4)]).toEqual([0.5, 0]);
  expect([studentUpperTail(-1, 4), studentUpperTail(1, 0.5)]).toEqual([NaN, NaN]);
});

test('are below .05 in about one of twenty samples where nothing differs, skewed ones included', () => {
  const rng = createRng('size');
  for (const draw of [() => rng.normal(), () => rng.exponential(1), () => (rng.uniform() < 0.4 ? 1 : 0)]) {
    let hits = 0;
    for (let i = 0; i < 2000; i++) {
      const column = () => Float64Array.from({ length: 20 }, draw);
      if (pairedPValue(column(), column()) < 0.05) hits++;
    }
    expect(hits / 2000).toBeLessThan(0.065);
  }
});
