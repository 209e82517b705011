// The edges of the waterfall: money in units, two instruments, gains instead of losses, and rows that nobody needs.
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_FUND,
  FIRST_TRADER,
  INSURANCE,
  OUTSIDE,
  OWN_CAPITAL,
  VAULT,
} from '../../../src/clearing/schema.ts';
import { newDesk } from '../desk.ts';
import type { Trader, Waterfall } from './broken.ts';
import { BROKE, broken, closeOut, T, takeOver, TRADERS } from './broken.ts';
import { NO_ORIGIN } from '../../../src/clearing/calls/call-log.ts';

const payers = (desk: ReturnType<typeof broken>) => desk.bearers().map(([name, , quanta]) => [name, quanta]);

describe('settings in units of money', () => {
  test('become quanta', () => {
    const desk = newDesk({
      tickLots: [1],
      marks: [1000],
      accounts: FIRST_TRADER + 1,
      quantaPerUnit: 100,
      policy: {
        margin: { rule: 'flat', leverage: 10 },
        ladder: 'immediate',
        waterfall: [
          { layer: 'insurance', cap: 0.25 },
          { layer: 'backstop', capital: 7.5 },
          { layer: 'default-fund', own_capital: 3 },
        ],
      },
    });
    const { house, ledger } = desk;
    house.losses.open();
    expect([ledger.equity(VAULT), ledger.equity(OWN_CAPITAL)]).toEqual([750, 300]);
    ledger.mint(INSURANCE, 1000);
    ledger.mint(FIRST_TRADER, -60);
    house.losses.absorb(1, FIRST_TRADER, 60, 0);
    expect([ledger.equity(INSURANCE), ledger.equity(VAULT)]).toEqual([975, 715]);
  });
});

describe('nobody bears nothing', () => {
  test.each<[string, Waterfall, number, (readonly [string, number])[]]>([
    ['an empty fund', [{ layer: 'insurance' }], 900, [['write-off', 50]]],
    ['a vault without capital', [{ layer: 'backstop', capital: 0 }], 900, [['write-off', 50]]],
    ['one quantum among winners', [{ layer: 'haircut' }], 904.9, [['haircut', 1]]],
    [
      'one quantum among members',
      [{ layer: 'default-fund', contribution: '1 %' }],
      903.9,
      [
        ['default-fund', 10],
        ['default-fund', 1],
      ],
    ],
    [
      'one quantum among those assessed',
      [{ layer: 'default-fund', contribution: '1 %' }],
      902.1,
      [
        ['default-fund', 10],
        ['default-fund', 4],
        ['default-fund', 4],
        ['default-fund', 6],
        ['default-fund', 4],
        ['default-fund', 1],
      ],
    ],
    [
      'a default fund that is not needed',
      [{ layer: 'default-fund', contribution: '1 %' }],
      904.5,
      [['default-fund', 5]],
    ],
  ])('%s: %o', (_, waterfall, price, expected) => {
    const desk = broken(waterfall);
    closeOut(desk, price);
    expect(payers(desk)).toEqual(expected);
  });

  test('a fund that can pay for no lot takes none', () => {
    const desk = broken([{ layer: 'insurance', take_over: true }], TRADERS, { fund: 4 });
    expect([takeOver(desk), desk.bearers()]).toEqual([10, []]);
  });

  test('who need not meet requirements contributes nothing', () => {
    const desk = broken([{ layer: 'default-fund', contribution: '1 %' }]);
    const { ledger, house } = desk;
    ledger.accounts.margined[T(0)] = 0;
    const before = ledger.accounts.quote[DEFAULT_FUND]!;
    house.losses.open(); // once more: the same again, but for one account of 4,000
    expect(ledger.accounts.quote[DEFAULT_FUND]! - before).toBe(9 + 4 + 6 + 4); // 0.1 % of notional at 900: 9, 4, 6, 4
  });

  test('and layers that share nothing need no room for it', () => {
    expect(broken([{ layer: 'insurance' }]).house.losses.claims.cap.length).toBe(0);
  });
});

describe('a position with money left', () => {
  test('is closed against others to their gain', () => {
    const desk = broken([{ layer: 'adl', rank: 'profit' }]);
    desk.ledger.mint(BROKE, 50 + 37); // 37 on 10 lots
    expect(takeOver(desk)).toBe(0);
    expect(desk.bearers()).toEqual([
      ['adl', T(0), -15, 4], // 14.8
      ['adl', T(2), -22, 6],
    ]);
    expect(desk.ledger.equity(BROKE)).toBe(0);
  });

  test('or neither gain nor loss', () => {
    const desk = broken([{ layer: 'adl', rank: 'profit' }]);
    desk.ledger.mint(BROKE, 50);
    expect(takeOver(desk, 6)).toBe(0);
    expect(desk.bearers()).toEqual([['adl', T(2), 0, 6]]);
  });
});

