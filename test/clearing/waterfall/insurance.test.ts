// The insurance fund: cap, drawdown, takeovers.
import { describe, expect, test } from 'vitest';
import { INSURANCE, WRITTEN_OFF } from '../../../src/clearing/schema.ts';
import type { Waterfall } from './broken.ts';
import { BROKE, broken, closeOut, takeOver, TRADERS } from './broken.ts';

const HOUR = 3600e6;

describe('the insurance fund', () => {
  test('pays up to its cap', () => {
    const desk = broken([{ layer: 'insurance', cap: 30 }], TRADERS, { fund: 1000 });
    closeOut(desk);
    expect(desk.bearers()).toEqual([
      ['insurance', INSURANCE, 30, 0],
      ['write-off', WRITTEN_OFF, 20, 0],
    ]);
  });

  test('stops at its drawdown from the peak of the window, and goes on when that is past', () => {
    const waterfall: Waterfall = [{ layer: 'insurance', drawdown: '30 %' }];
    const at = (fund: number, time: number, peak: readonly [number, number] | undefined) => {
      const desk = broken(waterfall, TRADERS, { fund });
      if (peak !== undefined) desk.house.losses.fundPeak.observe(peak[0], peak[1], 8 * HOUR);
      closeOut(desk, 900, time);
      return desk.house.liquidations.insured[desk.row];
    };
    expect(at(100, 0, undefined)).toBe(30);
    expect(at(1000, 0, undefined)).toBe(50);
    expect(at(100, HOUR, [0, 120])).toBe(16); // down to 84
    expect(at(100, HOUR, [0, 150])).toBe(0);
    expect(at(100, 7.9 * HOUR, [0, 150])).toBe(0);
    expect(at(100, 9 * HOUR, [0, 150])).toBe(30);
  });

  test('takes positions over if asked, as far as it can pay', () => {
    const rich = broken([{ layer: 'insurance', take_over: true }], TRADERS, { fund: 80 });
    expect(takeOver(rich)).toBe(0);
    expect(rich.bearers()).toEqual([['insurance', INSURANCE, 50, 10]]);
    expect(rich.house.losses.log.price[0]).toBe(905); // where the account's equity was 0
    expect(rich.ledger.position(INSURANCE, 0)).toBe(10);
    expect([rich.ledger.equity(BROKE), rich.ledger.equity(INSURANCE)]).toEqual([0, 30]);
    const poor = broken([{ layer: 'insurance', take_over: true }], TRADERS, { fund: 17 });
    expect(takeOver(poor)).toBe(7);
    expect(poor.bearers()).toEqual([['insurance', INSURANCE, 15, 3]]);
  });

  test('takes what is left with the position when the account is not bankrupt', () => {
    const desk = broken([{ layer: 'insurance', take_over: true }]);
    desk.ledger.mint(BROKE, 90); // equity 40
    expect(takeOver(desk)).toBe(0);
    expect(desk.bearers()).toEqual([['insurance', INSURANCE, -40, 10]]);
    expect(desk.house.liquidations.surplus[desk.row]).toBe(40);
    expect(desk.ledger.equity(BROKE)).toBe(0);
  });
});
