// The steps of the waterfall one by one: who is solvent, what layers may do, and a broken short.
import { describe, expect, test } from 'vitest';
import { Losses } from '../../../src/clearing/waterfall/losses.ts';
import { FIRST_TRADER, INSURANCE, OUTSIDE, VAULT, WRITTEN_OFF } from '../../../src/clearing/schema.ts';
import type { LossLayer } from '../../../src/clearing/waterfall/layer.ts';
import { solventEquity } from '../../../src/clearing/waterfall/winners.ts';
import { InvariantError } from '../../../src/core/errors.ts';
import type { Trader, Waterfall } from './broken.ts';
import { BROKE, broken, closeOut, T, takeOver, TRADERS } from './broken.ts';
import { newDesk } from '../desk.ts';
import { NO_ORIGIN } from '../../../src/clearing/calls/call-log.ts';

describe('solvent is', () => {
  test('who must meet requirements, has money left, and is not the one in trouble', () => {
    const { ledger, house } = broken([{ layer: 'write-off' }]);
    house.losses.account = BROKE;
    const of = (account: number) => solventEquity(house.losses, account);
    expect([of(T(0)), of(T(2)), of(T(4))]).toEqual([500, 2000, 700]);
    ledger.mint(BROKE, 100);
    expect([ledger.equity(BROKE), of(BROKE)]).toEqual([50, 0]);
    ledger.accounts.margined[T(0)] = 0;
    ledger.mint(T(1), -1001);
    expect([of(T(0)), of(T(1))]).toEqual([0, 0]);
  });
});

/** Losses with layers made for the test, of the broken account: it owes 50 and holds 10 lots. */
function withLayers(layers: readonly Partial<LossLayer>[]) {
  const desk = broken([{ layer: 'write-off' }]);
  const { ledger, house, tables } = desk;
  const whole = layers.map((layer, code) => ({ code: code + 1, shares: false, ...layer }));
  return { ...desk, losses: new Losses(tables, ledger, house.requirement, whole) };
}

describe('a layer', () => {
  test.each([[-1], [51], [0.5], [NaN]])('that pays %d of 50 is found out', (paid) => {
    const { losses, row } = withLayers([{ pay: () => paid }]);
    expect(() => {
      losses.absorb(1, BROKE, 50, row);
    }).toThrow(new InvariantError(`layer 1 took ${paid} of 50`));
  });

  test('is asked for what is left, if it does such things, and not when nothing is', () => {
    const asked: number[] = [];
    const pays = (most: number): Partial<LossLayer> => ({
      pay(loss, owed) {
        asked.push(owed);
        const paid = Math.min(most, owed);
        loss.charge(INSURANCE, paid);
        return paid;
      },
    });
    const { losses, row, ledger } = withLayers([pays(20), {}, pays(30), pays(40)]);
    ledger.settle(OUTSIDE, BROKE, 0, 10, 900);
    losses.absorb(1, BROKE, 50, row);
    expect(asked).toEqual([50, 30]);
    expect([ledger.equity(BROKE), ledger.accounts.quote[WRITTEN_OFF]]).toEqual([0, 0]);
    losses.assertBorne();
  });

  test('takes what is left of a position, if it does such things, and not when nothing is', () => {
    const asked: number[] = [];
    const takes = (most: number): Partial<LossLayer> => ({
      takeOver(loss, lots) {
        asked.push(lots);
        const taken = Math.min(most, lots);
        loss.assume(INSURANCE, taken, 5 * taken);
        return taken;
      },
    });
    const { losses, row, ledger } = withLayers([takes(4), {}, takes(6), takes(1)]);
    expect(losses.handOver(1, BROKE, 0, 10, row)).toBe(0);
    expect(asked).toEqual([10, 6]);
    expect(ledger.equity(BROKE)).toBe(0);
    expect(withLayers([takes(4), {}]).losses.handOver(1, BROKE, 0, 10, row)).toBe(6);
  });

  test('has room for claims only if one shares', () => {
    const room = (shares: boolean[]) =>
      withLayers(shares.map((yes) => ({ shares: yes }))).losses.claims.cap.length;
    expect([room([false, false]), room([false, true])]).toEqual([0, FIRST_TRADER + 1 + TRADERS.length]);
  });

  test('that books less than it took is found out at the end', () => {
    const { losses, row, ledger } = withLayers([
      {
        pay() {
          ledger.mint(BROKE, 50);
          return 50;
        },
      },
    ]);
    losses.absorb(1, BROKE, 50, row);
    expect(() => {
      losses.assertBorne();
    }).toThrow(new InvariantError('of 50 quanta lost, 0 were borne'));
  });
});