test('at the previous mark nobody loses more lots than its equity bears there', () => {
  const thin: readonly Trader[] = [[-10, 905, 0]]; // gain 50, equity 50: two lots at 20 quanta, ten at 5
  expect(takeOver(broken([{ layer: 'adl', price: 'previous-mark' }], thin))).toBe(8);
  expect(takeOver(broken([{ layer: 'adl' }], thin))).toBe(0);
});

describe('a vault that holds lots already', () => {
  test.each([
    [89, 1, 0], // its own lot needs 90
    [184, 1, 0],
    [185, 1, 1], // 2 · 90 and 5
    [280, 1, 2],
    [280, 2, 1],
  ])('with %i quanta and %i lots takes %i more', (capital, held, taken) => {
    const desk = broken([{ layer: 'backstop', capital }]);
    desk.ledger.settle(VAULT, OUTSIDE, 0, held, 900);
    expect(takeOver(desk)).toBe(10 - taken);
  });
});

/** The second of two instruments, 3 quanta a tick and lot: long 10 from 1000, it owes 150 at 900. */
function second(
  rank: string,
  traders: readonly Trader[],
  price: 'bankruptcy' | 'previous-mark' = 'bankruptcy',
) {
  const desk = newDesk({
    tickLots: [1, 3],
    marks: [500, 1000],
    accounts: FIRST_TRADER + 1 + traders.length,
    policy: {
      margin: { rule: 'flat', leverage: 10 },
      ladder: 'immediate',
      waterfall: [{ layer: 'adl', rank, price }],
    },
  });
  const { ledger, house } = desk;
  [[10, 1000, 2850] as const, ...traders].forEach(([lots, entry, money], i) => {
    const account = FIRST_TRADER + i;
    ledger.accounts.margined[account] = 1;
    ledger.mint(account, money);
    if (lots > 0) ledger.settle(account, OUTSIDE, 1, lots, entry);
    else ledger.settle(OUTSIDE, account, 1, -lots, entry);
  });
  ledger.setMark(1, 920);
  ledger.setMark(1, 900);
  house.openCall(0, BROKE, 1, NO_ORIGIN);
  const row = house.forced.open(1, BROKE, 1, -10);
  const take = (lots: number) => {
    const left = house.takeOver(1, BROKE, 1, lots, row);
    const { account, quanta } = house.losses.log;
    return [left, account[0], quanta[0]];
  };
  return { ...desk, take };
}

describe('auto-deleveraging in another instrument', () => {
  // Two shorts of 4 lots: gains of 1,200 and 600; equities of 1,500 and 700.
  const shorts: readonly Trader[] = [
    [-4, 1000, 300],
    [-4, 950, 100],
  ];
  test.each([
    // 1200/300 · 540/1500 = 1.44; 600/100 · 540/700 = 4.63
    ['binance', T(1)],
    // 1200/12000 · 10800/1500 = 0.72; 600/11400 · 10800/700 = 0.81
    ['bitmex', T(1)],
    ['profit', T(0)],
    // 10800/12000 · 7.2 = 6.48; 10800/11400 · 15.4 = 14.6
    ['hyperliquid', T(1)],
  ])('by the rank of %s', (rank, first) => {
    expect(second(rank, shorts).take(2)).toEqual([0, first, 30]); // 150 on 10 lots
  });

  test('at the mark before, in quanta of that instrument', () => {
    expect(second('profit', shorts, 'previous-mark').take(2)).toEqual([0, T(0), 120]); // 2 · 20 · 3
  });

  test('ranks by what an account put in, without its profits elsewhere', () => {
    const desk = second('binance', [
      [-4, 1000, 300], // 1.44
      [-4, 1000, 200], // 1200/200 · 540/1400 = 2.31
    ]);
    expect(desk.take(2)[1]).toBe(T(1));
    // Had it gained 300 of that in the first instrument, and so put in less:
    const other = second('binance', [
      [-4, 1000, 300],
      [-4, 1000, 200],
    ]);
    other.ledger.settle(T(0), OUTSIDE, 0, 1, 200); // gains 300, equity 1,800: 1200/300 · 565/1800 = 1.26
    other.ledger.mint(T(0), -290); // 1200/10 · 565/1510 = 44.9
    expect(other.take(2)[1]).toBe(T(0));
  });
});
