// Rates that grow with size: IM = (2 % + 0.005 % · coins) · N, MM = (1 % + 0.005 % · coins) · N, against decimal arithmetic.
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marginOf, refusalOf } from '../desk.ts';

/** ⌈N · ⌈(base + slope · coins) in ppm⌉⌉, the rate at most 1. */
function twin(base: string, slope: string, coins: Decimal, notional: number): number {
  const ppm = Decimal.min(1e6, new Decimal(base).plus(coins.times(slope)).times(1e6).toDP(6).ceil());
  return ppm.times(notional).div(1e6).ceil().toNumber();
}

describe('a slope by size', () => {
  test('of Deribit: 100 coins need 2.5 % and 1.5 %', () => {
    const margin = marginOf({ rule: 'size-slope' });
    expect(margin.initial(0, 100, 60_000)).toBe(150_000);
    expect(margin.maintenance(0, 100, 60_000)).toBe(90_000);
    expect(margin.rate(0)).toBe(10_000);
  });

  test('counts coins, not lots', () => {
    const margin = marginOf({ rule: 'size-slope' }, { lot: 0.001 });
    expect(margin.maintenance(0, 100_000, 1000)).toBe(1_500_000);
    expect(margin.initial(0, 100_000, 1000)).toBe(2_500_000);
  });

  test('is rounded up, and never more than the position', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom(1, 0.1, 0.001),
        (lots, mark, lot) => {
          const settings = { initial_rate: 0.03, maintenance_rate: 0.015, slope: 0.0001 };
          const margin = marginOf({ rule: 'size-slope', ...settings }, { lot });
          const coins = new Decimal(lots).times(lot);
          expect(margin.maintenance(0, lots, mark)).toBe(twin('0.015', '0.0001', coins, lots * mark));
          expect(margin.initial(0, lots, mark)).toBe(twin('0.03', '0.0001', coins, lots * mark));
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  test.each([
    [{ slope: -0.1 }, 'margin.slope: must be at least 0 and below 1, got -0.1'],
    [{ maintenance_rate: 1 }, 'margin.maintenance_rate: must be at least 0 and below 1, got 1'],
    [{ initial_rate: 0.005 }, 'margin.initial_rate: must not be below maintenance_rate'],
  ])('%j is refused', (settings, message) => {
    expect(refusalOf({ rule: 'size-slope', ...settings })).toBe(message);
  });

  test('may be nothing', () => {
    const margin = marginOf({ rule: 'size-slope', slope: 0, maintenance_rate: 0.02 });
    expect([margin.maintenance(0, 500, 1000), margin.initial(0, 500, 1000)]).toEqual([10_000, 10_000]);
  });
});