describe('the shortfall of a position', () => {
  test('is its part of what is owed, or of what is left, by requirement and by lots', () => {
    const { ledger, house } = newDesk({
      tickLots: [1, 1],
      marks: [1000, 500],
      accounts: 4,
      policy: { margin: { rule: 'flat', leverage: 10 } },
    });
    const { losses } = house;
    const of = (account: number, instrument: number, lots: number) => {
      losses.account = account;
      losses.instrument = instrument;
      return losses.shortfall(lots);
    };
    ledger.settle(1, 2, 0, 10, 1000);
    ledger.mint(1, -57);
    ledger.mint(2, 57);
    expect([of(1, 0, 10), of(1, 0, 1), of(1, 0, 3)]).toEqual([57, 5, 17]);
    expect([of(2, 0, 10), of(2, 0, 1), of(2, 0, 3)]).toEqual([-57, -5, -17]);
    ledger.settle(1, 3, 1, 4, 500); // 100 of 600 required
    expect([of(1, 0, 10), of(1, 1, 4), of(1, 1, 1)]).toEqual([47, 9, 2]); // 47.5, 9.5 and a quarter of 9
  });
});

/** Short 10 from 900, it owes 50 at 1,100; the mark before was 1,080. Longs gained. */
function brokenShort(waterfall: Waterfall, traders: readonly Trader[]) {
  const desk = broken(waterfall, traders);
  const { ledger, house } = desk;
  ledger.settle(OUTSIDE, BROKE, 0, 20, 900); // turns
  ledger.mint(BROKE, 2000);
  ledger.setMark(0, 1080);
  ledger.setMark(0, 1100);
  return { ...desk, row: house.forced.open(2, BROKE, 0, 10) };
}

describe('a broken short', () => {
  const longs: readonly Trader[] = [
    [4, 900, 100],
    [-4, 1200, 5000], // profits, but on the same side
    [4, 1090, 800],
    [6, 1100, 800], // no profit
  ];

  test('is closed against longs in profit, at the price at which nothing is left of it', () => {
    const desk = brokenShort([{ layer: 'adl', rank: 'profit' }], longs);
    expect([desk.ledger.position(BROKE, 0), desk.ledger.equity(BROKE)]).toEqual([-10, -50]);
    expect(takeOver(desk)).toBe(2);
    expect(desk.bearers()).toEqual([
      ['adl', T(0), 20, -4],
      ['adl', T(2), 20, -4],
    ]);
    expect(desk.house.losses.log.price[0]).toBe(1095);
    expect(desk.ledger.equity(BROKE)).toBe(-10);
  });

  test('at the mark before this one', () => {
    const desk = brokenShort([{ layer: 'adl', rank: 'profit', price: 'previous-mark' }], longs);
    expect(takeOver(desk, 3)).toBe(0);
    expect(desk.bearers()).toEqual([['adl', T(0), 60, -3]]);
    expect(desk.house.losses.log.price[0]).toBe(1080);
  });

  test('is no debtor of who must meet no requirements', () => {
    const desk = brokenShort([{ layer: 'adl', rank: 'profit' }], longs);
    desk.ledger.accounts.margined[T(0)] = 0;
    expect(takeOver(desk)).toBe(6);
    expect(desk.bearers()).toEqual([['adl', T(2), 20, -4]]);
  });
});

