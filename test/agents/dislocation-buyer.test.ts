// The buyer of dislocations: far below the average of late, a slice at a look, as far as its money goes; and out again.
import { describe, expect, test } from 'vitest';
import { SHOCK } from '../../src/clearing/schema.ts';
import { heldBy, S, stage, standAt, takenBy } from './stage.ts';

// An average that stays at 50,000: it buys below 49,250, and sells above 49,850. 1e7 quanta are 200 lots, a slice is 20.
const params = {
  every: S / 10,
  capital: 10_000_000,
  slice: 1_000_000,
  gap: 0.015,
  exit: 0.003,
  memory: 1e15,
  patience: 1e15,
};

function buyerAt(price: number, over: Readonly<Record<string, number>> = {}) {
  const simulation = stage('dislocation-buyer', { params: { ...params, ...over } });
  simulation.run(2 * S);
  standAt(simulation, price);
  simulation.run(10 * S);
  return simulation;
}

describe('a buyer of dislocations', () => {
  test('does nothing within its gap', () => {
    const simulation = buyerAt(49_300);
    expect(simulation.wakes).toBeGreaterThan(50);
    expect(takenBy(simulation)).toEqual([]);
  });

  test('buys slices beyond it until its money is spent', () => {
    const simulation = buyerAt(49_000);
    const fills = takenBy(simulation);
    expect(fills.slice(0, 3)).toEqual([20, 20, 20].map((lots) => ({ price: 49_001, lots })));
    expect(heldBy(simulation)).toBe(204); // 204 · 49,001 = 9,996,204 of 10,000,000
  });

  test('has nothing left for a deeper fall', () => {
    const simulation = buyerAt(49_000);
    standAt(simulation, 40_000);
    simulation.run(60 * S);
    expect(heldBy(simulation)).toBe(204);
  });

  test('pays no more than the price that it buys below', () => {
    const simulation = buyerAt(49_500, { slice: 50_000_000, capital: 500_000_000 });
    standAt(simulation, 49_000);
    simulation.only.commands.cancelAll(SHOCK, 0);
    simulation.only.commands.limit(SHOCK, 0, -50, 49_100, 0, false);
    simulation.only.commands.limit(SHOCK, 0, -10_000, 49_251, 0, false);
    simulation.run(20 * S);
    expect(simulation.only.book.bestBid(0)).toBe(48_990); // the middle is below 49,250
    expect(takenBy(simulation)).toEqual([{ price: 49_100, lots: 50 }]);
  });

  test('sells when the price has come back, and can buy with what it made', () => {
    const simulation = buyerAt(49_000);
    standAt(simulation, 49_800);
    simulation.run(20 * S);
    expect(heldBy(simulation)).toBe(204); // not yet
    standAt(simulation, 49_900);
    simulation.run(60 * S);
    expect(heldBy(simulation)).toBe(0);
    standAt(simulation, 49_000);
    simulation.run(120 * S);
    // It has made 204 · 898: 10,183,192 are good for 207 lots.
    expect(heldBy(simulation)).toBe(207);
    simulation.only.ledger.assertConserved();
  });

  test('sells at any price when its patience is over', () => {
    const simulation = buyerAt(49_000, { patience: 60 * S });
    expect(heldBy(simulation)).toBe(204);
    standAt(simulation, 49_260); // above where it buys, below where it sells
    simulation.run(60 * S);
    expect(heldBy(simulation)).toBe(204);
    simulation.run(100 * S);
    expect(heldBy(simulation)).toBe(0);
    expect(takenBy(simulation).at(-1)!.price).toBe(49_259);
  });

  test('averages over its memory: a price that stays is no dislocation any more', () => {
    // The average is 1,000 · e^(−t/20 s) above the price: too near to buy from 6 s on, and near enough to sell from 38 s on.
    const simulation = buyerAt(49_000, { memory: 20 * S, capital: 1e9 });
    const held = heldBy(simulation);
    expect(held).toBeGreaterThan(200);
    simulation.run(30 * S);
    expect(heldBy(simulation)).toBe(held);
    simulation.run(300 * S);
    expect(heldBy(simulation)).toBe(0);
  });
});
