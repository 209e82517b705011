// Wrappers, each against its formula, round a rule whose requirement the test moves: EWMA with a decay that forgets all.
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MarginRule } from '../../../src/clearing/margin/rule.ts';
import { marginOf, refusalOf } from '../desk.ts';

type Written = Readonly<Record<string, unknown>>;

/** A flat rule of that maintenance rate, initial twice as much, in wrappers. */
const flat = (rate: number, ...wrappers: readonly Written[]) =>
  marginOf({ rule: 'flat', leverage: 0.5 / rate, maintenance_rate: rate, wrappers });

const CONFIDENCE = 0.99;
const Z = 2.3263478740408408;

/** A rule whose rate is z · |last return|, as λ is next to nothing; 10 % at first. */
const nervous = (wrappers: readonly Written[]) =>
  marginOf({
    rule: 'ewma-var',
    volatility: 0.1 / Z,
    confidence: CONFIDENCE,
    decay: 1e-12,
    horizon: '1 h',
    interval: '1 h',
    wrappers,
  });

/** Moves the mark so that the nervous rule's own rate becomes each of these in turn; the margin's rate after each. */
function ratesAfter(margin: MarginRule, own: readonly number[], each?: (own: number) => void): number[] {
  let level = 0;
  return own.map((rate) => {
    level += rate / Z;
    margin.update!(0, 1000 * Math.exp(level));
    each?.(rate);
    return margin.rate(0) / 1e6;
  });
}

const close = (rates: readonly number[]) => rates.map((rate) => expect.closeTo(rate, 5) as number);

describe('a buffer', () => {
  const buffer = { wrapper: 'buffer', share: '25 %', rate: 0.1 };

  test.each([
    [0.04, 0.05],
    [0.08, 0.1],
    [0.09, 0.1], // used up in part
    [0.1, 0.1],
    [0.12, 0.12], // released
  ])('on %d is %d, with a release level of 0.1', (own, held) => {
    const margin = flat(own, buffer);
    expect(margin.maintenance(0, 10, 1000)).toBe(10_000 * held);
    expect(margin.rate(0)).toBeCloseTo(held * 1e6, 6);
  });

  test('on initial margin is released at a factor of that level', () => {
    expect(flat(0.05, buffer).initial(0, 10, 1000)).toBe(1250);
    expect(flat(0.07, buffer).initial(0, 10, 1000)).toBe(1500);
    expect(flat(0.08, buffer).initial(0, 10, 1000)).toBe(1600);
    expect(flat(0.07, { ...buffer, initial_factor: 1.2 }).initial(0, 10, 1000)).toBe(1400);
    expect(flat(0.3, { ...buffer, rate: 0.9 }).initial(0, 10, 1000)).toBe(7500);
    expect(flat(0.45, { ...buffer, rate: 0.9 }).initial(0, 10, 1000)).toBe(10_000); // 90 % · 1.5 is all
  });

  test('is released at a quantile of past returns, if so written', () => {
    const margin = flat(0.04, { wrapper: 'buffer', quantile: 0.9, history: 'closes' });
    expect(margin.maintenance(0, 1000, 1000)).toBe(40_000); // hourly moves are smaller
  });

  test.each([
    [{ share: 0, rate: 0.1 }, 'share: must be above 0 and at most 10, got 0'],
    [{}, 'rate: give either rate, or quantile and history'],
  ])('of %j is refused', (settings, message) => {
    const margin = { rule: 'flat', leverage: 10, wrappers: [{ wrapper: 'buffer', ...settings }] };
    expect(refusalOf(margin)).toBe(`margin.wrappers[0].${message}`);
  });
});

describe('a cap', () => {
  test('lowers a higher requirement and leaves a lower one', () => {
    const cap = { wrapper: 'cap', rate: 0.06 };
    expect(flat(0.08, cap).maintenance(0, 10, 1000)).toBe(600);
    expect(flat(0.05, cap).maintenance(0, 10, 1000)).toBe(500);
    expect(flat(0.08, cap).rate(0)).toBe(60_000);
    expect(flat(0.05, cap).rate(0)).toBe(50_000);
  });

  test('of initial margin is a factor higher, the whole notional at most', () => {
    expect(flat(0.08, { wrapper: 'cap', rate: 0.06 }).initial(0, 10, 1000)).toBe(900);
    expect(flat(0.4, { wrapper: 'cap', rate: 0.06, initial_factor: 2 }).initial(0, 10, 1000)).toBe(1200);
    expect(flat(0.45, { wrapper: 'cap', rate: 0.9 }).initial(0, 10, 1000)).toBe(9000);
  });

  test('above a floor leaves room between them, and beneath it none', () => {
    const [cap, floor] = [
      { wrapper: 'cap', rate: 0.06 },
      { wrapper: 'floor', rate: 0.07 },
    ];
    expect(flat(0.08, cap, floor).maintenance(0, 10, 1000)).toBe(700);
    expect(flat(0.08, floor, cap).maintenance(0, 10, 1000)).toBe(600);
  });
});

