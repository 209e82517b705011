// Initial margin by open interest (dYdX v4): min(base + clamp0((OI − lower)/(upper − lower)) · (1 − base), 1).
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marginOf, refusalOf } from '../desk.ts';

const written = { rule: 'open-interest', initial_rate: 0.05, lower: 20_000, upper: 50_000 };

function crowded(lots: number, over: Readonly<Record<string, unknown>> = {}, quantaPerUnit = 1) {
  const market = { openInterest: () => lots, depth: () => 0 };
  const margin = marginOf({ ...written, ...over }, { market, quantaPerUnit });
  margin.update!(0, 1000);
  return margin;
}

describe('margin by open interest', () => {
  test.each([
    [0, 0.05],
    [20, 0.05],
    [35, 0.525], // half way
    [50, 1],
    [80, 1],
  ])('of %i lots at 1,000: the initial rate is %d', (lots, rate) => {
    const margin = crowded(lots);
    expect(margin.initial(0, 7, 1000)).toBe(7000 * rate);
    expect(margin.maintenance(0, 7, 1000)).toBe(210); // 60 % of 5 %, always
    expect(margin.rate(0)).toBe(30_000);
  });

  test('counts open interest in money', () => {
    expect(crowded(35, {}, 100).initial(0, 1, 1000)).toBe(50);
    expect(crowded(3500, {}, 100).initial(0, 1, 1000)).toBe(525);
  });

  test('is that of decimal arithmetic, rounded up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 10_000 }),
        (open, lots, mark) => {
          const crowding = Decimal.max(0, new Decimal(open).times(1000).minus(20_000).div(30_000));
          const rate = Decimal.min(1, crowding.times('0.95').plus('0.05'));
          const ppm = rate.times(1e6).toDP(6).ceil();
          expect(crowded(open).initial(0, lots, mark)).toBe(
            ppm
              .times(lots * mark)
              .div(1e6)
              .ceil()
              .toNumber(),
          );
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  test('begins at the base, and says when it changes', () => {
    let lots = 35;
    const margin = marginOf(written, { market: { openInterest: () => lots, depth: () => 0 } });
    expect(margin.initial(0, 1, 1000)).toBe(50);
    expect(margin.interval_us).toBe(60e6);
    expect(margin.update!(0, 1000)).toBe(true);
    expect(margin.update!(0, 1000)).toBe(false);
    lots = 36;
    expect(margin.update!(0, 1000)).toBe(true);
    margin.reset!(0, 1000);
    expect(margin.initial(0, 1, 1000)).toBe(50);
  });

  test('takes a maintenance fraction', () => {
    expect(crowded(0, { maintenance_fraction: 1 }).maintenance(0, 1, 1000)).toBe(50);
    expect(crowded(0, { maintenance_fraction: 0 }).maintenance(0, 1, 1000)).toBe(0);
  });

  test.each([
    [{ upper: 20_000 }, 'margin.upper: must be above lower, 20000'],
    [{ initial_rate: 0 }, 'margin.initial_rate: must be above 0 and at most 1, got 0'],
    [{ initial_rate: 1.1 }, 'margin.initial_rate: must be above 0 and at most 1, got 1.1'],
  ])('%j is refused', (settings, message) => {
    expect(refusalOf({ ...written, ...settings })).toBe(message);
  });
});
