// Depth near the middle of the book, on a book whose levels are known.
import { expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import { depthWithin, touchOf } from '../../../src/sim/observe/book-depth.ts';
import { BUY, SELL } from '../../../src/market/book.ts';
import { solvableScenario } from '../../../src/models/solvable/world.ts';
import { Simulation } from '../../../src/sim/simulation.ts';

/** Bids of 7 lots at 2 … 101, no asks; the mark is 102. */
function flatBook(): Simulation {
  const simulation = new Simulation(
    solvableScenario({
      accounts_per_tick: 0,
      position_lots: 7,
      lots_per_tick: 7,
      sweep_ticks: 1,
      ticks: 100,
    }),
  );
  simulation.start(expandSeed('flat'));
  return simulation;
}

test('levels count up to and including the edge, at their prices', () => {
  const simulation = flatBook();
  expect(depthWithin(simulation.only, 0, BUY, 101, 0)).toBe(7 * 101);
  expect(depthWithin(simulation.only, 0, BUY, 100, 0.02)).toBe(7 * (101 + 100 + 99 + 98));
  expect(depthWithin(simulation.only, 0, BUY, 101, 1)).toBe(7 * ((101 * 102) / 2 - 1));
  expect(depthWithin(simulation.only, 0, SELL, 101, 1)).toBe(0);
});

test('without both sides the middle is the mark, and there is no spread', () => {
  expect(touchOf(flatBook().only, 0)).toEqual({ middle: 102, spread: NaN });
});
