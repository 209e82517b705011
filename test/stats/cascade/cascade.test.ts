// A run's cascade: drawn forests, random ones against a slow reading, and the branching ratio of the solvable cascade.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { cascadeOfRun, liquidationsPerParent, peakWithinWindow } from '../../../src/stats/cascade/cascade.ts';
import { forestOf } from '../../../src/stats/cascade/forest.ts';
import type { LiquidationRows } from '../../../src/stats/cascade/forest.ts';
import { treesOf } from '../../../src/stats/cascade/trees.ts';
import { ratioInterval } from '../../../src/stats/intervals/ratio.ts';
import { randomRows, rows } from './forests.ts';
import { poisson } from '../samples.ts';

const TWO_TREES = rows(`
  row   account   parent   generation   time   notional
  0     7         -        1            100    50
  1     3         0        2            120    20
  2     5         0        2            120    10
  3     9         -        1            130    40
  4     7         2        3            150    50
  5     4         4        4            160    30
`);

test('two trees, and an account liquidated twice is one account', () => {
  //   7 ── 3        9
  //    ├── 5
  //    └── 4   (by the second order of 7, which 5 triggered)
  expect(cascadeOfRun(TWO_TREES)).toEqual({
    liquidations: 6,
    accounts: 5,
    roots: 2,
    branching_ratio: 1 - 2 / 5,
    deepest_generation: 4,
    trees: 2,
    largest_tree_accounts: 4,
    notional: 200,
    first_us: 100,
    last_us: 160,
  });
  expect([...treesOf(TWO_TREES).accounts]).toEqual([4, 1]);
  expect([...liquidationsPerParent(TWO_TREES)]).toEqual([3, 0, 0, 0, 0]);
  const { first, infector, root } = forestOf(TWO_TREES);
  expect([...first]).toEqual([0, 1, 2, 3, 5]);
  expect([...infector]).toEqual([-1, 0, 0, -1, 0]);
  expect([...root]).toEqual([0, 0, 0, 3, 0]);
});

test('a calm run has no ratio and no times', () => {
  const calm = rows('row account parent generation time notional');
  expect(cascadeOfRun(calm)).toEqual({
    liquidations: 0,
    accounts: 0,
    roots: 0,
    branching_ratio: NaN,
    deepest_generation: 0,
    trees: 0,
    largest_tree_accounts: 0,
    notional: 0,
    first_us: NaN,
    last_us: NaN,
  });
  expect(treesOf(calm).accounts).toHaveLength(0);
  expect(liquidationsPerParent(calm)).toHaveLength(0);
});

test.each([
  ['a parent that comes later', { parent: [-1, 1] }, 'liquidation 1: parent 1 is not an earlier row'],
  ['a parent that is no row', { parent: [-2, 0] }, 'liquidation 0: parent -2'],
  ['a generation skipped', { generation: [1, 3] }, 'liquidation 1: generation 3, should be 2'],
  ['a root of generation 0', { generation: [0, 1] }, 'liquidation 0: generation 0, should be 1'],
  ['a time before its cause', { time_us: [5, 4] }, 'liquidation 1: time 4 us is not in order'],
  ['a time that is none', { time_us: [NaN, 4] }, 'liquidation 0: time NaN us'],
  ['a negative notional', { notional: [1, -1] }, 'liquidation 1: notional -1'],
  ['a column too short', { notional: [1] }, 'notional has 1 rows, account has 2'],
])('%s is refused', (_, change: Record<string, number[]>, message) => {
  const sound = {
    account: Int32Array.of(1, 2),
    instrument: Int32Array.of(0, 0),
    parent: Int32Array.of(-1, 0),
    generation: Int32Array.of(1, 2),
    time_us: Float64Array.of(1, 2),
    notional: Float64Array.of(1, 1),
  };
  expect(cascadeOfRun(sound).accounts).toBe(2);
  const [name, values] = Object.entries(change)[0]!;
  const column =
    name === 'time_us' || name === 'notional' ? Float64Array.from(values) : Int32Array.from(values);
  expect(() => cascadeOfRun({ ...sound, [name]: column })).toThrow(message);
});

