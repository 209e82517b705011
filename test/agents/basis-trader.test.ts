// The basis trader: a leg in each of two instruments while their prices are apart, out of both when they are not.
import { linear } from '../../src/contracts/linear.ts';
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER, OUTSIDE } from '../../src/clearing/schema.ts';
import type { WrittenPolicy } from '../sim/by-hand.ts';
import { heldBy, S, stage, standAt } from './stage.ts';

// The second instrument has a tick of half the value, so that as many lots are worth half. 10,000,000 quanta are 200 lots of the
// first; legs of twice the money, in slices of 20 lots.
const params = {
  against: 2,
  every: S / 10,
  usual: 0,
  opens: 0.002,
  closes: 0.0005,
  wealth: 10_000_000,
  leverage: 2,
  slice: 1_000_000,
};
const policy: WrittenPolicy = { margin: { rule: 'flat', leverage: 20 }, ladder: 'immediate' };

function trader(over: Readonly<Record<string, number>> = {}) {
  const others = [{ name: 'BBB', contract: linear(2) }];
  const simulation = stage('basis-trader', { params: { ...params, ...over }, others, policy });
  standAt(simulation, 50_000);
  standAt(simulation, 50_000, 1);
  simulation.run(2 * S);
  return simulation;
}

const legs = (simulation: ReturnType<typeof trader>): number[] => [
  heldBy(simulation, FIRST_TRADER, 0),
  heldBy(simulation, FIRST_TRADER, 1),
];

describe('a basis trader', () => {
  test('does nothing while the prices are together', () => {
    const simulation = trader();
    standAt(simulation, 50_090);
    simulation.run(20 * S);
    expect(simulation.wakes).toBeGreaterThan(100);
    expect(legs(simulation)).toEqual([0, 0]);
  });

  test.each([
    [50_200, -1],
    [49_800, 1],
  ])('at %d against 50,000 takes legs of equal value, up to its leverage', (price, side) => {
    const simulation = trader();
    standAt(simulation, price);
    simulation.run(60 * S);
    const [here, there] = legs(simulation) as [number, number];
    expect(Math.sign(here)).toBe(side);
    // 20,000,000 less what the spread has cost: 398 lots of the first, half as many of the other.
    expect(Math.abs(here)).toBeGreaterThanOrEqual(390);
    expect(Math.abs(here) * price).toBeLessThanOrEqual(20_000_000);
    expect(Math.abs(here * price + there * 100_000)).toBeLessThanOrEqual(500_000); // half of a slice
    simulation.only.ledger.assertConserved();
  });

  test('opens by slices, both legs at the same time', () => {
    const simulation = trader();
    standAt(simulation, 50_200);
    while (heldBy(simulation) === 0) simulation.step(10 * S);
    simulation.run(simulation.queue.now);
    expect(legs(simulation)).toEqual([-19, 10]); // 1,000,000 quanta of each, rounded down
  });

  test('closes both when the prices have come together, and keeps the difference', () => {
    const simulation = trader();
    standAt(simulation, 50_200);
    simulation.run(60 * S);
    standAt(simulation, 50_030); // not yet within .05 %
    simulation.run(90 * S);
    expect(legs(simulation)[0]).toBeLessThan(-380);
    standAt(simulation, 50_010);
    simulation.run(200 * S);
    expect(legs(simulation)).toEqual([0, 0]);
    // Sold at 50,199 and bought at 50,011, 398 lots or so; the other leg's spread costs 2 of 50,000 twice that.
    expect(simulation.only.ledger.equity(FIRST_TRADER)).toBeGreaterThan(10_000_000 + 390 * 180);
    simulation.only.ledger.assertConserved();
  });

  test('reckons from the usual difference', () => {
    const simulation = trader({ usual: 0.004 });
    standAt(simulation, 50_200); // .4 % is what it should be
    simulation.run(20 * S);
    expect(legs(simulation)).toEqual([0, 0]);
    standAt(simulation, 50_000);
    simulation.run(40 * S);
    expect(legs(simulation)[0]).toBeGreaterThan(0);
  });

  test('cuts a leg that stands alone', () => {
    const simulation = trader();
    simulation.only.ledger.settle(FIRST_TRADER, OUTSIDE, 1, 100, 50_000); // as if the first leg had been liquidated
    simulation.run(30 * S);
    expect(legs(simulation)).toEqual([0, 0]);
  });

  test('against its own instrument does nothing; against none there is, it says so', () => {
    const simulation = trader({ against: 1 });
    standAt(simulation, 60_000);
    simulation.run(10 * S);
    expect(legs(simulation)).toEqual([0, 0]);
    expect(() => trader({ against: 3 })).toThrow(
      /agent basis-trader at .* s: instrument 2: needs a number from 0 to 1/,
    );
  });
});
