// Auto-deleveraging: whose positions are closed, at which price.
import { describe, expect, test } from 'vitest';
import type { Trader } from './broken.ts';
import { BROKE, broken, T, takeOver, TRADERS } from './broken.ts';

describe('auto-deleveraging', () => {
  test('closes the highest rank first, at the bankruptcy price', () => {
    const desk = broken([{ layer: 'adl', rank: 'bitmex' }]);
    // 400/4000·3600/500 = 0.72; 200/3800·3600/1000 = 0.19; 480/5880·5400/2000 = 0.22
    expect(takeOver(desk)).toBe(0);
    expect(desk.bearers()).toEqual([
      ['adl', T(0), 20, 4],
      ['adl', T(2), 30, 6],
    ]);
    expect([...desk.house.losses.log.price.subarray(0, 2)]).toEqual([905, 905]);
    expect([BROKE, T(0), T(1), T(2)].map((account) => desk.ledger.position(account, 0))).toEqual([
      0, 0, -4, 0,
    ]);
    expect([BROKE, T(0), T(2)].map((account) => desk.ledger.equity(account))).toEqual([0, 480, 1970]);
  });

  test.each([
    ['binance', [T(0), T(1)]], // 400/100·180/500 = 1.44; 200/800·180/1000 = 0.045; 480/1520·270/2000 = 0.043
    ['hyperliquid', [T(0), T(1)]], // 6.48, 3.41, 2.48
    ['profit', [T(0), T(2)]], // 400, 200, 480: 2 first, then 0
    ['leverage', [T(0), T(1)]], // 7.2, 3.6, 2.7
  ])('in the order of %s', (rank, first) => {
    const desk = broken([{ layer: 'adl', rank }]);
    expect(takeOver(desk, 8)).toBe(0);
    expect(desk.bearers().map(([, account]) => account)).toEqual(first);
  });

  test('takes a share of each pro rata: of equity, of size, and at most so much of a position', () => {
    const lots = (layer: object) => {
      const desk = broken([{ layer: 'adl', method: 'pro-rata', ...layer }]);
      const left = takeOver(desk);
      return [...desk.bearers().map(([, , , n]) => n), left];
    };
    expect(lots({})).toEqual([1, 3, 6, 0]); // 10 by 500 : 1000 : 2000
    expect(lots({ by: 'size' })).toEqual([3, 3, 4, 0]); // 2.86, 2.86, 4.29
    expect(lots({ most: '50 %' })).toEqual([2, 2, 3, 3]);
  });

  test('at the mark before this one leaves the account the rest of its debt', () => {
    const desk = broken([{ layer: 'adl', price: 'previous-mark', rank: 'profit' }]);
    expect(takeOver(desk, 2)).toBe(0);
    expect(desk.bearers()).toEqual([['adl', T(2), 40, 2]]); // 20 ticks above the mark
    expect(desk.house.losses.log.price[0]).toBe(920);
    expect(desk.ledger.equity(BROKE)).toBe(-10);
  });

  test('closes nobody into a debt, and leaves what nobody can take', () => {
    const thin: readonly Trader[] = [[-20, 901, 0]]; // gain 20, equity 20: bears 4 lots at 5 quanta
    const desk = broken([{ layer: 'adl' }], thin);
    expect(takeOver(desk)).toBe(6);
    expect(desk.ledger.equity(T(0))).toBe(0);
    const none = broken(
      [{ layer: 'adl' }],
      [
        [4, 850, 300],
        [-4, 880, 900],
      ],
    ); // same side; at a loss
    expect(takeOver(none)).toBe(10);
    expect(none.bearers()).toEqual([]);
  });

  test('hands what one layer leaves to the next', () => {
    const desk = broken(
      [
        { layer: 'insurance', take_over: true },
        { layer: 'backstop', capital: 100 },
        { layer: 'adl', rank: 'profit' },
      ],
      TRADERS,
      { fund: 5 },
    );
    expect(takeOver(desk)).toBe(0);
    expect(desk.bearers().map(([name, , , lots]) => [name, lots])).toEqual([
      ['insurance', 1],
      ['backstop', 1],
      ['adl', 2], // the log is in the order of accounts
      ['adl', 6],
    ]);
    expect(desk.ledger.equity(BROKE)).toBe(0);
  });
});
