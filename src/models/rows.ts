/** The rows of a world as the statistics read them. */
import type { Venue } from '../sim/venue/venue.ts';
import type { LiquidationRows } from '../stats/cascade/forest.ts';

/**
 * Forced orders from row `first` on, in time order. One caused by an order before `first` counts as a root, and
 * generations are counted from there. Copies: the world may run on or be loaded over.
 */
export function liquidationRows(venue: Venue, first = 0): LiquidationRows {
  const { liquidations, liquidationCount: end } = venue.house;
  const parent = liquidations.parent.slice(first, end);
  const generation = liquidations.generation.slice(first, end);
  if (first > 0) {
    for (let row = 0; row < parent.length; row++) {
      parent[row] = Math.max(-1, parent[row]! - first);
      generation[row] = parent[row]! < 0 ? 1 : generation[parent[row]!]! + 1;
    }
  }
  return {
    account: liquidations.account.slice(first, end),
    instrument: liquidations.instrument.slice(first, end),
    parent,
    generation,
    time_us: liquidations.time_us.slice(first, end),
    notional: liquidations.notional.slice(first, end),
  };
}
