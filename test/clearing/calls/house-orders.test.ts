// What a trader may withdraw, and which orders its equity covers. Margin is flat, 10 % initial and 5 % maintenance; account 4
// holds 10 lots at 1,000; a second instrument is at 500.
import { describe, expect, test } from 'vitest';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import { newDesk } from '../desk.ts';

const A = 4;

function house(equity: number, policy: Partial<WrittenPolicy> = {}) {
  const desk = newDesk({
    tickLots: [1, 1],
    marks: [1000, 500],
    accounts: 7,
    policy: { margin: { rule: 'flat', leverage: 10 }, ladder: 'immediate', ...policy },
  });
  desk.ledger.settle(A, 0, 0, 10, 1000);
  desk.ledger.mint(A, equity);
  return desk.house;
}

describe('a withdrawal leaves', () => {
  test.each<[string, Partial<WrittenPolicy>, number]>([
    ['the initial margin', {}, 1000],
    ['the release level, if that is more', { release: '300 %' }, 1500],
    ['a quantum above the highest level of the ladder', { ladder: [{ rung: 'full', at: '250 %' }] }, 1251],
  ])('%s', (_, policy, quanta) => {
    expect(house(5000, policy).releaseLevel(A)).toBe(quanta);
  });

  test('nothing with nothing open', () => {
    expect(house(5000).releaseLevel(5)).toBe(0);
  });
});

describe('an order is afforded', () => {
  const affords = (equity: number, buying: number, selling: number, instrument = 0) =>
    house(equity).affords(A, instrument, buying, selling);
  test.each<[string, number, number, number, number, boolean]>([
    ['to buy what its equity opens', 1200, 2, 0, 0, true],
    ['to buy, but not with a quantum less', 1199, 2, 0, 0, false],
    ['to sell, if it can keep what it holds should nobody buy', 1000, 0, 10, 0, true],
    ['not even to sell, if it cannot', 999, 0, 10, 0, false],
    ['to sell into a short as large as the long is', 1000, 0, 20, 0, true],
    ['to sell, but not a lot more', 1099, 0, 21, 0, false],
    ['by the worse of both sides', 1100, 1, 21, 0, true],
    ['by the worse of both sides, a quantum short', 1099, 1, 21, 0, false],
    ['in another instrument, beside the first', 1100, 2, 0, 1, true],
    ['in another instrument, a quantum short', 1099, 2, 1, 1, false],
  ])('%s', (_, equity, buying, selling, instrument, yes) => {
    expect(affords(equity, buying, selling, instrument)).toBe(yes);
  });
});
