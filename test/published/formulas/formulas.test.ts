// The formulas beside the venues', where the worked cases (test/cli/margin.test.ts) do not reach: roundings, borders,
// and what has no answer.
import { describe, expect, test } from 'vitest';
import { closeSizeForShortage } from '../../../src/published/formulas/close-size.ts';
import {
  depositScaledCollateralWeight,
  sizeDiscountAssetWeight,
  sizePremiumLiabilityWeight,
} from '../../../src/published/formulas/collateral-weights.ts';
import type { Subaccount } from '../../../src/published/formulas/dydx-liquidation.ts';
import {
  bankruptcyQuoteForDelta,
  fillablePrice,
  insuranceFundDelta,
} from '../../../src/published/formulas/dydx-liquidation.ts';
import { Exact, plain } from '../../../src/published/formulas/exact.ts';
import { inverseBankruptcyPrice } from '../../../src/published/formulas/inverse-bankruptcy.ts';
import { liquidationFee } from '../../../src/published/formulas/liquidation-fee.ts';
import { marginLevels, rebalance } from '../../../src/published/formulas/margin-levels.ts';
import { scaledImfPpm, scaledInitialMargin } from '../../../src/published/formulas/open-interest.ts';
import { Sheet } from '../../../src/published/formulas/sheet.ts';
import { continuousAmount, tierAt, tierTable } from '../../../src/published/formulas/tier-table.ts';
import { ConfigError } from '../../../src/core/errors.ts';
import { realTiers } from '../../sim/real-data.ts';
import { rowOf } from '../venues/accounts.ts';

const n = (value: number | string) => new Exact(value);
const sheet = () => new Sheet();

