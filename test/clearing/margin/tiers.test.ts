// Tiers by leverage alone (Hyperliquid): rate 1 / (2 · leverage), deductions by continuity.
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LeverageTier } from '../../../src/clearing/margin/tiers.ts';
import { tierTable } from '../../../src/clearing/margin/tiers.ts';
import { marginOf } from '../desk.ts';

const BTC: readonly LeverageTier[] = [
  [0, 40],
  [150_000_000, 20],
];

/** rate_i = 1/(2·leverage_i) in ppm, rounded up; MM = N · rate_i − deduction_i, in tier i by floor_i < N. */
function twin(tiers: readonly LeverageTier[], notional: number): number {
  const rate = (i: number) =>
    new Decimal(1e6)
      .div(2 * tiers[i]![1])
      .toDP(6)
      .ceil()
      .div(1e6);
  let deduction = new Decimal(0);
  let i = 0;
  while (i + 1 < tiers.length && notional > tiers[i + 1]![0]) {
    i++;
    deduction = deduction.plus(
      rate(i)
        .minus(rate(i - 1))
        .times(tiers[i]![0]),
    );
  }
  return rate(i).times(notional).ceil().minus(deduction.round()).toNumber();
}

describe('tiers by leverage', () => {
  test('are completed: caps, rates, and amounts that make the requirement continuous', () => {
    expect(tierTable(BTC)).toEqual([
      [0, 150_000_000, 0.0125, 40, 0],
      [150_000_000, Infinity, 0.025, 20, 1_875_000],
    ]);
  });

  test('leave a full table as it is', () => {
    const table = [[0, 1000, 0.01, 50, 0]] as const;
    expect(tierTable(table)).toBe(table);
  });

  test('give half of the initial margin at the highest leverage', () => {
    const margin = marginOf({ rule: 'tiered', tiers: BTC });
    expect([margin.maintenance(0, 100, 1000), margin.initial(0, 100, 1000)]).toEqual([1250, 2500]);
    expect(margin.maintenance(0, 200_000, 1000)).toBe(3_125_000); // 200 M · 2.5 % − 1.875 M
    expect(margin.initial(0, 200_000, 1000)).toBe(10_000_000);
    expect(margin.rate(0)).toBe(12_500);
  });

  test('are those of decimal arithmetic, and rise with the notional, for leverages that divide nothing', () => {
    const tiers: readonly LeverageTier[] = [
      [0, 50],
      [20_000, 7],
      [90_000, 3],
      [400_000, 1],
    ];
    const margin = marginOf({ rule: 'tiered', tiers });
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.constantFrom(20_000, 20_001, 90_000, 400_001)),
        (notional) => {
          const required = margin.maintenance(0, 1, notional);
          expect(required).toBe(twin(tiers, notional));
          expect(margin.maintenance(0, 1, notional + 1)).toBeGreaterThanOrEqual(required);
        },
      ),
      { numRuns: 1000, seed: 1 },
    );
  });

  test('must begin at 0 and rise', () => {
    expect(() => marginOf({ rule: 'tiered', tiers: [[5, 10]] })).toThrow(
      'the first tier must start at 0, not 5',
    );
    expect(() => marginOf({ rule: 'tiered', tiers: [[0, 10], [0, 5]] })).toThrow('cap 0 is not above floor 0'); // prettier-ignore
    expect(() => marginOf({ rule: 'tiered', tiers: [[0, 5], [10, 50]] })).toThrow('is below the tier before'); // prettier-ignore
  });
});

describe('tables that contradict themselves are refused', () => {
  type Rows = readonly (readonly [number, number, number, number, number])[];
  test.each<[string, Rows, string]>([
    [
      'an amount above floor · rate',
      [[0, 50_000, 0.004, 125, 0], [50_000, 600_000, 0.005, 100, 500]], // prettier-ignore
      'amount 500 makes the requirement jump at 50000; continuous would be 50',
    ],
    ['an amount of the first tier', [[0, 50_000, 0.004, 125, 1]], 'amount 1 makes the requirement jump at 0'],
    ['a rate that falls', [[0, 10, 0.02, 20, 0], [10, 20, 0.01, 20, 0]], 'rate 0.01 is below the tier before (0.02)'], // prettier-ignore
    [
      'a leverage above one over the rate',
      [[0, 10, 0.02, 51, 0]],
      'leverage 51 is above one over the rate 0.02',
    ],
    [
      'a leverage that rises with size',
      [[0, 10, 0.01, 20, 0], [10, 20, 0.02, 25, 0.1]], // prettier-ignore
      'leverage 25 is above the tier before (20)',
    ],
    ['a cap below its floor', [[0, 10, 0.01, 20, 0], [10, 5, 0.02, 20, 0.1]], 'cap 5 is not above floor 10'], // prettier-ignore
  ])('%s', (_what, tiers, message) => {
    expect(() => marginOf({ rule: 'tiered', tiers })).toThrow(message);
  });
});

test('beyond the last cap the last tier goes on, or a limit of position holds', () => {
  const tiers = [[0, 1000, 0.01, 50, 0], [1000, 5000, 0.02, 25, 10]] as const; // prettier-ignore
  const usual = marginOf({ rule: 'tiered', tiers });
  expect([usual.positionLimit, usual.maintenance(0, 60, 100)]).toEqual([undefined, 110]); // 6000 · 2 % − 10
  const limited = marginOf({ rule: 'tiered', tiers, beyond: 'refuse' });
  expect([
    limited.positionLimit!(0, 100),
    limited.positionLimit!(0, 99),
    limited.positionLimit!(0, 6000),
  ]).toEqual([50, 50, 0]);
  expect(() => marginOf({ rule: 'tiered', tiers: BTC, beyond: 'refuse' })).toThrow('needs a last cap');
  const wrapped = marginOf({
    rule: 'tiered',
    tiers,
    beyond: 'refuse',
    wrappers: [{ wrapper: 'floor', rate: 0.01 }],
  });
  expect(wrapped.positionLimit!(0, 100)).toBe(50);
});
