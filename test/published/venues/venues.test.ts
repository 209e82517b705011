// What each venue makes of an account: by worked sentences, and for random accounts and tables against the definition
// of the liquidation price, written a second time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact, plain } from '../../../src/published/formulas/exact.ts';
import type { Assessment } from '../../../src/published/venues/assess.ts';
import type { Plain } from './accounts.ts';
import { anyAccount, anyTiers, at } from './accounts.ts';

const text = (value: Exact | undefined) => (value === undefined ? undefined : plain(value));

/** The numbers of an assessment that a sentence is about, as texts. */
function about(venue: string, account: Plain, ...names: readonly (keyof Assessment)[]): unknown[] {
  const result = at(venue, account);
  return names.map((name) => (result[name] instanceof Exact ? text(result[name]) : result[name]));
}

const TIERS = [
  [0, 1000, 0.01, 50, 0],
  [1000, 5000, 0.02, 25, 10],
  [5000, 9000, 0.05, 10, 160],
];
const WITHOUT_AMOUNTS = TIERS.map((row) => row.slice(0, 4));

describe('binance', () => {
  const long: Plain = { entry: 100, quantity: 20, wallet: 400, tiers: TIERS };

  test('takes the tier by the notional at the mark, and its border belongs to the tier below', () => {
    expect(about('binance', { ...long, mark: 50 }, 'maintenanceMargin', 'tier')).toEqual(['10', 1]);
    expect(about('binance', { ...long, mark: 50.5 }, 'maintenanceMargin', 'tier')).toEqual(['10.2', 2]);
  });

  test('takes the tier of the liquidation price by the notional there', () => {
    // Tier 2 would give (400 + 10 − 2000)/(0.4 − 20) = 81.12…, tier 3 (400 + 160 − 2000)/(1 − 20) = 75.79.
    const names = ['tier', 'liquidationTier', 'liquidationPrice'] as const;
    expect(about('binance', { ...long, mark: 260 }, ...names)).toEqual([
      3,
      2,
      '81.12244897959183673469387755102040816327',
    ]);
  });

  test('computes amounts that the table leaves out', () => {
    const names = ['maintenanceMargin', 'liquidationPrice'] as const;
    expect(about('binance', { ...long, mark: 260, tiers: WITHOUT_AMOUNTS }, ...names)).toEqual(
      about('binance', { ...long, mark: 260 }, ...names),
    );
  });

  test('asks N/leverage to open, with no more leverage than the tier allows', () => {
    expect(about('binance', { ...long, leverage: 20 }, 'initialMargin')).toEqual(['100']);
    expect(about('binance', { ...long, leverage: 50 }, 'initialMargin')).toEqual(['80']);
    expect(about('binance', long, 'initialMargin')).toEqual(['80']);
    expect(about('binance', { wallet: 1, rate: 0.01 }, 'initialMargin')).toEqual([undefined]);
  });

  test('counts other positions in cross mode, and only there', () => {
    const names = ['equity', 'marginRatio', 'liquidationPrice', 'bankruptcyPrice'] as const;
    const alone: Plain = { quantity: 2, wallet: 50, rate: 0.01 };
    const others = [30, 10] as const;
    expect(about('binance', { ...alone, mode: 'cross', others }, ...names)).toEqual([
      '60',
      text(new Exact(32).div(60)),
      text(new Exact(50 - 30 + 10 - 200).div(-1.98)),
      '70',
    ]);
    expect(about('binance', { ...alone, others }, ...names)).toEqual(about('binance', alone, ...names));
  });
});

describe('bybit', () => {
  test('keeps the requirement of the value at entry wherever the mark is', () => {
    const account: Plain = { quantity: 20, leverage: 10, tiers: TIERS };
    const names = ['initialMargin', 'maintenanceMargin', 'liquidationPrice', 'tier'] as const;
    for (const mark of [60, 100, 400]) {
      expect(about('bybit', { ...account, mark }, ...names)).toEqual(['200', '30', '91.5', 2]);
    }
  });

  test('counts extra margin as margin', () => {
    expect(about('bybit', { leverage: 10, wallet: 15, rate: 0.01 }, 'liquidationPrice')).toEqual(['86']);
  });
});

