// The liquidation fee that rises with time: against the published formula, and in forced orders.
import { describe, expect, test } from 'vitest';
import { Exact, plain } from '../../../src/published/formulas/exact.ts';
import { liquidationFee } from '../../../src/published/formulas/liquidation-fee.ts';
import { Sheet } from '../../../src/published/formulas/sheet.ts';
import { feeAfter, flatFee } from '../../../src/clearing/calls/liquidation-fee.ts';
import { ConfigError } from '../../../src/core/errors.ts';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import { newDesk } from '../desk.ts';
import { NO_ORIGIN } from '../../../src/clearing/calls/call-log.ts';

const S = 1_000_000;
const MARGIN = { rule: 'flat', leverage: 10, maintenance_rate: 0.05 };

describe('the fee', () => {
  const ramp = { base_ppm: 20_000, rise_ppm: 100, grace_us: 15 * S, most_ppm: 50_000 };

  test('is that of the published formula, with seconds for slots', () => {
    const n = (value: number | string): Exact => new Exact(value);
    const published = { base: n('0.02'), max: n('0.05'), grace: n(15), perSlot: n('0.0001') };
    for (const elapsed of [0, 1, 14, 15, 16, 299, 300, 301, 10_000, 1_000_000]) {
      const fee = liquidationFee(new Sheet(), { ...published, elapsed: n(elapsed) });
      expect(feeAfter(ramp, elapsed * S), String(elapsed)).toBe(Number(plain(fee)) * 1e6);
    }
  });

  test('is rounded down to whole ppm between seconds', () => {
    expect(feeAfter(ramp, 15 * S + 9_999)).toBe(21_500);
    expect(feeAfter(ramp, 15 * S + 10_000)).toBe(21_501);
  });

  test('does not rise where nothing is said of it', () => {
    expect(feeAfter(flatFee(500), 1e12)).toBe(500);
  });
});

describe('a forced order', () => {
  const fee = { base: '1 %', rise: '0.1 %', grace: '2 s', most: '5 %' };
  const desk = (fee: WrittenPolicy['liquidation_fee']) => {
    const policy = { margin: MARGIN, ladder: 'immediate', liquidation_fee: fee } as const;
    const made = newDesk({ tickLots: [1], marks: [1000], accounts: 8, policy });
    made.ledger.mint(6, 10_000);
    made.ledger.settle(6, 0, 0, 100, 1000);
    made.house.openCall(5 * S, 6, 0, NO_ORIGIN);
    return made;
  };

  test.each([
    [5 * S, 10],
    [7 * S - 1, 10],
    [7 * S, 12],
    [8 * S, 13],
    [1000 * S, 50],
  ])(
    'given at %i µs, after a breach at 5 s, pays %i quanta of a thousand, whenever it executes',
    (time, paid) => {
      const { house } = desk(fee);
      const row = house.forced.open(time, 6, 0, -1);
      house.forced.execute(row, 1, 1000);
      expect(house.liquidations.fee[row]).toBe(paid);
    },
  );

  test('that closes just enough counts the fee of its time', () => {
    const closed = (time: number): number => {
      const { house, ledger } = desk({ ...fee, rise: '0.3 %' });
      ledger.marks[0] = 945; // 4,500 quanta are left of 10,000; 4,725 are required
      const decision = { ...house.decision, close: 2, target_ppm: 1_000_000 };
      house.forced.plan(6, decision, time);
      return house.forced.lots(6, 0, decision);
    };
    expect(closed(6 * S)).toBeLessThan(closed(15 * S));
  });

  test('needs a highest fee that is not below the base', () => {
    expect(() => desk({ ...fee, most: '0.5 %' })).toThrow(ConfigError);
  });
});