describe('a stressed weight', () => {
  test('is a weighted sum, rounded up twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300_000 }),
        fc.integer({ min: 1, max: 900_000 }),
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 100_000 }),
        (own, stressed, weight, lots) => {
          const wrapper = { wrapper: 'stressed-weight', weight: `${weight} %`, rate: stressed / 1e6 };
          const margin = flat(own / 1e6, wrapper);
          const share = (money: Decimal, part: Decimal.Value) => money.times(part).div(1e6).ceil();
          const notional = new Decimal(lots).times(997);
          const required = share(share(notional, own), 1e6 - 1e4 * weight).plus(
            share(share(notional, stressed), 1e4 * weight),
          );
          expect(margin.maintenance(0, lots, 997)).toBe(required.toNumber());
          expect(margin.initial(0, lots, 997)).toBeGreaterThanOrEqual(required.toNumber());
          expect(margin.rate(0)).toBeCloseTo(own * (1 - weight / 100) + (stressed * weight) / 100, 6);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  test('of the whole position and the whole position is the whole position, and not a quantum more', () => {
    const wrappers = [{ wrapper: 'stressed-weight', weight: 0.25, rate: 0.999999 }];
    const margin = marginOf({ rule: 'flat', leverage: 1, maintenance_rate: 0.999999, wrappers });
    // 2.25 and 0.75 of 3 quanta, each rounded up, would be 4.
    for (let mark = 1; mark < 200; mark++) expect(margin.maintenance(0, 3, mark)).toBe(3 * mark);
    expect(margin.initial(0, 3, 1)).toBe(3);
  });

  test('of initial margin has the stressed part times a factor', () => {
    const wrapper = { wrapper: 'stressed-weight', weight: 0.25, rate: 0.2 };
    expect(flat(0.04, wrapper).initial(0, 10, 1000)).toBe(600 + 750);
    expect(flat(0.04, { ...wrapper, initial_factor: 1 }).initial(0, 10, 1000)).toBe(600 + 500);
  });

  test('looks back on the rule’s own requirement: a quantile over its last updates, the present one included', () => {
    const margin = nervous([{ wrapper: 'stressed-weight', weight: 0.5, quantile: 0.99, lookback: 3 }]);
    expect(margin.rate(0)).toBeCloseTo(100_000, 3);
    const rates = ratesAfter(margin, [0.2, 0.04, 0.04, 0.04]);
    expect(rates).toEqual(close([0.2, 0.12, 0.12, 0.04]));
    margin.reset!(0, 1000);
    expect(ratesAfter(margin, [0.06])).toEqual(close([0.08]));
    const low = nervous([{ wrapper: 'stressed-weight', weight: 0.5, quantile: 0.3, lookback: 3 }]);
    expect(ratesAfter(low, [0.2, 0.3])).toEqual(close([0.15, 0.2]));
  });

  test.each([
    [{ weight: 0, rate: 0.1 }, 'weight: must be above 0 and below 1, got 0'],
    [{ weight: 1, rate: 0.1 }, 'weight: must be above 0 and below 1, got 1'],
    [{ lookback: 5 }, 'lookback: goes with quantile, without rate and history'],
    [{ lookback: 5, quantile: 0.9, rate: 0.1 }, 'lookback: goes with quantile, without rate and history'],
    [
      { lookback: 5, quantile: 0.9, history: 'closes' },
      'lookback: goes with quantile, without rate and history',
    ],
    [{ quantile: 0.9 }, 'rate: give either rate, or quantile and history or lookback'],
  ])('of %j is refused', (settings, message) => {
    const margin = { rule: 'flat', leverage: 10, wrappers: [{ wrapper: 'stressed-weight', ...settings }] };
    expect(refusalOf(margin)).toBe(`margin.wrappers[0].${message}`);
  });
});

