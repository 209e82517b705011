// How large a forced order is, at which price it may trade, and what it costs. Margin is flat, 10 % initial and 5 %
// maintenance, unless a test says otherwise; account 4 holds 20 lots at 1,000, account 5 is short 20.
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/clearing/calls/rungs/rung.ts';
import {
  AT_BANKRUPTCY,
  AT_FILLABLE,
  CLOSE_ENOUGH,
  CLOSE_SHARE,
  CLOSE_TIERS,
  FROM_MARK,
  newDecision,
} from '../../../src/clearing/calls/rungs/rung.ts';
import { INSURANCE } from '../../../src/clearing/schema.ts';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import { newDesk } from '../desk.ts';

const LONG = 4;
const SHORT = 5;

function desk(equity: number, policy: Partial<WrittenPolicy> = {}) {
  const made = newDesk({
    tickLots: [1, 3],
    marks: [1000, 200],
    accounts: 8,
    policy: { margin: { rule: 'flat', leverage: 10 }, ladder: 'immediate', ...policy },
  });
  made.ledger.settle(LONG, SHORT, 0, 20, 1000);
  made.ledger.mint(LONG, equity);
  made.ledger.mint(SHORT, equity);
  return made;
}

const decision = (written: Partial<Decision>): Decision => ({ ...newDecision(), ...written });

describe('the price at which nothing is left', () => {
  test.each([
    // equity, long's, short's: the nearest tick that leaves no debt
    [400, 980, 1020],
    [401, 980, 1020], // 20.05 ticks
    [399, 981, 1019], // 19.95
    [0, 1000, 1000],
    [-30, 1002, 998], // 1.5 ticks the other way
    [30_000, 1, 2500], // a price is at least a tick
  ])('of an equity of %i is %i for a long and %i for a short', (equity, long, short) => {
    const { forced } = desk(equity).house;
    expect([forced.bankruptcyPrice(LONG, 0), forced.bankruptcyPrice(SHORT, 0)]).toEqual([long, short]);
    const at = decision({ limit: AT_BANKRUPTCY });
    expect([forced.limitPrice(LONG, 0, at), forced.limitPrice(SHORT, 0, at)]).toEqual([long, short]);
  });

  test('shares equity among positions as their requirements', () => {
    const { ledger, house } = desk(600);
    ledger.settle(LONG, 6, 1, 10, 200); // 300 required beside 1,000: of 600 · 10/13 = 461.5 and 138.5
    expect(house.forced.bankruptcyPrice(LONG, 0)).toBe(977); // 23.1 ticks of 20
    expect(house.forced.bankruptcyPrice(LONG, 1)).toBe(196); // 4.6 ticks of 30
  });

  test('is that of all equity where nothing is required', () => {
    const { house } = desk(400, { margin: { rule: 'flat', leverage: 10, maintenance_rate: 0 } });
    expect(house.forced.bankruptcyPrice(LONG, 0)).toBe(980);
  });

  test('of a short with a fortune is the highest price there is', () => {
    const { house, ledger } = desk(400);
    ledger.settle(SHORT, 6, 0, 19, 1000);
    ledger.mint(SHORT, 2 ** 40);
    expect(house.forced.bankruptcyPrice(SHORT, 0)).toBe(2 ** 30 - 1);
  });
});

