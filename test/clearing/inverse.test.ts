// Accounts whose contracts are settled in a coin: worked cases with the numbers that venues publish, liquidation through the
// house, the watch against a scan, and conservation of money, lots and coins together.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InverseTerms } from '../../src/contracts/inverse.ts';
import { linear } from '../../src/contracts/linear.ts';
import { OUTSIDE } from '../../src/clearing/schema.ts';
import type { WrittenPolicy } from '../sim/by-hand.ts';
import type { Desk } from './desk.ts';
import { newDesk } from './desk.ts';

const flat: WrittenPolicy = { margin: { rule: 'flat', leverage: 50 } };
const A = 1;

/** A lot of 100 USD in quanta of 0.0001 USD, ticks of 0.01 USD, coins in quanta of 10⁻⁸. */
const INVERSE: InverseTerms = { kind: 'inverse', face: 1_000_000, up: 1, down: 1_000_000 };
const ENTRY = 789_008; // 7890.08

const inverseDesk = (policy = flat, mark = ENTRY, accounts = 4): Desk =>
  newDesk({ tickLots: [], contracts: [INVERSE], marks: [mark], accounts, policy });

/** The account opens lots at the mark, with margin in the coin of so much money (quanta). */
function open({ ledger }: Desk, account: number, lots: number, money: number): void {
  ledger.coins!.home[account] = 1;
  ledger.bring(account, money);
  ledger.settle(account, OUTSIDE, 0, lots, ledger.marks[0]!);
}

describe('100 contracts of 100 USD at 7890.08 with 50 times the margin', () => {
  test('long have a bankruptcy price of 7735.3725, the entry over 1 + 1/50', () => {
    const desk = inverseDesk();
    open(desk, A, 100, 2_000_000); // 200 USD of 10,000
    // 10,000 / 7890.08 and a fiftieth of it.
    expect(desk.ledger.coins!.held(A, 0)).toBe(126_741_427 + 2_534_828);
    expect(desk.house.forced.bankruptcyPrice(A, 0)).toBe(773_538); // nearest tick that leaves no debt
    const { contracts } = desk.ledger;
    const distance = contracts.move(0, 100, ENTRY, -desk.ledger.equity(A));
    expect((ENTRY + distance) / 100).toBeCloseTo(7735.3725, 3);
  });

  test('short have one of 8051.1020, the entry over 1 − 1/50', () => {
    const desk = inverseDesk();
    open(desk, A, -100, 2_000_000);
    expect(desk.house.forced.bankruptcyPrice(A, 0)).toBe(805_110);
    const distance = desk.ledger.contracts.move(0, -100, ENTRY, -desk.ledger.equity(A));
    expect((ENTRY + distance) / 100).toBeCloseTo(8051.102, 3);
  });

  test('gain in coins what one over the prices says, and keep their worth in money when those are sold', () => {
    const { ledger } = inverseDesk();
    ledger.coins!.home[A] = 1;
    ledger.bring(A, 2_000_000);
    const margin = ledger.coins!.held(A, 0);
    ledger.settle(A, OUTSIDE, 0, 100, ENTRY);
    ledger.setMark(0, 800_000);
    // 10,000 · (1 / 7890.08 − 1 / 8000) = 0.01741427 of the coin.
    expect(ledger.profit(A, 0)).toBe(Math.floor((1_741_427 * 800_000) / 1e6));
    ledger.settle(OUTSIDE, A, 0, 100, 800_000);
    expect(ledger.coins!.held(A, 0) - margin).toBe(1_741_427);
    const worth = ledger.worth(A);
    ledger.convert(A);
    expect([ledger.worth(A), ledger.coins!.held(A, 0)]).toEqual([worth, 0]);
    ledger.assertConserved();
  });

  test('short against as many coins are flat in money, and owe nothing to any price', () => {
    const desk = inverseDesk();
    open(desk, A, -100, 10_000 * 10_000);
    const { ledger } = desk;
    // Rounding leaves at most one quantum of the coin.
    expect(Math.abs(ledger.coins!.held(A, 0))).toBeLessThanOrEqual(1);
    const worth = ledger.worth(A);
    for (const mark of [1, 10_000, 10_000_000]) {
      ledger.setMark(0, mark);
      expect(Math.abs(ledger.worth(A) - worth)).toBeLessThanOrEqual(1 + mark / 1e6);
    }
    expect(desk.house.forced.bankruptcyPrice(A, 0)).toBe(0x3fffffff); // any
  });
});

