// Money and positions in whole numbers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FEES } from '../../../src/clearing/schema.ts';
import { InvariantError } from '../../../src/core/errors.ts';
import { newDesk } from '../desk.ts';

const policy = { margin: { rule: 'flat', leverage: 10 } };
const newLedger = () => newDesk({ tickLots: [1, 5], marks: [100, 1000], accounts: 5, policy }).ledger;

describe('the ledger', () => {
  test('settles a trade: lots one way, their price the other', () => {
    const ledger = newLedger();
    ledger.mint(1, 1000);
    ledger.settle(1, 2, 1, 3, 990);
    expect([ledger.position(1, 1), ledger.position(2, 1)]).toEqual([3, -3]);
    expect(ledger.accounts.quote.slice(1, 3)).toEqual(Float64Array.of(1000 - 3 * 990 * 5, 3 * 990 * 5));
    expect(ledger.equity(1)).toBe(1000 + 3 * 10 * 5); // bought ten ticks below the mark
    expect(ledger.equity(2)).toBe(-3 * 10 * 5);
    expect([ledger.isFlat(1), ledger.isFlat(3)]).toEqual([false, true]);
  });

  test('keeps what the open lots cost, by average cost', () => {
    const ledger = newLedger();
    const cost = () => ledger.profit(1, 0) - ledger.position(1, 0) * ledger.marks[0]!;
    ledger.settle(1, 0, 0, 4, 100);
    ledger.settle(1, 0, 0, 2, 130);
    expect(cost()).toBe(-660);
    ledger.settle(0, 1, 0, 2, 500); // the price of a sale does not matter
    expect(cost()).toBe(-440);
    ledger.settle(0, 1, 0, 1, 7);
    ledger.settle(0, 1, 0, 1, 7);
    expect(cost()).toBe(-220);
    ledger.settle(0, 1, 0, 5, 90); // turns: short 3 from 90
    expect([ledger.position(1, 0), cost()]).toEqual([-3, 270]);
    ledger.settle(1, 0, 0, 3, 80);
    expect([ledger.profit(1, 0), ledger.unrealised(1)]).toEqual([0, 0]);
    ledger.settle(1, 0, 0, 3, 100);
    ledger.settle(0, 1, 0, 1, 100);
    ledger.settle(1, 0, 0, 1, 101);
    ledger.settle(0, 1, 0, 1, 100);
    expect(cost()).toBe(-201); // 301 · 2 / 3, to the nearest
    ledger.marks[0] = 95;
    ledger.settle(1, 0, 1, 1, 1000);
    ledger.marks[1] = 1010;
    expect([ledger.profit(1, 0), ledger.unrealised(1)]).toEqual([-11, 39]);
  });

  test('leaves an account as it was that trades with itself', () => {
    const ledger = newLedger();
    ledger.mint(1, 1000);
    ledger.settle(1, 1, 0, 7, 123);
    expect([ledger.position(1, 0), ledger.accounts.quote[1]]).toEqual([0, 1000]);
  });

  test.each([
    [100, 60, 60, 40],
    [100, 100, 100, 0],
    [100, 150, 100, 0], // as far as it goes
    [100, -30, -30, 130], // given back
    [0, 5, 0, 0],
  ])('of %i free quanta pledges %i as %i, and keeps %i', (free, asked, moved, left) => {
    const ledger = newLedger();
    ledger.mint(1, 1000);
    ledger.addFree(1, free);
    expect(ledger.pledge(1, asked)).toBe(moved);
    expect([ledger.free(1), ledger.equity(1)]).toEqual([left, 1000 + moved]);
    ledger.assertConserved();
  });

  test('adds up what is owed, and keeps the leverage chosen', () => {
    const { ledger, tables } = newDesk({ tickLots: [1], marks: [1], accounts: 3, policy });
    ledger.owe(1, 30);
    ledger.owe(1, 12);
    ledger.chooseLeverage(2, 50_000);
    expect([ledger.leverage(1), ledger.leverage(2)]).toEqual([0, 50_000]);
    expect([...tables.facilities.borrowed]).toEqual([0, 42, 0]);
  });

  test('has no facilities where the scenario keeps none: nothing is free, and nothing can be put there', () => {
    const { ledger } = newDesk({ tickLots: [1], marks: [100], accounts: 5, policy, facilities: 1 });
    expect([ledger.free(1), ledger.leverage(1), ledger.pledge(1, 10), ledger.equity(1)]).toEqual([
      0, 0, 0, 0,
    ]);
    for (const put of [
      () => ledger.addFree(1, 10),
      () => ledger.owe(1, 10),
      () => ledger.chooseLeverage(1, 10),
    ]) {
      expect(put).toThrow(InvariantError);
    }
    ledger.addFree(0, 10);
    expect(ledger.free(0)).toBe(10);
  });

  test.each([
    [1000, 500, 1], // 0.5 of a quantum, rounded up
    [30_000, 500, 15],
    [1000, 0, 0],
    [30_000, -500, -15],
    [31_000, -500, -15], // a rebate, rounded down
  ])('charges a value of %i at %i ppm %i quanta, for the venue', (value, ppm, fee) => {
    const ledger = newDesk({ tickLots: [1], marks: [1], accounts: 10, policy }).ledger;
    ledger.charge(9, value, ppm);
    expect([ledger.accounts.quote[9]! + 0, ledger.accounts.quote[FEES]! + 0]).toEqual([0 - fee, fee]);
  });

  test('keeps the mark before the present one', () => {
    const ledger = newLedger();
    ledger.setMark(1, 1010);
    ledger.setMark(1, 1020);
    expect([...ledger.marks, ...ledger.previousMarks]).toEqual([100, 1020, 0, 1010]);
  });

  test('is flat only without lots of anything', () => {
    const ledger = newLedger();
    ledger.settle(1, 2, 1, 3, 990);
    expect([1, 2, 3].map((account) => ledger.isFlat(account))).toEqual([false, false, true]);
    ledger.settle(2, 1, 1, 3, 990);
    expect(ledger.isFlat(1)).toBe(true);
  });

  test('values all instruments at their marks', () => {
    const ledger = newLedger();
    ledger.settle(1, 0, 0, 4, 100);
    ledger.settle(0, 1, 1, 2, 1000);
    ledger.marks[0] = 90;
    ledger.marks[1] = 1020;
    expect(ledger.equity(1)).toBe(4 * -10 + -2 * 20 * 5);
  });

  test('is conserved by whatever trades and transfers, and the sum of equities is the money brought in', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            from: fc.nat(4),
            to: fc.nat(4),
            instrument: fc.nat(1),
            lots: fc.integer({ min: 1, max: 100_000 }),
            price: fc.integer({ min: 1, max: 1_000_000 }),
            kind: fc.constantFrom('settle', 'transfer', 'mint'),
          }),
          { maxLength: 60 },
        ),
        (commands) => {
          const ledger = newLedger();
          let money = 0;
          for (const { kind, from, to, instrument, lots, price } of commands) {
            if (kind === 'settle') ledger.settle(to, from, instrument, lots, price);
            else if (kind === 'transfer') ledger.transfer(from, to, lots);
            else {
              ledger.mint(to, price);
              money += price;
            }
          }
          ledger.assertConserved();
          const equities = [0, 1, 2, 3, 4].map((account) => ledger.equity(account));
          expect(equities.reduce((sum, equity) => sum + equity)).toBe(money);
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  test.each<[string, (ledger: ReturnType<typeof newLedger>) => void, string]>([
    [
      'a quantum appears',
      (ledger) => (ledger.accounts.quote[3]! += 1),
      'money is not conserved: 1 quanta appeared',
    ],
    ['a lot appears', (ledger) => (ledger.lots[7]! += 1), 'instrument 1: positions sum to 1 lots'],
    [
      'a number is no longer exact',
      (ledger) => (ledger.accounts.quote[3] = 2 ** 54),
      'an account exceeds 2^53 quanta',
    ],
    [
      'a debt is no longer exact',
      (ledger) => (ledger.accounts.quote[3] = -(2 ** 54)),
      'an account exceeds 2^53 quanta',
    ],
  ])('says so when %s', (_, plant, message) => {
    const ledger = newLedger();
    ledger.mint(1, 1000);
    ledger.settle(1, 2, 1, 3, 990);
    expect(() => ledger.assertConserved()).not.toThrow();
    plant(ledger);
    expect(() => ledger.assertConserved()).toThrow(message);
  });
});