describe('okx and gate', () => {
  test('have equity cover the fee of closing, so that the ratio is 1 at the liquidation price', () => {
    const account: Plain = { side: 'short', leverage: 5, rate: '0.01', takerFee: '0.0006' };
    const { liquidationPrice } = at('okx', account);
    const there = at('okx', { ...account, mark: liquidationPrice! });
    expect(text(there.marginRatio)).toBe('1');
    expect(text(there.closingFee)).toBe(text(liquidationPrice!.times('0.0006')));
  });

  test('differ in a table without amounts: the whole position at the rate, or a deduction', () => {
    const account: Plain = { quantity: 20, wallet: 400, tiers: WITHOUT_AMOUNTS };
    expect(about('okx', account, 'maintenanceMargin')).toEqual(['40']);
    expect(about('gate', account, 'maintenanceMargin')).toEqual(['30']);
  });

  test('liquidate at the border where the requirement of the next tier jumps over equity', () => {
    // A short of 1 that is sound at 1000 by 1 %, and not just above by 20 %.
    const tiers = [
      [0, 1000, 0.01],
      [1000, undefined, 0.2],
    ];
    const account: Plain = { side: 'short', entry: 900, wallet: 250, tiers };
    expect(about('okx', account, 'liquidationPrice', 'liquidationTier')).toEqual(['1000', 2]);
  });
});

describe('hyperliquid', () => {
  const account: Plain = { quantity: 10, mark: 100, wallet: 200, tiers: [[0, undefined, undefined, 10]] };

  test('asks half of one over the highest leverage', () => {
    expect(about('hyperliquid', account, 'maintenanceMargin', 'initialMargin')).toEqual(['50', '100']);
  });

  test('has the same liquidation price wherever the mark is', () => {
    const tiers = [
      [0, undefined, undefined, 20],
      [1200, undefined, undefined, 5],
    ];
    for (const mark of [60, 90, 100, 130, 200]) {
      expect(about('hyperliquid', { ...account, tiers, mark }, 'liquidationPrice')).toEqual(
        about('hyperliquid', { ...account, tiers }, 'liquidationPrice'),
      );
    }
  });

  test('hands over to the backstop at two thirds of maintenance margin', () => {
    const { price, threshold } = at('hyperliquid', account).backstop!;
    const there = at('hyperliquid', { ...account, mark: price! });
    expect(text(there.equity)).toBe(text(threshold));
    expect(text(there.marginRatio)).toBe('1.5');
  });
});

describe('dydx', () => {
  test('scales the initial margin by open interest, and rounds it up to 10⁻⁶', () => {
    const account: Plain = { entry: '1.234567', quantity: 1, wallet: 1, rate: 0.03 };
    const open = (value: number) =>
      about('dydx', { ...account, openInterest: [0.2, 1000, 2000, value] }, 'initialMargin')[0];
    expect([0, 1000, 1500, 2000, 9000].map(open)).toEqual([
      '0.246914',
      '0.246914',
      '0.740741',
      '1.234567',
      '1.234567',
    ]);
    expect(about('dydx', { ...account, openInterest: [0.2, 0, 0, 9000] }, 'initialMargin')).toEqual([
      '0.246914',
    ]);
    expect(about('dydx', { ...account, leverage: 3 }, 'initialMargin')).toEqual(['0.411523']);
  });
});

describe('deribit', () => {
  test('has rates that rise with the size in coins', () => {
    const names = ['initialMargin', 'maintenanceMargin'] as const;
    expect(about('deribit', { quantity: 100, wallet: 500 }, ...names)).toEqual(['250', '150']);
  });

  test('has no liquidation price for a long whose requirement grows faster than its value', () => {
    expect(about('deribit', { quantity: 19_800, wallet: 3e6 }, 'liquidationPrice')).toEqual([undefined]);
  });
});

