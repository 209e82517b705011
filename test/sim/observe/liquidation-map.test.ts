// The liquidation map: what breaks and what stands against it, per cent by per cent.
import { describe, expect, test } from 'vitest';
import { liquidationMap, openInterest } from '../../../src/sim/observe/liquidation-map.ts';
import type { DrawnMarket } from '../draw.ts';
import { market } from '../draw.ts';

const TABLE = `
  price   bids   asks   longs that break here   shorts that break here
  1020           70
  1011                                          S: 4 lots
  1010           30
  1001           20
  1000    10
   999    11
   990    12            A: 5 lots
   989                  B: 6 lots
   980    13            C: 7 lots, D: 1 lots
   900    14            E: 8 lots
   899    15            F: 9 lots
`;

/** Steps with anything in them, in lots: [side, percent, lots that break, depth in quanta]. */
function steps(world: DrawnMarket) {
  return liquidationMap(world.simulation.only)
    .filter(({ breaking, depth }) => breaking > 0 || depth > 0)
    .map(({ side, percent, breaking, depth }) => [side, percent, breaking / 1000, depth]);
}

describe('the liquidation map', () => {
  test('counts a trigger and an order in the step that ends at or beyond it, as far as ten per cent', () => {
    expect(steps(market(TABLE))).toEqual([
      ['below', 1, 5, 10 * 1000 + 11 * 999 + 12 * 990],
      ['below', 2, 6 + 7 + 1, 13 * 980],
      ['below', 10, 8, 14 * 900],
      ['above', 1, 0, 20 * 1001 + 30 * 1010],
      ['above', 2, 4, 70 * 1020],
    ]);
  });

  test('moves with the mark', () => {
    const world = market(TABLE);
    world.sell(11); // the last price is 999: 990 and 989 are both a little more than nine ticks below
    expect(steps(world).slice(0, 2)).toEqual([
      ['below', 1, 5 * 0.999, 10 * 999 + 12 * 990],
      ['below', 2, 14 * 0.999, 13 * 980],
    ]);
  });

  test('has open interest as the larger side of those who must meet margins', () => {
    expect(openInterest(market(TABLE).simulation.only, 0)).toBe(5 + 6 + 7 + 1 + 8 + 9);
  });
});