describe('the backstop vault', () => {
  test.each([
    [19, 0], // a lot needs 90 and costs 5
    [94, 0],
    [95, 1],
    [189, 1],
    [190, 2],
    [474, 4],
    [475, 5],
    [949, 9],
    [950, 10],
    [5000, 10],
  ])('with %i quanta takes %i lots', (capital, lots) => {
    expect(takeOver(broken([{ layer: 'backstop', capital }]))).toBe(10 - lots);
  });

  test('needs less for lots that close what it holds', () => {
    const desk = broken([{ layer: 'backstop', capital: 360 }]);
    desk.ledger.settle(OUTSIDE, VAULT, 0, 4, 900);
    expect(takeOver(desk)).toBe(3); // 4 close, 3 more need 270 and all cost 35
    expect(desk.ledger.position(VAULT, 0)).toBe(3);
  });

  test('takes a short over as well', () => {
    const desk = brokenShort([{ layer: 'backstop', capital: 345 }], []);
    expect(takeOver(desk)).toBe(7); // 3 · 115
    expect(desk.ledger.position(VAULT, 0)).toBe(-3);
    expect(desk.bearers()).toEqual([['backstop', VAULT, 15, -3]]);
  });

  test('pays no debt with what its own positions need, or if it is not to', () => {
    const bound = broken([{ layer: 'backstop', capital: 100 }]);
    bound.ledger.settle(VAULT, OUTSIDE, 0, 1, 900);
    closeOut(bound);
    expect(bound.bearers().map(([name, , quanta]) => [name, quanta])).toEqual([
      ['backstop', 10],
      ['write-off', 40],
    ]);
    const spent = broken([{ layer: 'backstop', capital: 80 }]);
    spent.ledger.settle(VAULT, OUTSIDE, 0, 1, 900);
    closeOut(spent);
    expect(spent.bearers().map(([name]) => name)).toEqual(['write-off']);
    const never = broken([{ layer: 'backstop', capital: 100, pays: false }]);
    closeOut(never);
    expect(never.bearers().map(([name]) => name)).toEqual(['write-off']);
  });
});

describe('the default fund', () => {
  const fund = { layer: 'default-fund', contribution: '1 %', own_capital: 0 } as const;
  test('asks nobody for more than it has, nor who need not meet requirements', () => {
    const desk = broken(
      [{ ...fund, assessment: 100 }],
      [
        [-4, 1000, 100],
        [-4, 950, 800],
      ],
    );
    const { ledger } = desk;
    ledger.mint(T(0), 3 - ledger.equity(T(0)));
    closeOut(desk);
    // 50: 10 of its own, 4 and 4 of the others; then 32 by 400 : 400, of which the first has 3.
    expect(desk.bearers().map(([, account, quanta]) => [account, quanta])).toEqual([
      [BROKE, 10],
      [T(0), 4],
      [T(1), 4],
      [T(0), 3],
      [T(1), 29],
    ]);
    expect(desk.tables.members.assessable[T(1)]).toBe(371);
    expect(desk.tables.members.contribution[T(0)]).toBe(0);
  });

  test('is not asked twice for the same money', () => {
    const desk = broken([{ ...fund, assessment: 0.5 }], [[-4, 1000, 100]]);
    closeOut(desk, 898); // 70: 10, 4, 2, and 54 are written off
    expect(desk.bearers().map(([, , quanta]) => quanta)).toEqual([10, 4, 2, 54]);
    desk.house.openCall(3, BROKE, 0, NO_ORIGIN);
    desk.ledger.mint(BROKE, -9);
    desk.house.settleClosed(4, BROKE, desk.row);
    expect(desk.bearers().at(-1)).toEqual(['write-off', WRITTEN_OFF, 9, 0]);
    expect(desk.house.losses.count).toBe(5);
  });
});