describe('a floor from long-run volatility', () => {
  test('is z · σ over the last returns, a mean of those there are', () => {
    const margin = nervous([{ wrapper: 'floor', lookback: 3 }]);
    const own = [0.3, 0.05, 0.02, 0.02, 0.4, 0.02];
    const held = own.map((_, i) => own.slice(Math.max(0, i - 2), i + 1));
    const floor = held.map((rates) => Math.sqrt(rates.reduce((sum, r) => sum + r * r, 0) / rates.length));
    expect(ratesAfter(margin, own)).toEqual(close(own.map((rate, i) => Math.max(rate, floor[i]!))));
    margin.reset!(0, 1000);
    expect(margin.rate(0)).toBeCloseTo(100_000, 3);
  });

  test('is scaled to its horizon, and raises initial margin too', () => {
    const wrapper = { wrapper: 'floor', lookback: 3, horizon: '4 h', initial_factor: 1.2 };
    const margin = nervous([wrapper]);
    ratesAfter(margin, [0.1]);
    expect(margin.maintenance(0, 1000, 1000)).toBe(200_000);
    expect(margin.initial(0, 1000, 1000)).toBe(240_000);
  });

  test('gives a flat rule something to change', () => {
    const margin = flat(0.01, { wrapper: 'floor', lookback: 2, interval: '1 h', confidence: 0.975 });
    expect([margin.interval_us, margin.maintenance(0, 10, 1000)]).toEqual([3600e6, 100]);
    expect(margin.update!(0, 1000)).toBe(false);
    expect(margin.update!(0, 1100)).toBe(true);
    const sigma = Math.log(1.1) / Math.sqrt(2);
    expect(margin.rate(0)).toBe(Math.ceil(1e6 * 1.959963984540054 * sigma));
  });

  test('beside another floor in one wrapper is refused', () => {
    const wrappers = [{ wrapper: 'floor', lookback: 5, rate: 0.1 }];
    expect(refusalOf({ rule: 'flat', leverage: 10, wrappers })).toBe(
      'margin.wrappers[0].lookback: there is a rate or a quantile already; keep one of them',
    );
  });
});

describe('a speed limit', () => {
  test('lets the rate rise by a factor an update, and fall at once', () => {
    const margin = nervous([{ wrapper: 'speed-limit', factor: 1.5 }]);
    const own = [0.12, 0.5, 0.5, 0.5, 0.5, 0.02, 0.04];
    const limited = [0.12, 0.18, 0.27, 0.405, 0.5, 0.02, 0.03];
    const initial: number[] = [];
    const maintenance: number[] = [];
    const rates = ratesAfter(margin, own, () => {
      maintenance.push(margin.maintenance(0, 1000, 1e6) / 1e9);
      initial.push(margin.initial(0, 1000, 1e6) / 1e9);
    });
    expect(rates).toEqual(close(limited));
    expect(maintenance).toEqual(close(limited));
    expect(initial).toEqual(close(limited.map((rate) => 1.5 * rate)));
  });

  test('over several updates compares with that many ago', () => {
    const margin = nervous([{ wrapper: 'speed-limit', factor: 1.5, updates: 2 }]);
    expect(ratesAfter(margin, [0.9, 0.9, 0.9, 0.9])).toEqual(close([0.15, 0.15, 0.225, 0.225]));
    margin.reset!(0, 1000);
    expect(ratesAfter(margin, [0.9])).toEqual(close([0.15]));
  });

  test('says whether the requirement has changed, and lets a rule begin from next to nothing', () => {
    const margin = nervous([{ wrapper: 'speed-limit', factor: 2 }]);
    expect(margin.update!(0, 1000)).toBe(true);
    expect(margin.rate(0)).toBe(1);
    expect(margin.update!(0, 1500)).toBe(true);
    // Twice 1 ppm, but for the multiplier's own rounding up to a ppm.
    expect(margin.rate(0)).toBeGreaterThan(2);
    expect(margin.rate(0)).toBeLessThan(3);
  });

  test('of a rule that never changes does nothing', () => {
    const margin = flat(0.05, { wrapper: 'speed-limit', factor: 1.1 });
    expect(margin.update).toBeUndefined();
    expect([margin.maintenance(0, 10, 1000), margin.rate(0)]).toEqual([500, 50_000]);
  });
});
