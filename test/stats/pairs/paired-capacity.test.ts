// Differences of capacities on the same luck: by hand, of equals, of what is unknown, and how often luck alone is called a
// difference.
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { capacityInterval } from '../../../src/stats/cascade/absorption.ts';
import { bootstrap } from '../../../src/stats/intervals/bootstrap.ts';
import type { Searches } from '../../../src/stats/pairs/paired-capacity.ts';
import { capacityDifferences } from '../../../src/stats/pairs/paired-capacity.ts';
import { simultaneousIntervals } from '../../../src/stats/pairs/simultaneous.ts';
import { standardInterval } from '../../../src/stats/intervals/standard-interval.ts';

function searches(probability: number, ...lows: readonly (readonly number[])[]): Searches {
  return {
    probability,
    lows: lows.map((column) => Float64Array.from(column)),
    highs: lows.map((column) => Float64Array.from(column, (low) => low + 1)),
  };
}

const one = (a: Searches, b: Searches) => capacityDifferences([a, b], [[0, 1]], { seed: 'seed' })[0]!;

/** Critical sales of 1,000 · e^(0.4 Z), two continuations a run, with as much of their luck in common as asked. */
function drawn(seed: string, runs: number, correlation: number, shift = 0): [Searches, Searches] {
  const rng = createRng(seed);
  const columns = [0, 1, 2, 3].map(() => new Float64Array(runs));
  for (let i = 0; i < runs; i++) {
    for (const slot of [0, 1]) {
      const common = Math.sqrt(correlation) * rng.normal();
      for (const policy of [0, 1]) {
        const luck = common + Math.sqrt(1 - correlation) * rng.normal();
        columns[2 * policy + slot]![i] = 1000 * Math.exp(0.4 * luck - policy * shift);
      }
    }
  }
  const [a, b, c, d] = columns.map((column) => [...column]);
  return [searches(0.95, a!, b!), searches(0.95, c!, d!)];
}

describe('the difference of capacities', () => {
  test('is that of the quantiles over all continuations of all runs', () => {
    // Medians: of 10 to 60, and of 11, 12, 13, 40, 50, 60.
    const a = searches(0.5, [10, 20, 30], [40, 50, 60]);
    const b = searches(0.5, [13, 12, 11], [40, 50, 60]);
    const [forth, back] = capacityDifferences([a, b], [[0, 1], [1, 0]], { seed: 'seed' }); // prettier-ignore
    expect(forth!.bootstrap.value).toBe(35 - 26.5);
    expect(back!.bootstrap.value).toBe(26.5 - 35);
    expect(back!.p).toBe(forth!.p);
  });

  test('is that of the capacities as reported', () => {
    const [a, b] = drawn('reported', 40, 0.5, 0.3);
    const reported = [a, b].map(
      ({ lows, highs }) =>
      capacityInterval(lows.flatMap((x) => [...x]), highs.flatMap((x) => [...x]), 0.95), // prettier-ignore
    );
    expect(one(a, b).bootstrap.value).toBe(reported[0]!.value - reported[1]!.value);
  });

  test('of equals is 0 without doubt', () => {
    const [a] = drawn('equals', 40, 0.5);
    const { bootstrap: found, p } = one(a, a);
    expect(standardInterval(found)).toEqual({ value: 0, low: 0, high: 0 });
    expect(p).toBe(1);
  });

  test('that is the same in all runs is no more certain than that many runs can make it', () => {
    const [a] = drawn('shift', 40, 0.5);
    const lower = { ...a, lows: a.lows.map((low) => low.map((x) => x - 50)) };
    const { bootstrap: found, p } = one(a, lower);
    expect(standardInterval(found).low).toBeCloseTo(50, 9);
    expect(p).toBeCloseTo(2 ** -39, 15);
  });

  test('is on the resamples that other statistics of the same seed and rows get', () => {
    const a = searches(0.5, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const zero = searches(0.5, new Array<number>(9).fill(0));
    const capacity = one(a, zero).bootstrap;
    const [median] = bootstrap(a.lows, ([x], out) => (out[0] = x!.toSorted()[4]!), 1, { seed: 'seed' });
    expect(capacity.replicates).toEqual(median!.replicates);
  });
});

describe('nothing is known of a difference', () => {
  const unknown = (a: Searches, b: Searches): void => {
    const { bootstrap: found, p } = one(a, b);
    expect(found.value).not.toBeNaN(); // both capacities are reported, each without a bound or with a poor one
    const { low, high } = standardInterval(found);
    expect([low, high, p]).toEqual([NaN, NaN, NaN]);
  };

  test('with 71 continuations of 95 %, and something with 72', () => {
    const of = (n: number, from: number) =>
      searches(0.95, Array.from({ length: n }, (_, i) => from + i)); // prettier-ignore
    unknown(of(71, 0), of(71, 40));
    expect(one(of(72, 0), of(72, 40)).p).toBeLessThan(0.05);
  });

  test('where the searches of either policy gave up', () => {
    const [a, b] = drawn('gave up', 40, 0.5);
    const open = { ...b, highs: b.highs.map((high) => high.map(() => Infinity)) };
    unknown(a, open);
    unknown(open, a);
    // One of 80 that gave up far above the quantile takes nothing from what is known of it.
    const few = { ...b, lows: b.lows.map((x) => x.slice()), highs: b.highs.map((x) => x.slice()) };
    few.lows[0]![7] = 1e6;
    few.highs[0]![7] = Infinity;
    expect(one(a, few).p).not.toBeNaN();
  });

  test('and the others get their simultaneous intervals without it', () => {
    const [a, b] = drawn('some', 40, 0.5, 0.3);
    const open = { ...b, highs: b.highs.map((high) => high.map(() => Infinity)) };
    const all = capacityDifferences([a, b, open], [[0, 1], [0, 2]], { seed: 'seed' }); // prettier-ignore
    const found = all.map((one) => one.bootstrap);
    const [known, not] = simultaneousIntervals(found, found.map((one) => standardInterval(one))); // prettier-ignore
    expect(known!.high - known!.low).toBeGreaterThan(0);
    expect(not!.low).toBeNaN();
  });
});

test.each([0.5, 0.9])('luck alone, correlated by %d, is hardly ever called a difference', (correlation) => {
  const batches = 500;
  let called = 0;
  for (let i = 0; i < batches; i++) {
    const [a, b] = drawn(`luck/${i}`, 40, correlation);
    const [found] = capacityDifferences([a, b], [[0, 1]], { seed: `${i}`, resamples: 200 });
    if (found!.p < 0.05) called++;
  }
  // Three standard errors of 5 % above it; some, or the test is blind.
  expect(called / batches).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / batches));
  expect(called).toBeGreaterThan(0);
});
