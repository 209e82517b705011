// Market orders as they come to a book that is deep enough for all of them.
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import type { Simulation } from '../../src/sim/simulation.ts';
import { levels } from '../sim/by-hand.ts';
import { S } from './stage.ts';

export const deep = { bids: levels(49_999, -1, 40, 1_000_000), asks: levels(50_001, 1, 40, 1_000_000) };

/** Market orders of the first trader, one a sweep, and when they came. */
export function ordersOf(simulation: Simulation, until: number): { lots: number; time: number }[] {
  const { fills } = simulation.only.book;
  const orders: { lots: number; time: number }[] = [];
  let seen = 0;
  for (let time = S; time <= until; time += S) {
    simulation.run(time);
    for (; seen < fills.count; seen++) {
      const sweep = fills.sweepOf(seen);
      if (fills.sweeps.taker(sweep) !== FIRST_TRADER) continue;
      const lots = fills.lots(fills.row(seen));
      orders.push({ lots: fills.sweeps.side(sweep) === 0 ? lots : -lots, time: fills.sweeps.time(sweep) });
    }
  }
  return orders;
}

/** Mean product of the signs of orders a lag apart. */
export const agreement = (orders: readonly { lots: number }[], lag: number): number => {
  let sum = 0;
  for (let i = lag; i < orders.length; i++)
    sum += Math.sign(orders[i]!.lots) * Math.sign(orders[i - lag]!.lots);
  return sum / (orders.length - lag);
};
