/** The rows of a world as the statistics read them. */
import type { Simulation } from '../sim/simulation.ts';
import type { LiquidationRows } from '../stats/forest.ts';

/**
 * Forced orders from row `first` on, in time order. One caused by an order before `first` counts as a root, and
 * generations are counted from there.
 */
export function liquidationRows(simulation: Simulation, first = 0): LiquidationRows {
  const { liquidations, liquidationCount: end } = simulation.house;
  const parent = liquidations.parent.slice(first, end);
  const generation = liquidations.generation.slice(first, end);
  if (first > 0) {
    for (let row = 0; row < parent.length; row++) {
      parent[row] = Math.max(-1, parent[row]! - first);
      generation[row] = parent[row]! < 0 ? 1 : generation[parent[row]!]! + 1;
    }
  }
  return {
    account: liquidations.account.subarray(first, end),
    instrument: liquidations.instrument.subarray(first, end),
    parent,
    generation,
    time_us: liquidations.time_us.subarray(first, end),
    notional: liquidations.notional.subarray(first, end),
  };
}