describe('tier tables', () => {
  test.each(['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'DOGEUSDT'])(
    'of %s have the published amounts, by continuity',
    (contract) => {
      const rows = realTiers(contract).map((row) => rowOf([...row.slice(0, 4), undefined]));
      const amounts = tierTable(rows, { amounts: 'continuous', rates: 'given' }).map(({ amount }) =>
        plain(amount),
      );
      expect(amounts).toEqual(realTiers(contract).map(([, , , , amount]) => String(amount)));
    },
  );

  test('are continuous through their amounts', () => {
    const amount = continuousAmount({ rate: 0.01, amount: 5 }, 1000, 0.03);
    expect(plain(amount)).toBe('25');
    expect(plain(n(1000).times('0.03').minus(amount))).toBe(plain(n(1000).times('0.01').minus(5)));
  });

  test('go on for ever, and a border belongs to the tier below', () => {
    const rows = [rowOf([0, 10, 0.1]), rowOf([10, 20, 0.2])];
    const table = tierTable(rows, { amounts: 'none', rates: 'given' });
    expect([0, 10, 10.1, 20, 1e30].map((notional) => tierAt(table, n(notional)))).toEqual([0, 0, 1, 1, 1]);
  });

  test.each([
    ['begins above 0', [[1, 10, 0.1]], 0, 'the first tier must start at 0'],
    [
      'goes back',
      [
        [0, undefined, 0.1],
        [0, 10, 0.2],
      ],
      1,
      'must start above the tier before',
    ],
    [
      'ends before it starts',
      [
        [0, 10, 0.1],
        [10, 5, 0.2],
      ],
      1,
      'the cap must be above the floor',
    ],
    ['has no rate', [[0, 10, undefined, 5]], 0, 'needs a maintenance rate'],
  ] as const)('are refused when one %s', (_, rows, row, message) => {
    const work = () => tierTable(rows.map(rowOf), { amounts: 'none', rates: 'given' });
    expect(work).toThrow(new ConfigError([row], message));
  });
});

describe('initial margin by open interest', () => {
  const openInterest = { base: n('0.2'), lower: n(1_000_000), upper: n(2_000_000), value: n(1_234_567) };

  test('has its fraction in ppm rounded down, and the requirement rounded up', () => {
    expect(plain(scaledImfPpm(sheet(), openInterest))).toBe('387653');
    expect(plain(scaledInitialMargin(sheet(), openInterest, n(10), n(1)))).toBe('4');
  });

  test('jumps to all of the notional where the caps are equal', () => {
    const caps = { ...openInterest, lower: n(5), upper: n(5) };
    expect(plain(scaledImfPpm(sheet(), { ...caps, value: n(5) }))).toBe('200000');
    expect(plain(scaledImfPpm(sheet(), { ...caps, value: n(6) }))).toBe('1000000');
  });
});

describe("dYdX's liquidation arithmetic", () => {
  const account = (quote: number | string, size: number): Subaccount => ({
    quoteBalance: n(quote),
    positions: [{ market: 'BTC', size: n(size), price: n(50_000), maintenanceFraction: n('0.1') }],
  });

  test('rounds the bankruptcy quote up, also when it is paid', () => {
    // A short third of 0.3: pays 5000/3 + …; collateral 10 of requirement 1500.
    const paid = bankruptcyQuoteForDelta(sheet(), account('15010.000001', -0.3), 'BTC', n('0.1'));
    expect(plain(paid)).toBe('-5003.333333');
    const received = bankruptcyQuoteForDelta(sheet(), account('-14990.000001', 0.3), 'BTC', n('-0.1'));
    expect(plain(received)).toBe('4996.666667');
  });

  test('offers the price of the oracle for a sound account, and no worse than the spread for a hopeless one', () => {
    const config = { bankruptcyAdjustment: n(1), spreadToMaintenance: n('0.2') };
    expect(plain(fillablePrice(sheet(), account(0, 0.1), 'BTC', n('-0.1'), config))).toBe('50000');
    expect(plain(fillablePrice(sheet(), account(-9000, 0.1), 'BTC', n('-0.1'), config))).toBe('49000');
  });

  test('rounds the fee down', () => {
    const delta = insuranceFundDelta(sheet(), n(-1), n('1.234567'), n(0), n('0.015'));
    expect(plain(delta)).toBe('0.018518');
  });

  test.each([
    ['market', 'ETH', '-0.1', 0.3],
    ['delta', 'BTC', '0.1', 0.3],
    ['delta', 'BTC', '-0.4', 0.3],
    ['delta', 'BTC', '0', 0.3],
    ['delta', 'BTC', '-0.1', -0.3],
  ])('refuses a %s that is none: %s %s of %d', (field, market, change, size) => {
    const work = () => bankruptcyQuoteForDelta(sheet(), account(1, size), market, n(change));
    expect(work).toThrow(expect.objectContaining({ path: [field] }) as Error);
  });

  test('refuses an account without a requirement', () => {
    const { positions, ...rest } = account(1, 1);
    const free = { ...rest, positions: positions.map((one) => ({ ...one, maintenanceFraction: n(0) })) };
    expect(() => bankruptcyQuoteForDelta(sheet(), free, 'BTC', n(-1))).toThrow('no maintenance requirement');
  });
});

test.each([
  [true, '50', '7735.3725'],
  [false, '50', '8051.1020'],
  [true, '1', '3945.0400'],
] as const)(
  'the bankruptcy price of an inverse position (long: %j) with %s times its margin',
  (long, leverage, price) => {
    expect(inverseBankruptcyPrice(sheet(), long, n('7890.08'), n(leverage)).toFixed(4)).toBe(price);
  },
);

test('no size covers a shortage when fees take all that closing frees', () => {
  const shortage = { shortage: n(10), marginRatio: n('0.1'), price: n(100), quotePrice: n(1) };
  const size = (liquidator: string, fund: string) =>
    closeSizeForShortage(sheet(), { ...shortage, liquidatorFee: n(liquidator), fundFee: n(fund) });
  expect(size('0.1', '0')).toBeUndefined();
  expect(size('0.06', '0.05')).toBeUndefined();
  expect(plain(size('0.04', '0.05')!)).toBe('10');
});

test('the liquidation fee jumps when the grace ends, by the slots of the grace too, and stops at the highest', () => {
  const ramp = { base: n('0.02'), max: n('0.05'), grace: n(1500), perSlot: n('0.000001') };
  const fee = (elapsed: number) => plain(liquidationFee(sheet(), { ...ramp, elapsed: n(elapsed) }));
  expect([0, 1499, 1500, 20_000, 40_000].map(fee)).toEqual(['0.02', '0.02', '0.0215', '0.04', '0.05']);
});

test('weights of small sizes are the plain ones', () => {
  expect(plain(sizeDiscountAssetWeight(sheet(), n('0.9'), n('0.1'), n(1)))).toBe('0.9');
  expect(plain(sizePremiumLiabilityWeight(sheet(), n('1.1'), n('0.1'), n(4)))).toBe('1.1');
  expect(plain(sizePremiumLiabilityWeight(sheet(), n('1.1'), n(0), n(1e9)))).toBe('1.1');
  expect(plain(depositScaledCollateralWeight(sheet(), n('0.9'), n(0), n(0), n(5)))).toBe('0.9');
});

describe('the margin ladder', () => {
  const factors = { search: n('1.1'), initial: n('1.2'), release: n('1.4') };
  const levels = (maintenance: number | string) => marginLevels(sheet(), n(maintenance), factors);

  test('rounds maintenance up and its multiples down', () => {
    expect(Object.values(levels('98.2')).map(plain)).toEqual(['99', '108', '118', '138']);
  });

  test.each([
    ['above release, down to initial', 139, 0, '-21'],
    ['at release, nothing', 138, 0, '0'],
    ['at search, nothing', 108, 50, '0'],
    ['below search, up to initial', 107, 50, '11'],
    ['below search, as far as free money goes', 100, 7, '7'],
    ['below search, up to initial where free money is not known', 100, undefined, '18'],
  ])('moves money %s', (_, balance, general, moved) => {
    const free = general === undefined ? undefined : n(general);
    expect(plain(rebalance(sheet(), n(99), factors, n(balance), free).transfer)).toBe(moved);
  });
});
