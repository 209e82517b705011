import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { meanInterval } from '../../../src/stats/intervals/mean.ts';
import {
  pairedDifference,
  pairedProportionDifference,
  varianceReduction,
} from '../../../src/stats/pairs/paired.ts';
import { poisson } from '../samples.ts';

test('the difference is of each pair, not of the two means', () => {
  const a = [11, 22, 33, 44];
  const b = [10, 20, 30, 40];
  expect(pairedDifference(a, b)).toEqual(meanInterval([1, 2, 3, 4]));
  expect(pairedDifference(b, a).value).toBe(-2.5);
});

test('pairs must match', () => {
  expect(() => pairedDifference([1, 2], [1])).toThrow(/2 rows against 1/);
  expect(() => varianceReduction([1, 2], [1])).toThrow(/2 rows against 1/);
  expect(() => pairedProportionDifference([1, 0], [1])).toThrow(/2 rows against 1/);
});

test('variance reduction by hand: variances 5/3 and 20/3, of the differences 5/3', () => {
  expect(varianceReduction([1, 2, 3, 4], [2, 4, 6, 8])).toBeCloseTo(5, 12);
  expect(varianceReduction([1, 2, 3], [2, 3, 4])).toBe(Infinity);
  expect(varianceReduction([1, 1], [2, 2])).toBeNaN();
  expect(varianceReduction([1], [2])).toBeNaN();
});

/**
 * Accounts liquidated in the solvable cascade (V5: j = 1, q = k): `breaking[x]` accounts break x ticks below
 * the best bid; with n liquidated the price has gone through n + 1 ticks.
 */
function liquidated(breaking: number[]): number {
  let n = 0;
  for (let tick = 0; tick <= n; tick++) n += breaking[tick] ?? 0;
  return n;
}

test('with a tenth of the accounts taken away, pairing is worth 8.8 times the runs (V7)', () => {
  const rng = createRng('V7');
  const dense: number[] = [];
  const thin: number[] = [];
  for (let run = 0; run < 30_000; run++) {
    const kept = Array.from({ length: 300 }, () => poisson(rng, 0.45));
    dense.push(liquidated(kept.map((k) => k + poisson(rng, 0.05))));
    thin.push(liquidated(kept));
    expect(dense[run]).toBeGreaterThanOrEqual(thin[run]!);
  }
  expect(Math.abs(varianceReduction(dense, thin) - 8.8)).toBeLessThan(1.5);
  const { low, high } = pairedDifference(dense, thin);
  expect(low).toBeLessThan(1 - 0.45 / 0.55);
  expect(high).toBeGreaterThan(1 - 0.45 / 0.55);
});

/** Columns of 0 and 1 with the given numbers of pairs (1, 1), (1, 0), (0, 1), (0, 0). */
function columns(counts: readonly [number, number, number, number]): [number[], number[]] {
  const a = counts.flatMap((count, kind) => new Array<number>(count).fill(kind < 2 ? 1 : 0));
  const b = counts.flatMap((count, kind) => new Array<number>(count).fill(kind % 2 === 0 ? 1 : 0));
  return [a, b];
}

test('a published table of 21 pairs', () => {
  // M. W. Fagerland, S. Lydersen, P. Laake, Statist. Med. 33 (2014) 2850: airway reactions before and after
  const estimate = pairedProportionDifference(...columns([1, 1, 7, 12]));
  expect(estimate.value).toBeCloseTo(-6 / 21, 12);
  expect(estimate.low).toBeCloseTo(-0.517, 3);
  expect(estimate.high).toBeCloseTo(-0.026, 3);
});

test('policies that never differed in 40 runs may still differ in the next', () => {
  const { value, low, high } = pairedProportionDifference(...columns([10, 0, 0, 30]));
  expect(value).toBe(0);
  expect(high).toBeCloseTo(1.96 ** 2 / (40 + 1.96 ** 2), 4); // where n·D² = z²·D·(1 - D)
  expect(low).toBe(-high);
});

test('only 0 and 1 are outcomes; no pair leaves all possible', () => {
  expect(() => pairedProportionDifference([1, 2], [0, 0])).toThrow('pair 1 is 2, 0');
  expect(pairedProportionDifference([], [])).toEqual({ value: NaN, low: -1, high: 1 });
});

test('the value is inside, and exchanging the policies mirrors the interval', () => {
  const count = fc.nat(30);
  fc.assert(
    fc.property(fc.tuple(count, count, count, count), (counts) => {
      fc.pre(counts.some((c) => c > 0));
      const [a, b] = columns(counts);
      const { value, low, high } = pairedProportionDifference(a, b);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      expect(pairedProportionDifference(b, a).low).toBe(-high);
    }),
  );
});

test('the bounds are the differences that the score test just does not refuse', () => {
  const count = fc.nat(30);
  fc.assert(
    fc.property(fc.tuple(count, count, count, count), ([both, x, y, none]) => {
      const n = both + x + y + none;
      fc.pre(n > 0);
      const { low, high } = pairedProportionDifference(...columns([both, x, y, none]));
      for (const bound of [low, high]) {
        if (Math.abs(bound) === 1) continue;
        // The likeliest p21 under D by search, not by the formula: maximises x ln(p21 + D) + y ln p21 + rest ln(1 - 2 p21 - D)
        const likelihood = (p21: number) => {
          const term = (k: number, p: number) => (k === 0 ? 0 : k * Math.log(p));
          return term(x, p21 + bound) + term(y, p21) + term(n - x - y, 1 - 2 * p21 - bound);
        };
        let [from, to] = [Math.max(0, -bound), (1 - bound) / 2];
        for (let i = 0; i < 200; i++) {
          const [a, b] = [from + (to - from) / 3, to - (to - from) / 3];
          if (likelihood(a) < likelihood(b)) from = a;
          else to = b;
        }
        const p21 = (from + to) / 2;
        const score = (x - y - n * bound) / Math.sqrt(n * (2 * p21 + bound * (1 - bound)));
        expect(Math.abs(score)).toBeCloseTo(1.96, 2);
      }
    }),
  );
});

test('the interval covers 92 % or more of all outcomes of 20 pairs, however rarely they differ', () => {
  // P(1, 0), P(0, 1): what decides is how often the pair differs, and to which side
  for (const [p12, p21] of [
    [0.3, 0.3],
    [0.4, 0.1],
    [0.2, 0.02],
    [0.05, 0.05],
    [0.02, 0.0],
    [0.6, 0.1],
  ] as const) {
    const n = 20;
    let covered = 0;
    for (let x = 0; x <= n; x++) {
      for (let y = 0; x + y <= n; y++) {
        const { low, high } = pairedProportionDifference(...columns([0, x, y, n - x - y]));
        const probability = trinomial(n, x, y, p12, p21);
        if (low <= p12 - p21 && p12 - p21 <= high) covered += probability;
      }
    }
    expect(covered, `${p12}, ${p21}`).toBeGreaterThan(0.92);
  }
});

function trinomial(n: number, x: number, y: number, p: number, q: number): number {
  let result = 1;
  for (let i = 1; i <= x; i++) result *= ((n - i + 1) / i) * p;
  for (let i = 1; i <= y; i++) result *= ((n - x - i + 1) / i) * q;
  for (let i = 1; i <= n - x - y; i++) result *= 1 - p - q;
  return result;
}
