// Everything read off the liquidations of a run, on one forest drawn by hand, and on random ones against slow readings.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { branchingByTime } from '../../../src/stats/cascade/branching.ts';
import { cascadeOfRun, liquidationsPerParent } from '../../../src/stats/cascade/cascade.ts';
import { clustersOf } from '../../../src/stats/cascade/clusters.ts';
import { contagionOf, meanOffspring } from '../../../src/stats/cascade/contagion.ts';
import { tempoOf } from '../../../src/stats/cascade/tempo.ts';
import { treesOf } from '../../../src/stats/cascade/trees.ts';
import { randomRows, rows } from './forests.ts';

//   7 ─┬─ 3         9 ── 8
//      ├─ 5
//      └─ 4   (by the second order of 7, which 5 triggered)
const DRAWN = rows(`
  row   account   parent   generation   time      notional
  0     7         -        1            1000000   50
  1     3         0        2            1200000   20
  2     5         0        2            1200000   10
  3     9         -        1            5000000   40
  4     7         2        3            5500000   50
  5     4         4        4            9000000   30
  6     8         3        2            9000000   60
`);
const CALM = rows('row account parent generation time notional');

test('trees: accounts, orders and notional of each, the later orders of an account with its first', () => {
  expect(treesOf(DRAWN)).toEqual({
    root: Int32Array.of(0, 3),
    accounts: Int32Array.of(4, 2),
    orders: Int32Array.of(5, 2),
    notional: Float64Array.of(160, 100),
    generations: Int32Array.of(2, 2),
    first_us: Float64Array.of(1e6, 5e6),
    last_us: Float64Array.of(9e6, 9e6),
    branching_ratio: Float64Array.of(0.75, 0.5),
  });
});

test('clusters: trees side by side are one, and an account with orders in two is in both', () => {
  expect(clustersOf(DRAWN, 1e6)).toEqual({
    first: Int32Array.of(0, 3, 5),
    after: Int32Array.of(3, 5, 7),
    accounts: Int32Array.of(3, 2, 2),
    notional: Float64Array.of(80, 90, 90),
    duration_us: Float64Array.of(200_000, 500_000, 0),
  });
  expect(clustersOf(DRAWN, 3.5e6).first).toEqual(Int32Array.of(0, 3)); // a wait of exactly the gap ends nothing
  expect(clustersOf(DRAWN, 0).first).toHaveLength(5);
});

test('tempo: durations, speeds and the time from infection to infection', () => {
  expect(tempoOf(DRAWN)).toEqual({
    duration_s: 8,
    accounts_per_s: 6 / 8,
    peak_accounts_per_s: 3,
    generation_s: (0.2 + 0.2 + 8 + 4) / 4,
  });
});

test('branching over time: offspring count where their parent is', () => {
  expect(branchingByTime(DRAWN, [1e6, 2e6, 6e6])).toEqual({
    parents: Int32Array.of(3, 1, 2),
    offspring: Int32Array.of(3, 1, 0),
  });
  expect(branchingByTime(DRAWN, [2e6]).parents).toEqual(Int32Array.of(3)); // what is earlier is left out
});

test('contagion: who infected whom', () => {
  // 7, 3 and 9 are of category 0; 5, 4 and 8 of category 1; an account's later rows do not count
  const category = [0, 0, 1, 0, 1, 1, 1];
  const found = contagionOf(DRAWN, category, 2);
  expect(found).toEqual({
    infections: Int32Array.of(1, 3, 0, 0),
    roots: Int32Array.of(2, 0),
    accounts: Int32Array.of(3, 3),
  });
  expect([...meanOffspring(found)]).toEqual([1 / 3, 1, 0, 0]);
  expect(meanOffspring(contagionOf(CALM, [], 1))[0]).toBeNaN();
});

test('a calm run has nothing, and says so', () => {
  expect(treesOf(CALM).accounts).toHaveLength(0);
  expect(clustersOf(CALM, 1).first).toHaveLength(0);
  expect(tempoOf(CALM)).toEqual({
    duration_s: NaN,
    accounts_per_s: NaN,
    peak_accounts_per_s: 0,
    generation_s: NaN,
  });
});

test('settings that mean nothing are refused', () => {
  expect(() => clustersOf(DRAWN, -1)).toThrow(/gap_us/);
  expect(() => branchingByTime(DRAWN, [2, 1])).toThrow(/edge 1/);
  expect(() => contagionOf(DRAWN, [0, 0, 2, 0, 0, 0, 0], 2)).toThrow('category 2 of row 2');
});

describe('random forests', () => {
  const forests = fc
    .tuple(fc.string(), fc.nat(60), fc.integer({ min: 1, max: 40 }))
    .map(([seed, n, accounts]) => randomRows(createRng(seed), n, accounts));

  test('trees add up to the cascade', () => {
    fc.assert(
      fc.property(forests, (forest) => {
        const trees = treesOf(forest);
        const cascade = cascadeOfRun(forest);
        const sum = (column: ArrayLike<number>) => Array.from(column).reduce((a, b) => a + b, 0);
        expect(Math.max(0, ...trees.accounts)).toBe(cascade.largest_tree_accounts);
        expect(sum(liquidationsPerParent(forest)) + trees.root.length).toBe(cascade.accounts);
        expect(sum(trees.orders)).toBe(cascade.liquidations);
        expect(sum(trees.notional)).toBe(cascade.notional);
        // not bounded by generations of rows: a later order of an account may begin a chain of rows anew
        trees.generations.forEach((g, t) => expect(g).toBeLessThanOrEqual(trees.accounts[t]!));
        // the tree's ratio, weighted by size, is the run's
        const weighted = trees.branching_ratio.reduce((a, r, t) => a + r * trees.accounts[t]!, 0);
        if (cascade.accounts > 0)
          expect(weighted / cascade.accounts).toBeCloseTo(cascade.branching_ratio, 12);
      }),
    );
  });

  test('clusters cut the rows where, and only where, the wait is longer than the gap', () => {
    fc.assert(
      fc.property(forests, fc.nat(2), (forest, gap) => {
        const { first, after, notional } = clustersOf(forest, gap);
        const { time_us } = forest;
        for (let row = 1; row < time_us.length; row++) {
          expect([...first].includes(row)).toBe(time_us[row]! - time_us[row - 1]! > gap);
        }
        first.forEach((from, c) => {
          expect(from).toBe(c === 0 ? 0 : after[c - 1]);
          expect(notional[c]).toBe(forest.notional.slice(from, after[c]).reduce((a, b) => a + b, 0));
        });
      }),
    );
  });

  test('infections, roots and cohorts add up to the accounts', () => {
    fc.assert(
      fc.property(forests, (forest) => {
        const { infections, roots, accounts } = contagionOf(forest, forest.instrument, 2);
        for (const to of [0, 1])
          expect(roots[to]! + infections[to]! + infections[2 + to]!).toBe(accounts[to]);
        const { parents, offspring } = branchingByTime(forest, [0, 10, 20]);
        const sum = (column: Int32Array) => column.reduce((a, b) => a + b, 0);
        expect(sum(parents)).toBe(sum(accounts));
        expect(sum(offspring) + sum(roots)).toBe(sum(accounts));
      }),
    );
  });
});
