// Wrappers that look at the market or at its volatility: concentration and the adaptive multipliers.
import { describe, expect, test } from 'vitest';
import type { MarketView } from '../../../src/clearing/margin/market-view.ts';
import { marginOf, refusalOf } from '../desk.ts';

type Written = Readonly<Record<string, unknown>>;

describe('concentration', () => {
  const view = (lots: number): MarketView => ({ openInterest: () => 0, depth: (_, within) => lots * within });
  const concentrated = (lots: number, over: Written = {}) =>
    marginOf(
      { rule: 'flat', leverage: 20, wrappers: [{ wrapper: 'concentration', within: 0.02, ...over }] },
      { market: view(lots) },
    );

  test.each([
    [20, 500],
    [40, 1000], // all the depth of 2,000 · 2 %
    [60, 2250], // 1.5 times 1,500
    [80, 4000],
    [1000, 625_000],
    [4000, 4_000_000], // 100 times 5 %: the whole position
  ])('of %i lots against a depth of 40 asks for %i', (lots, required) => {
    expect(concentrated(2000).maintenance(0, lots, 1000)).toBe(required);
    expect(concentrated(2000).rate(0)).toBe(25_000);
  });

  test('takes a multiple of the depth, and scales initial margin too', () => {
    const margin = concentrated(2000, { multiple: 0.5 });
    expect([margin.maintenance(0, 40, 1000), margin.initial(0, 40, 1000)]).toEqual([2000, 4000]);
    expect(concentrated(4000, { within: 0.01 }).maintenance(0, 60, 1000)).toBe(2250);
  });

  test('without a book asks for the whole position', () => {
    expect(concentrated(0).maintenance(0, 3, 1000)).toBe(3000);
    expect(concentrated(0).initial(0, 3, 1000)).toBe(3000);
  });

  test('follows the depth at updates', () => {
    let lots = 2000;
    const market = { openInterest: () => 0, depth: () => lots };
    const wrappers = [{ wrapper: 'concentration', interval: '5 s' }];
    const margin = marginOf({ rule: 'flat', leverage: 20, wrappers }, { market });
    expect(margin.interval_us).toBe(5e6);
    lots = 30;
    expect(margin.maintenance(0, 60, 1000)).toBe(1500);
    expect(margin.update!(0, 1000)).toBe(true);
    expect(margin.maintenance(0, 60, 1000)).toBe(3000);
    expect(margin.update!(0, 1000)).toBe(false);
  });

  test.each([[0], [1.5]])('within %d of the mark is refused', (within) => {
    const wrappers = [{ wrapper: 'concentration', within }];
    expect(refusalOf({ rule: 'flat', leverage: 10, wrappers })).toBe(
      `margin.wrappers[0].within: must be above 0 and at most 1, got ${within}`,
    );
  });
});

/** 5 % maintenance, 10 % initial. */
const FLAT = { rule: 'flat', leverage: 10 };

describe('an adaptive multiplier', () => {
  test('by volatility is σ over its reference, between its bounds', () => {
    const wrapper = {
      wrapper: 'adaptive-volatility',
      reference: '2 %',
      decay: 1e-12,
      interval: '1 h',
      most: 4,
    };
    const margin = marginOf({ ...FLAT, wrappers: [{ ...wrapper, least: 0.5 }] });
    expect([margin.interval_us, margin.maintenance(0, 1000, 1000)]).toEqual([3600e6, 50_000]);
    let level = 0;
    for (const [sigma, multiplier] of [
      [0.03, 1.5],
      [0.06, 3],
      [0.2, 4],
      [0.002, 0.5],
    ] as const) {
      level += sigma;
      expect(margin.update!(0, 1000 * Math.exp(level))).toBe(true);
      expect(margin.maintenance(0, 1000, 1000) / 50_000).toBeCloseTo(multiplier, 4);
      expect(margin.initial(0, 1000, 1000) / 100_000).toBeCloseTo(multiplier, 4);
      expect(margin.rate(0) / 50_000).toBeCloseTo(multiplier, 4);
    }
    expect(margin.update!(0, 1000 * Math.exp(level))).toBe(false);
    margin.reset!(0, 1000);
    expect(margin.rate(0)).toBe(50_000);
  });

  test('by depth is a reference over the depth there is, in money', () => {
    let lots = 50;
    const market: MarketView = { openInterest: () => 0, depth: (_, within) => (within === 0.02 ? lots : 0) };
    const wrappers = [{ wrapper: 'adaptive-depth', reference: 100_000 }];
    const margin = marginOf({ rule: 'flat', leverage: 10, wrappers }, { market });
    const after = (depth: number): number => {
      lots = depth;
      margin.update!(0, 1000);
      return margin.maintenance(0, 1000, 1000) / 50_000;
    };
    expect(margin.maintenance(0, 1000, 1000)).toBe(100_000); // 50,000 of depth: twice
    expect([80, 200, 10, 0].map(after)).toEqual([1.25, 1, 3, 3]);
    const quanta = marginOf({ rule: 'flat', leverage: 10, wrappers }, { market, quantaPerUnit: 100 });
    lots = 8000;
    quanta.update!(0, 1000);
    expect(quanta.maintenance(0, 1000, 1000)).toBe(62_500);
  });

  test('never asks for more than the position', () => {
    const margin = marginOf({
      rule: 'flat',
      leverage: 1.25,
      wrappers: [{ wrapper: 'adaptive-depth', reference: 1 }],
    });
    expect([margin.maintenance(0, 7, 1000), margin.initial(0, 7, 1000), margin.rate(0)]).toEqual([
      7000, 7000, 1_000_000,
    ]);
  });

  test.each([
    [{ wrapper: 'adaptive-depth', reference: 1, least: 4 }, 'least: must not be above most, 3'],
    [{ wrapper: 'adaptive-volatility', reference: 0 }, 'reference: must be above 0 and at most 10, got 0'],
  ])('%j is refused', (wrapper, message) => {
    const margin = { rule: 'flat', leverage: 10, wrappers: [wrapper] };
    expect(refusalOf(margin)).toBe(`margin.wrappers[0].${message}`);
  });
});