test.each([
  ['a long that no fall can break', 'flat', { wallet: 100, rate: 0.01 }, undefined],
  ['a long with less than its value', 'flat', { wallet: 99, rate: 0.01 }, text(new Exact(-1).div('-0.99'))],
  ['a short that owes already', 'flat', { side: 'short', wallet: -101, rate: 0.01 }, undefined],
  ['an account in breach, which would be sound again above', 'flat', { wallet: -10, rate: 0 }, '110'],
  ['an account at the breach, which is there', 'flat', { wallet: 1, rate: 0.01 }, '100'],
] as const)('%s', (_, venue, account, price) => {
  expect(about(venue, account, 'liquidationPrice')).toEqual([price]);
});

describe('for any account and table, the liquidation price is the first at which equity is at most the requirement, at', () => {
  const CONTINUOUS = ['binance', 'gate', 'hyperliquid'];
  test.each([...CONTINUOUS, 'okx'])('%s', (venue) => {
    let found = 0;
    fc.assert(
      fc.property(anyAccount, anyTiers, (drawn, tiers) => {
        const result = at(venue, { ...drawn, tiers });
        const counts = drawn.mode === 'cross' ? drawn.others : [0, 0];
        const sign = drawn.side === 'long' ? 1 : -1;
        // Written out plainly, in doubles.
        const health = (price: number) => {
          const notional = drawn.quantity * price;
          let required = notional * (venue === 'okx' || venue === 'gate' ? drawn.takerFee : 0);
          if (venue === 'okx')
            required += notional * tiers.findLast(([floor], i) => i === 0 || notional > floor)![2];
          else
            for (const [i, [floor, , rate]] of tiers.entries())
              required += Math.max(0, notional - floor) * (rate - (tiers[i - 1]?.[2] ?? 0));
          return (
            drawn.wallet + counts[1]! + sign * drawn.quantity * (price - drawn.entry) - counts[0]! - required
          );
        };
        const sound = health(drawn.mark) > 1e-9;
        if (!sound && health(drawn.mark) > -1e-9) return;
        const outward = sound ? -sign : sign;
        const price = result.liquidationPrice?.toNumber();
        if (price === undefined) {
          const far = outward > 0 ? 1e6 : 1e-9;
          expect(health(far) > -1e-6).toBe(sound);
          return;
        }
        found++;
        expect(outward * (price - drawn.mark)).toBeGreaterThanOrEqual(-1e-9);
        // On the way it has the sign it has at the mark, and just beyond the other.
        for (const share of [0.001, 0.25, 0.5, 0.75, 0.999]) {
          expect(health(drawn.mark + share * (price - drawn.mark)) > -1e-6).toBe(sound);
        }
        const beyond = health(price + outward * 1e-7 * price);
        expect(sound ? beyond : -beyond).toBeLessThan(1e-6);
        if (CONTINUOUS.includes(venue)) expect(Math.abs(health(price))).toBeLessThan(1e-6);
      }),
      { numRuns: 1500, seed: 5 },
    );
    expect(found).toBeGreaterThan(1000);
  });

  test.each(['flat', 'dydx', 'deribit', 'bybit'])('%s, where the ratio there is 1', (venue) => {
    let found = 0;
    fc.assert(
      fc.property(anyAccount, fc.integer({ min: 0, max: 300 }), (drawn, permille) => {
        const account = { ...drawn, rate: permille / 1000 };
        const { liquidationPrice: price, maintenanceMargin } = at(venue, account);
        if (price === undefined || maintenanceMargin.isZero()) return;
        const there = at(venue, { ...account, mark: price });
        const required = there.maintenanceMargin.plus(drawn.mode === 'cross' ? drawn.others[0] : 0);
        expect(Math.abs(there.equity.minus(required).toNumber())).toBeLessThan(1e-30);
        found++;
      }),
      { numRuns: 500, seed: 6 },
    );
    expect(found).toBeGreaterThan(300);
  });
});