/** The same statistics the slow way: from each account, walk up from first row to first row. */
function naive({ account, parent }: LiquidationRows) {
  const all = [...new Set(account)];
  const infector = new Map<number, number | undefined>();
  for (const a of all) {
    const cause = parent[account.indexOf(a)]!;
    infector.set(a, cause < 0 ? undefined : account[cause]);
  }
  const top = (a: number): number => {
    const by = infector.get(a);
    return by === undefined ? a : top(by);
  };
  const roots = all.filter((a) => infector.get(a) === undefined);
  return {
    accounts: all.length,
    roots: roots.length,
    sizes: roots.map((r) => all.filter((a) => top(a) === r).length),
    infected: all.map((a) => all.filter((b) => infector.get(b) === a).length),
  };
}

test('a random forest gives what walking up from every account gives', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(60), fc.integer({ min: 1, max: 40 }), (seed, n, accounts) => {
      const forest = randomRows(createRng(seed), n, accounts);
      const slow = naive(forest);
      const sizes = treesOf(forest).accounts;
      const infected = liquidationsPerParent(forest);
      const cascade = cascadeOfRun(forest);
      expect([...sizes]).toEqual(slow.sizes);
      expect([...infected]).toEqual(slow.infected);
      expect(cascade).toMatchObject({ accounts: slow.accounts, roots: slow.roots, trees: slow.roots });
      expect(cascade.largest_tree_accounts).toBe(Math.max(0, ...slow.sizes));
      // every account is in one tree, and every account but the roots has one infector
      expect(sizes.reduce((a, b) => a + b, 0)).toBe(cascade.accounts);
      expect(infected.reduce((a, b) => a + b, 0)).toBe(cascade.accounts - cascade.roots);
    }),
  );
});

test('the branching ratio read off the parents of the solvable cascade is m', () => {
  const rng = createRng('V5 rows');
  const runs = Array.from({ length: 3000 }, () => {
    const parent: number[] = [];
    const generation: number[] = [];
    const infect = (cause: number, count: number) => {
      for (let i = 0; i < count; i++) {
        parent.push(cause);
        generation.push(cause < 0 ? 1 : generation[cause]! + 1);
      }
    };
    infect(-1, poisson(rng, 0.8));
    for (let row = 0; row < parent.length; row++) infect(row, poisson(rng, 0.8));
    return cascadeOfRun({
      account: Int32Array.from(parent, (_, i) => i),
      instrument: new Int32Array(parent.length),
      parent: Int32Array.from(parent),
      generation: Int32Array.from(generation),
      time_us: new Float64Array(parent.length),
      notional: new Float64Array(parent.length),
    });
  });
  const { value, low, high } = ratioInterval(
    runs.map((run) => run.accounts - run.roots),
    runs.map((run) => run.accounts),
    { min: 0, max: 1 },
  );
  expect(Math.abs(value - 0.8)).toBeLessThan(0.04);
  expect(low).toBeLessThan(0.8);
  expect(high).toBeGreaterThan(0.8);
});

test('the peak counts both ends of the window', () => {
  const time_us = [0, 10, 60, 61, 200];
  const amount = [5, 1, 2, 4, 6];
  expect(peakWithinWindow(time_us, amount, 60)).toBe(8); // 0 to 60, before 61 enters and 0 leaves
  expect(peakWithinWindow(time_us, amount, 61)).toBe(12);
  expect(peakWithinWindow(time_us, amount, 0)).toBe(6);
  expect(peakWithinWindow(time_us, amount, Infinity)).toBe(18);
  expect(peakWithinWindow([], [], 60)).toBe(0);
});

test('the peak is the best of all windows that start at a row', () => {
  const row = fc.tuple(fc.nat(20), fc.nat(100));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 50 }), fc.nat(100), (list, window_us) => {
      let now = 0;
      const time_us = list.map(([wait]) => (now += wait));
      const amount = list.map(([, size]) => size);
      const sums = time_us.map((start) =>
        amount.reduce(
          (sum, x, i) => (time_us[i]! >= start && time_us[i]! <= start + window_us ? sum + x : sum),
          0,
        ),
      );
      expect(peakWithinWindow(time_us, amount, window_us)).toBe(Math.max(0, ...sums));
    }),
  );
});

test('rows out of order and amounts below nothing are refused', () => {
  expect(() => peakWithinWindow([2, 1], [1, 1], 5)).toThrow('time_us[1] is before');
  expect(() => peakWithinWindow([1, 2], [1, -1], 5)).toThrow('amount[1] is -1');
  expect(() => peakWithinWindow([1, 2], [1], 5)).toThrow(/2 rows against 1/);
  expect(() => peakWithinWindow([1, NaN], [1, 1], 5)).toThrow('time_us[1] is NaN');
  expect(() => peakWithinWindow([1], [1], -5)).toThrow(/window_us/);
});
