// The hunter: sells just above where it guesses that longs are liquidated, buys back below, or gives up.
import { describe, expect, test } from 'vitest';
import { heldBy, S, stage, standAt, takenBy } from './stage.ts';

/**
 * Its guesses of an average of 50,000 and a maintenance rate of .4 %: longs of leverage 100 at 49,700, of 75 at 49,533, of 50 at
 * 49,200. It sells up to .15 % above. 5,000,000 quanta are a hundred lots, a slice is ten.
 */
const params = {
  every: S / 10,
  size: 5_000_000,
  slice: 500_000,
  reach: 0.0015,
  rate: 0.004,
  memory: 1e15,
  patience: 1e15,
};

function hunterAt(price: number, over: Readonly<Record<string, number>> = {}) {
  const simulation = stage('hunter', { params: { ...params, ...over } });
  simulation.run(2 * S);
  standAt(simulation, price);
  simulation.run(10 * S);
  return simulation;
}

describe('a hunter', () => {
  test.each([50_000, 49_800, 49_650, 49_400])('does nothing at %d, where no cluster is near', (price) => {
    const simulation = hunterAt(price);
    expect(simulation.wakes).toBeGreaterThan(50);
    expect(takenBy(simulation)).toEqual([]);
  });

  test.each([
    [49_750, 49_749],
    [49_580, 49_579],
    [49_250, 49_249],
  ])('at %d, just above a cluster, sells slices up to its size', (price, at) => {
    const simulation = hunterAt(price);
    const fills = takenBy(simulation);
    expect(fills.slice(0, 2)).toEqual([
      { price: at, lots: -10 },
      { price: at, lots: -10 },
    ]);
    // 5,000,000 at these prices are 100.5 … 101.5 lots: no more, not by a slice either.
    expect(heldBy(simulation)).toBe(-Math.floor(5_000_000 / price));
  });

  test('buys back below the cluster, and keeps what the fall was worth', () => {
    const simulation = hunterAt(49_750);
    standAt(simulation, 49_690);
    simulation.run(20 * S);
    expect(heldBy(simulation)).toBe(-100); // not yet .15 % below
    standAt(simulation, 49_300);
    simulation.run(40 * S);
    expect(heldBy(simulation)).toBe(0);
    expect(simulation.only.ledger.accounts.quote[8]).toBe(100 * (49_749 - 49_301));
    simulation.only.ledger.assertConserved();
  });

  test('buys back at a loss when its patience is over', () => {
    const simulation = hunterAt(49_750, { patience: 30 * S });
    standAt(simulation, 50_200);
    simulation.run(30 * S);
    expect(heldBy(simulation)).toBe(-100);
    simulation.run(60 * S);
    expect(heldBy(simulation)).toBe(0);
    expect(takenBy(simulation).at(-1)).toEqual({ price: 50_201, lots: 10 });
  });
});