describe('an order against a position may trade', () => {
  test('anywhere, if nothing is said', () => {
    expect(desk(400).house.forced.limitPrice(LONG, 0, decision({}))).toBe(0);
  });

  test.each([
    [20_000, 980, 1020],
    [20_999, 980, 1020], // whole ticks, towards the mark
    [999, 1000, 1000],
    [1_000_000, 1, 2000],
  ])('%i ppm away from the mark: at %i at least, at %i at most', (limit_ppm, long, short) => {
    const { forced } = desk(400).house;
    const away = decision({ limit: FROM_MARK, limit_ppm });
    expect([forced.limitPrice(LONG, 0, away), forced.limitPrice(SHORT, 0, away)]).toEqual([long, short]);
  });

  test.each([
    // Distance: adjustment · (1 − equity / 1,000), from 0 to 1, of a spread of 1,000 / 20 = 50 ticks.
    ['at the mark while it is healthy', 1000, 1, 1_000_000, 1000, 1000],
    ['and no better, when it is more than that', 1500, 1, 1_000_000, 1000, 1000],
    ['half way down at half health', 500, 1, 1_000_000, 975, 1025],
    ['a fifth of it for a spread of a fifth', 500, 1, 200_000, 995, 1005],
    ['twice as fast', 750, 2, 1_000_000, 975, 1025],
    ['no further than the spread', 100, 2, 1_000_000, 950, 1050],
    ['no further in debt', -500, 1, 1_000_000, 950, 1050],
    ['in whole ticks, towards the mark', 509, 1, 1_000_000, 976, 1024],
  ])('at the fillable price: %s', (_, equity, adjustment, limit_ppm, long, short) => {
    const { forced } = desk(equity).house;
    const fillable = decision({ limit: AT_FILLABLE, limit_ppm, adjustment });
    expect([forced.limitPrice(LONG, 0, fillable), forced.limitPrice(SHORT, 0, fillable)]).toEqual([
      long,
      short,
    ]);
  });

  test('at a fillable price in ticks of its own instrument, by the health of the whole account', () => {
    const { ledger, house } = desk(650);
    ledger.settle(LONG, 6, 1, 10, 200); // 650 of 1,300: half of 300 / 30 ticks
    const fillable = decision({ limit: AT_FILLABLE, limit_ppm: 1_000_000, adjustment: 1 });
    expect([house.forced.limitPrice(LONG, 0, fillable), house.forced.limitPrice(LONG, 1, fillable)]).toEqual([
      975, 195,
    ]);
  });

  test('at the mark where nothing is required', () => {
    const { house } = desk(400, { margin: { rule: 'flat', leverage: 10, maintenance_rate: 0 } });
    const fillable = decision({ limit: AT_FILLABLE, limit_ppm: 1_000_000, adjustment: 1 });
    expect(house.forced.limitPrice(LONG, 0, fillable)).toBe(1000);
  });
});

describe('just enough', () => {
  const closes = (equity: number, target_ppm: number, policy: Partial<WrittenPolicy> = {}) => {
    const { forced } = desk(equity, policy).house;
    const enough = decision({ close: CLOSE_ENOUGH, target_ppm });
    forced.plan(LONG, enough, 0);
    return forced.lots(LONG, 0, enough);
  };
  test.each([
    [900, 1_000_000, 3], // 17 lots require 850, 18 all of it
    [950, 1_000_000, 2],
    [951, 1_000_000, 1], // 19 lots require 950
    [900, 1_200_000, 6], // 14 require 840, 15 all of it
    [50, 1_000_000, 20], // a single lot requires it all
    [51, 1_000_000, 19],
    [0, 1_000_000, 20],
    [-10, 1_000_000, 20],
  ])('of an equity of %i to a health of %i ppm are %i lots', (equity, target, lots) => {
    expect(closes(equity, target)).toBe(lots);
  });

  test('counts the liquidation fee, rounded up', () => {
    // Each lot costs 10 and frees 50: 900 − 10 x > 50 (20 − x) from x = 2.5 on; with 4 quanta less, just so.
    expect(closes(900, 1_000_000, { liquidation_fee: '1 %' })).toBe(3);
    expect(closes(880, 1_000_000, { liquidation_fee: '1 %' })).toBe(4);
    expect(closes(881, 1_000_000, { liquidation_fee: '1 %' })).toBe(3);
    expect(closes(881, 1_000_000, { liquidation_fee: '1.001 %' })).toBe(4); // 31 instead of 30
    const { ledger, house } = desk(0, { liquidation_fee: '1 %' });
    ledger.settle(6, 7, 1, 10, 200); // 600 a lot: each costs 6 and frees 30
    ledger.mint(6, 270);
    const enough = decision({ close: CLOSE_ENOUGH, target_ppm: 1_000_000 });
    house.forced.plan(6, enough, 0);
    expect(house.forced.lots(6, 1, enough)).toBe(2); // 270 − 12 > 240, but 270 − 6 < 270
  });

  test('closes the same share of every position', () => {
    const { ledger, house } = desk(1100);
    ledger.settle(LONG, 6, 1, 10, 200); // 1,300 required
    const enough = decision({ close: CLOSE_ENOUGH, target_ppm: 1_000_000 });
    house.forced.plan(LONG, enough, 0);
    // 4 and 2 lots leave 16 · 50 + 8 · 30 = 1,040; 3 and 2 leave 1,090; 3 and 1 would leave 1,120.
    expect([house.forced.lots(LONG, 0, enough), house.forced.lots(LONG, 1, enough)]).toEqual([3, 2]);
    expect(house.forced.lots(SHORT, 0, enough)).toBe(3);
  });
});

