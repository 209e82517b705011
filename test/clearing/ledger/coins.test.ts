// Balances in coins: bought and sold at the mark for what that changes an account's worth by, and never made or lost.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InverseTerms } from '../../../src/contracts/inverse.ts';
import { linear } from '../../../src/contracts/linear.ts';
import { OUTSIDE } from '../../../src/clearing/schema.ts';
import { newDesk } from '../desk.ts';

const INVERSE: InverseTerms = { kind: 'inverse', face: 1000, up: 1, down: 300 };
const A = 1;

const desk = (mark = 700) =>
  newDesk({
    tickLots: [],
    contracts: [linear(1), INVERSE],
    marks: [100, mark],
    accounts: 4,
    policy: { margin: { rule: 'flat', leverage: 10 } },
  });

describe('coins', () => {
  test('are of instruments that are settled in one', () => {
    const { coins } = desk().ledger;
    expect([coins!.settles(0), coins!.settles(1)]).toEqual([false, true]);
    expect(
      newDesk({ tickLots: [1], marks: [1], accounts: 2, policy: { margin: { rule: 'flat', leverage: 1 } } })
        .ledger.coins,
    ).toBeUndefined();
  });

  test('are bought with margin that comes, sold for money that leaves, where margin is kept in them', () => {
    const { ledger } = desk();
    const { coins } = ledger;
    coins!.home[A] = 2;
    ledger.bring(A, 1000);
    expect([coins!.held(A, 1), coins!.held(OUTSIDE, 1)]).toEqual([428, -428]); // ⌊1000 · 300 / 700⌋
    expect([ledger.accounts.quote[A], ledger.worth(A)]).toEqual([2, 1000]);
    ledger.bring(A, -300);
    expect(coins!.held(A, 1)).toBe(428 - 129); // ⌊300 · 300 / 700⌋ and one more
    expect(ledger.worth(A)).toBe(700);
    ledger.bring(A, -700);
    expect(ledger.worth(A)).toBe(0);
    expect(coins!.held(A, 1)).toBe(0);
    ledger.bring(2, 1000); // in money
    expect([coins!.held(2, 1), ledger.accounts.quote[2]]).toEqual([0, 1000]);
    ledger.assertConserved();
  });

  test('are never sold beyond what there is', () => {
    const { ledger } = desk();
    ledger.coins!.home[A] = 2;
    ledger.mint(A, 5000);
    ledger.settle(OUTSIDE, A, 1, 2, 700); // owes coins
    const owed = ledger.coins!.held(A, 1);
    expect([owed, ledger.owes(A)]).toEqual([-857, true]);
    ledger.bring(A, -100);
    expect([ledger.coins!.held(A, 1), ledger.accounts.quote[A]]).toEqual([owed, 4900]);
  });

  test('move with lots, at average cost, and say what a position has gained', () => {
    const { ledger } = desk();
    ledger.settle(A, OUTSIDE, 1, 4, 700);
    expect(ledger.coins!.held(A, 1)).toBe(1714);
    expect(ledger.profit(A, 1)).toBe(-1); // rounded down
    ledger.setMark(1, 800);
    expect(ledger.profit(A, 1)).toBe(Math.floor((1714 * 800) / 300) - 4000);
    ledger.settle(OUTSIDE, A, 1, 6, 800); // closes four, and is two short
    expect(ledger.coins!.held(A, 1)).toBe(1714 - 2250);
    expect([ledger.position(A, 1), ledger.profit(A, 1)]).toEqual([-2, 0]);
    expect([ledger.side(A, 1), ledger.side(A, 0), ledger.side(2, 1)]).toEqual([-1, 0, 0]);
    expect(ledger.exposure(A, 1)).toBe(Math.ceil((536 * 800) / 300));
    ledger.assertConserved();
  });

  test('keep everybody’s worth when they are converted, of a debt too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: -100_000, max: 100_000 }),
        (mark, lots, more) => {
          const { ledger } = desk(mark);
          ledger.settle(A, OUTSIDE, 1, lots, mark);
          const worth = ledger.worth(A);
          ledger.exchange(A, 1, more);
          expect(ledger.worth(A)).toBe(worth);
          ledger.convert(A);
          expect([ledger.worth(A), ledger.coins!.held(A, 1)]).toEqual([worth, 0]);
          ledger.assertConserved();
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  test('that appear are found', () => {
    const { ledger } = desk();
    ledger.coins!.balance[5] = 3;
    expect(() => {
      ledger.assertConserved();
    }).toThrow('instrument 1: 3 coin quanta appeared');
    expect(() => {
      ledger.coins!.add(A, 1, 2 ** 53);
    }).toThrow('a balance of 9.0e+15 coin quanta exceeds 2^53');
  });
});
