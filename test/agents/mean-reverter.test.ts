// The mean reverter: a position against the distance from the average, in proportion to it, up to its money.
import { describe, expect, test } from 'vitest';
import { heldBy, S, stage, standAt, takenBy } from './stage.ts';

// An average that stays at 50,000, and all of its 10,000,000 quanta at a distance of 1 %; slices of 20 lots.
const params = { every: S / 10, wealth: 10_000_000, slice: 1_000_000, memory: 1e15, scale: 0.01 };

function reverterAt(price: number, over: Readonly<Record<string, number>> = {}) {
  const simulation = stage('mean-reverter', { params: { ...params, ...over } });
  simulation.run(2 * S);
  standAt(simulation, price);
  simulation.run(20 * S);
  return simulation;
}

describe('a mean reverter', () => {
  test('does nothing at the average', () => {
    const simulation = reverterAt(50_000);
    expect(simulation.wakes).toBeGreaterThan(100);
    expect(takenBy(simulation)).toEqual([]);
  });

  test.each([
    [49_750, 100], // half of its money: 100.5 lots, in whole slices
    [50_250, -100],
    [49_500, 200], // all of it: 202 lots
    [45_000, 220], // … and no more: 222 lots
    [55_000, -180], // 182 lots in slices of 18: the last one is not full
  ])('at a price of %d holds %d lots', (price, lots) => {
    const simulation = reverterAt(price);
    expect(heldBy(simulation)).toBe(lots);
    expect(takenBy(simulation).every((fill) => Math.sign(fill.lots) === Math.sign(lots))).toBe(true);
    expect(Math.abs(takenBy(simulation)[0]!.lots)).toBeLessThanOrEqual(23); // a slice at that price
  });

  test('comes out when the price comes back', () => {
    const simulation = reverterAt(49_500);
    standAt(simulation, 50_000);
    simulation.run(40 * S);
    expect(heldBy(simulation)).toBe(0);
    simulation.only.ledger.assertConserved();
  });

  test('comes out as the average comes to the price', () => {
    const simulation = reverterAt(49_500, { memory: 60 * S });
    expect(heldBy(simulation)).toBeGreaterThan(100);
    simulation.run(600 * S);
    expect(Math.abs(heldBy(simulation))).toBeLessThan(20);
  });
});