describe('the watch', () => {
  test('finds the first mark at which equity is at maintenance, below for coins and above for a debt of them', () => {
    let rising = 0;
    let never = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 3_000_000 }),
        fc.integer({ min: -500, max: 500 }).filter((lots) => lots !== 0),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: -60, max: 60 }),
        fc.constantFrom(1, 1.5, 4),
        (mark, lots, margin, money, level) => {
          const policy = {
            ...flat,
            ladder: [{ rung: 'warn', at: level }, { rung: 'full' }],
          } as WrittenPolicy;
          const desk = inverseDesk(policy, mark);
          const { ledger, house } = desk;
          // Margin in percent of the size in coins; beside it money, or a debt.
          open(desk, A, lots, (Math.abs(lots) * INVERSE.face * margin) / 100);
          ledger.mint(A, Math.round((Math.abs(lots) * INVERSE.face * money) / 100));
          const needed = Math.ceil(Math.abs(lots) * INVERSE.face * 0.01 * level);
          const coins = ledger.coins!.held(A, 0);
          const quote = ledger.accounts.quote[A]!;
          const healthy = (p: number) =>
            BigInt(quote) +
              floorDiv(BigInt(coins) * BigInt(p), 1_000_000n) -
              BigInt(lots) * BigInt(INVERSE.face) >
            BigInt(needed);
          expect(house.watch(A)).toBe(healthy(mark));
          if (!healthy(mark)) return;
          const { ladder } = house.triggers;
          const second = level > 1 ? [house.triggers.risingNodeOf(A, 0)] : [];
          const nodes = [house.triggers.nodeOf(A, 0), ...second];
          const keys = nodes.filter((node) => ladder.isLinked(node)).map((node) => ladder.keyOf(node));
          expect(keys.length).toBeLessThanOrEqual(1);
          if (keys.length === 0) {
            never++;
            expect(healthy(coins > 0 ? 1 : 0x3ffffffe)).toBe(true);
            return;
          }
          const key = keys[0]!;
          const at = key < 0 ? ~key : key;
          if (key < 0) rising++;
          expect(key < 0).toBe(coins < 0);
          expect([healthy(at), healthy(key < 0 ? at - 1 : at + 1)]).toEqual([false, true]);
          ledger.setMark(0, at);
          expect(house.triggers.crossed(0, at)).toBe(A);
        },
      ),
      { seed: 8, numRuns: 3000 },
    );
    expect(rising).toBeGreaterThan(300);
    expect(never).toBeGreaterThan(100);
  });

  test('of an account with nothing open that owes coins waits for the rise that takes the rest of its money', () => {
    const desk = inverseDesk();
    const { ledger, house } = desk;
    ledger.mint(A, 5_000_000); // 500 USD
    ledger.settle(OUTSIDE, A, 0, 10, 800_000);
    ledger.settle(A, OUTSIDE, 0, 10, 500_000); // loses 1,000 · (1/5000 − 1/8000): 0.075 of the coin
    expect(ledger.coins!.held(A, 0)).toBe(7_500_000);
    ledger.settle(A, OUTSIDE, 0, 20, 500_000);
    ledger.settle(OUTSIDE, A, 0, 20, 800_000);
    ledger.settle(OUTSIDE, A, 0, 10, 800_000);
    ledger.settle(A, OUTSIDE, 0, 10, 1_000_000);
    expect([ledger.isFlat(A), ledger.coins!.held(A, 0)]).toEqual([true, 20_000_000]);
    ledger.exchange(A, 0, -30_000_000);
    expect(ledger.coins!.held(A, 0)).toBe(-10_000_000); // 0.1 of the coin: 789.008 USD
    expect(house.watch(A)).toBe(true);
    const worth = ledger.worth(A);
    const risen = ENTRY + Math.floor(worth / 10) + 1; // a tick costs ten quanta
    expect(house.triggers.crossed(0, risen - 1)).toBe(-1);
    ledger.setMark(0, risen);
    expect(house.triggers.crossed(0, risen)).toBe(A);
    expect([house.watch(A), ledger.worth(A) < 0]).toEqual([false, true]);
  });
});

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b < 0n ? q - 1n : q;
}

test('beside a linear position nobody is in breach while each mark is inside its trigger', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -300, max: 300 }),
      fc.integer({ min: -300, max: 300 }),
      fc.integer({ min: 1, max: 80 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
      (first, second, margin, inside) => {
        const desk = newDesk({
          tickLots: [],
          contracts: [INVERSE, linear(1)],
          marks: [ENTRY, ENTRY],
          accounts: 2,
          policy: flat,
        });
        const { ledger, house } = desk;
        ledger.coins!.home[A] = 1;
        ledger.settle(A, OUTSIDE, 0, first, ENTRY);
        ledger.settle(A, OUTSIDE, 1, second, ENTRY);
        const size = Math.abs(first) * INVERSE.face + Math.abs(second) * ENTRY;
        ledger.bring(A, Math.round((size * (margin + 1)) / 100) + 10);
        expect(house.watch(A)).toBe(true);
        const { ladder } = house.triggers;
        const range = (i: number): [number, number] => {
          const node = house.triggers.nodeOf(A, i);
          if (!ladder.isLinked(node)) return [1, 3 * ENTRY];
          const key = ladder.keyOf(node);
          return key < 0 ? [1, ~key - 1] : [key + 1, 3 * ENTRY];
        };
        const [coin, money] = [range(0), range(1)];
        const corners = [0, 1].flatMap((x) => [0, 1].map((y) => [x, y] as const));
        const points = inside.slice(1).map((y, i) => [inside[i]!, y] as const);
        for (const [x, y] of [...corners, ...points]) {
          ledger.marks[0] = Math.round(coin[0] + x * (coin[1] - coin[0]));
          ledger.marks[1] = Math.round(money[0] + y * (money[1] - money[0]));
          expect(ledger.equity(A)).toBeGreaterThan(house.requirement.maintenance(A));
        }
      },
    ),
    { seed: 3, numRuns: 500 },
  );
});
