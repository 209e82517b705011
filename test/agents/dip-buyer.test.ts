// The README's example: buys a little below its slow average, up to its limit, and nothing else.
import { expect, test } from 'vitest';
import { heldBy, S, stage, standAt, takenBy } from './stage.ts';

const params = { every: S / 10, dip: 0.005, size: 10, limit: 50 };

test('buys nothing while the price is within its dip', () => {
  const simulation = stage('dip-buyer', { params });
  simulation.run(2 * S);
  standAt(simulation, 49_800);
  simulation.run(4 * S);
  expect(takenBy(simulation)).toEqual([]);
});

test('buys its size at each look below that, to its limit', () => {
  const simulation = stage('dip-buyer', { params });
  simulation.run(2 * S);
  standAt(simulation, 49_000); // 2 % below: its average comes as near as .5 % in 140 looks
  simulation.run(20 * S);
  expect(takenBy(simulation)).toEqual(Array.from({ length: 5 }, () => ({ price: 49_001, lots: 10 })));
  expect(heldBy(simulation)).toBe(50);
});
