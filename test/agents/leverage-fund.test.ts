// The fund with a leverage target: sells as the price falls and buys as it rises, back to where it must be; exact numbers.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import { heldBy, S, stage, standAt, takenBy } from './stage.ts';

// Money of 10,000,000 quanta: 200 lots at 50,000, so that it holds 1,000.
const params = { wealth: 10_000_000, leverage: 5, band: 0.05, slice: 1e12, every: S / 10 };

function fund(over: Readonly<Record<string, number>> = {}) {
  const simulation = stage('leverage-fund', { params: { ...params, ...over } });
  simulation.run(2 * S);
  return simulation;
}

describe('a fund with a leverage target', () => {
  test('is born with assets of that many times its money, and leaves them alone', () => {
    const simulation = fund();
    expect(heldBy(simulation)).toBe(1000);
    expect(simulation.only.ledger.equity(FIRST_TRADER)).toBe(10_000_000);
    expect(takenBy(simulation)).toEqual([]);
  });

  test('does nothing within its band', () => {
    const simulation = fund();
    standAt(simulation, 49_500); // 49.5 M on 9.5 M: 5.21
    simulation.run(10 * S);
    expect(takenBy(simulation)).toEqual([]);
  });

  test('sells back to its target in a fall', () => {
    const simulation = fund();
    standAt(simulation, 49_000); // 49 M on 9 M: 5.44; five times 9 M are 918 lots
    simulation.run(10 * S);
    expect(takenBy(simulation)).toEqual([{ price: 48_999, lots: -82 }]);
    simulation.only.ledger.assertConserved();
  });

  test('buys back to its target in a rise', () => {
    const simulation = fund();
    standAt(simulation, 51_000); // 51 M on 11 M: 4.64; five times 11 M are 1,078 lots
    simulation.run(10 * S);
    expect(takenBy(simulation)).toEqual([{ price: 51_001, lots: 78 }]);
  });

  test('trades in slices, until it is within its band again', () => {
    const simulation = fund({ slice: 980_000 }); // 20 lots at 49,000
    standAt(simulation, 49_000);
    simulation.run(20 * S);
    expect(takenBy(simulation).map(({ lots }) => lots)).toEqual([-20, -20]); // 960 lots: 5.23
  });

  test('holds as much as the policy allows, and no more', () => {
    const policy = { margin: { rule: 'flat', leverage: 2 }, ladder: 'immediate' } as const;
    const simulation = stage('leverage-fund', { params, policy });
    simulation.run(2 * S);
    expect(heldBy(simulation)).toBe(400); // twice its money, where it would hold five times that
    standAt(simulation, 49_000); // 19.6 M on 9.6 M: twice that are 391 lots
    simulation.run(10 * S);
    expect(heldBy(simulation)).toBe(400); // within its band of 5 %
    standAt(simulation, 47_000); // 18.8 M on 8.8 M: twice that are 374
    simulation.run(20 * S);
    expect(heldBy(simulation)).toBe(374);
    expect(simulation.only.house.liquidationCount).toBe(0);
    simulation.only.ledger.assertConserved();
  });

  test('at a leverage of 1 never sells', () => {
    const simulation = fund({ leverage: 1, band: 0 });
    standAt(simulation, 25_000);
    simulation.run(20 * S);
    expect(heldBy(simulation)).toBe(200);
  });

  test('that has lost everything is closed, and does not begin anew', () => {
    const simulation = fund({ slice: 100_000 });
    standAt(simulation, 39_000);
    simulation.run(60 * S);
    expect(heldBy(simulation)).toBe(0);
    expect(simulation.only.ledger.equity(FIRST_TRADER)).toBeLessThanOrEqual(0);
    expect(takenBy(simulation).every(({ lots }) => lots < 0)).toBe(true);
    simulation.only.ledger.assertConserved();
  });
});