describe('an order by tiers', () => {
  const tiers: [number, number, number, number, number][] = [
    [0, 4000, 0.05, 20, 0],
    [4000, 9000, 0.1, 10, 200],
    [9000, 40_000, 0.2, 5, 1100],
  ];
  const tiered: Partial<WrittenPolicy> = { margin: { rule: 'tiered', tiers } };
  test.each([
    [20, 1, 11], // 20,000: to 9 lots
    [20, 2, 16], // to 4
    [20, 3, 20], // there is no such tier
    [9, 1, 5],
    [4, 1, 4],
  ])('of %i lots, %i down, closes %i', (lots, down, closed) => {
    const { ledger, house } = desk(400, tiered);
    ledger.settle(SHORT, LONG, 0, 20 - lots, 1000);
    const order = decision({ close: CLOSE_TIERS, tiers: down });
    house.forced.plan(LONG, order, 0);
    expect(house.forced.lots(LONG, 0, order)).toBe(closed);
    expect(house.forced.lots(SHORT, 0, order)).toBe(closed);
  });

  test('closes everything where the margin has no tiers', () => {
    const order = decision({ close: CLOSE_TIERS, tiers: 1 });
    expect(desk(400).house.forced.lots(LONG, 0, order)).toBe(20);
  });
});

describe('a forced order', () => {
  const opened = (equity: number, fee = '1 %') => {
    const made = desk(equity, { liquidation_fee: fee });
    made.house.openCall(5, LONG, 0, { fill: 3, fill_us: 4, parent: -1 });
    const row = made.house.forced.open(7, LONG, 0, -20);
    const { fee: fees, filled, notional } = made.house.liquidations;
    const seen = () => [filled[row], notional[row], fees[row], made.ledger.accounts.quote[INSURANCE]];
    return { ...made, row, seen };
  };

  test('is recorded with its account, call, mark and time', () => {
    const { house, row } = opened(400);
    const { account, call, instrument, lots, mark, time_us, generation, parent, root } = house.liquidations;
    expect([account, call, instrument, lots, mark, time_us].map((column) => column[row])).toEqual([
      LONG,
      0,
      0,
      -20,
      1000,
      7,
    ]);
    expect([generation[row], parent[row], root[row]]).toEqual([1, -1, row]);
    expect(house.liquidationCount).toBe(1);
    expect(house.forced.open(9, LONG, 0, -1)).toBe(1);
    expect(house.calls.liquidated_us[0]).toBe(7); // the first
    expect(root[1]).toBe(1);
  });

  test('pays its fee of what it traded, as often as it trades', () => {
    const { house, row, seen } = opened(400);
    house.forced.execute(row, 3, 3001);
    expect(seen()).toEqual([3, 3001, 31, 31]); // rounded up
    house.forced.execute(row, 4, 4000);
    expect(seen()).toEqual([7, 7001, 71, 71]);
    house.forced.execute(row, 0, 0);
    expect(seen()).toEqual([7, 7001, 71, 71]);
  });

  test.each([
    [31, 31],
    [30, 30],
    [1, 1],
    [0, 0],
    [-5, 0],
  ])('with an equity of %i pays %i of the 31 quanta due', (equity, paid) => {
    const { house, row, seen, ledger } = opened(equity);
    house.forced.execute(row, 3, 3001);
    expect(seen()).toEqual([3, 3001, paid, paid]);
    expect(ledger.equity(LONG)).toBe(equity - paid);
  });

  test('pays nothing where there is no fee', () => {
    const { house, row, seen } = opened(400, '0 %');
    house.forced.execute(row, 3, 3001);
    expect(seen()).toEqual([3, 3001, 0, 0]);
  });
});

test('a share of a position is that of the decision, or of the last plan', () => {
  const { forced } = desk(400).house;
  const share = decision({ close: CLOSE_SHARE, close_ppm: 300_000 });
  forced.plan(LONG, share, 0);
  expect([forced.lots(LONG, 0, share), forced.lots(SHORT, 0, share), forced.lots(6, 0, share)]).toEqual([
    6, 6, 0,
  ]);
});
