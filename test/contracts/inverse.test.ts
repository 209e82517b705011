// Roundings and ends of the inverse contract, with the right values.
import { expect, test } from 'vitest';
import { contractOf } from '../../src/contracts/contracts.ts';
import type { InverseTerms } from '../../src/contracts/inverse.ts';

const terms: InverseTerms = { kind: 'inverse', face: 10, up: 3, down: 7 };
const contract = contractOf(terms);
const coin = contract.coin!;

test('coins are rounded to the nearest quantum, halves up in size, for both sides alike', () => {
  // 10 · 7 / (3 · p): 23.33, 2.33, 1.667, .5, .497
  expect([1, 10, 14].map((p) => contract.value(-1, p))).toEqual([23, 2, 2]);
  expect([1, 10, 14].map((p) => contract.value(1, p))).toEqual([-23, -2, -2]);
  expect(contractOf({ ...terms, up: 10, down: 1 } as InverseTerms).value(-1, 2)).toBe(1); // a half
  expect(Object.is(contract.value(1, 1000), 0)).toBe(true);
});

test('a balance is worth its price rounded down, a debt too', () => {
  expect([coin.money(5, 2), coin.money(-5, 2), coin.money(7, 5), coin.money(-7, 5)]).toEqual([
    4, -5, 15, -15,
  ]);
  expect(Object.is(coin.money(-0, 5), 0) || coin.money(-0, 5) === 0).toBe(true);
  expect([coin.bought(4, 2), coin.bought(5, 2), coin.owed(3), coin.owed(-3)]).toEqual([4, 5, -30, 30]);
});

test('beyond what is exact, where only the watch looks, it is near enough and keeps its sign', () => {
  const large = contractOf({ ...terms, up: 1, down: 1 } as InverseTerms).coin!;
  expect(large.money(2 ** 40, 2 ** 20) / 2 ** 60).toBeCloseTo(1, 9);
  expect(large.money(-(2 ** 40), 2 ** 20) / 2 ** 60).toBeCloseTo(-1, 9);
});

test('gains at the latter price, and is dearer at the mark, halves away from nothing', () => {
  expect([contract.gain(3, 100, 125), contract.gain(3, 125, 100)]).toEqual([8, -6]); // 7.5, −6
  expect([contract.gain(-3, 100, 125), contract.gain(-3, 125, 100)]).toEqual([-8, 6]);
  expect([contract.dearer(3, 100, 125), contract.dearer(3, 125, 100)]).toEqual([6, -8]);
  expect([contract.notional(3, 1), contract.notional(3, 1000)]).toEqual([30, 30]);
});

test('moves without end where no price pays so much', () => {
  expect(contract.move(3, 100, 6)).toBe(25);
  expect(contract.move(3, 125, -7.5)).toBe(-25);
  expect([contract.move(3, 100, 30), contract.move(3, 100, 31)]).toEqual([Infinity, Infinity]);
  expect([contract.move(-3, 100, -30), contract.move(-3, 100, -31)]).toEqual([Infinity, Infinity]);
  expect(contract.move(-3, 100, -6)).toBe(25);
});
