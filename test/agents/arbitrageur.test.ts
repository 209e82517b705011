// The arbitrageur: takes what was left behind, leans against wide gaps, within its capital.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import { S, stage, takenBy } from './stage.ts';

const params = { rate: 5, stale: 0.0005, gap: 0.002, size: 2_500_000, limit: 10_000_000, closes: 1e12 };

describe('an arbitrageur', () => {
  test('leaves quotes at the view alone', () => {
    const simulation = stage('arbitrageur', { params });
    simulation.run(20 * S);
    expect(takenBy(simulation)).toEqual([]);
  });

  test('takes stale offers up to its distance from the view, to its limit', () => {
    const simulation = stage('arbitrageur', { params: { ...params, limit: 1e12 } });
    simulation.only.tables.prices.index[0] = 50_100;
    simulation.run(60 * S);
    const fills = takenBy(simulation);
    expect(Math.max(...fills.map(({ price }) => price))).toBe(50_070); // 50,100 less 0.05 % is 50,074.95
    const poor = stage('arbitrageur', { params });
    poor.only.tables.prices.index[0] = 52_000;
    poor.run(60 * S);
    const held = poor.only.ledger.position(FIRST_TRADER, 0);
    expect(held).toBeGreaterThanOrEqual(Math.floor(10_000_000 / 52_000));
    expect(held).toBeLessThanOrEqual(Math.ceil(10_000_000 / 52_000) + Math.round(2_500_000 / 52_000));
  });

  test('closes what it holds on another venue, at its cost', () => {
    const simulation = stage('arbitrageur', { params: { ...params, closes: 10 * S, cost: 0.001 } });
    simulation.only.tables.prices.index[0] = 49_900;
    simulation.run(5 * S);
    expect(simulation.only.ledger.position(FIRST_TRADER, 0)).toBeLessThan(0);
    simulation.only.tables.prices.index[0] = 49_980;
    simulation.run(200 * S);
    expect(Math.abs(simulation.only.ledger.position(FIRST_TRADER, 0))).toBeLessThan(5);
    simulation.only.ledger.assertConserved();
  });
});
