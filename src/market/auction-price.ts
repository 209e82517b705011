/**
 * The price of a call auction: largest volume, then smallest surplus, then market pressure, then nearest to the
 * reference. Every integer price is a candidate, whether orders rest there or not.
 */
import { MAX_KEY } from '../core/ladder.ts';

/** Lots that would buy or sell at a price: demand never rises with the price, supply never falls. */
export interface Curves {
  demand(price: number): number;
  supply(price: number): number;
}

export interface AuctionResult {
  price: number;
  volume: number;
}

/** Relative slack of a limit percentage: 0.05 is not a number of binary digits. */
const SLACK = 1e-9;

/**
 * Finds price and volume; a volume of 0 means that nobody meets. `reference` and `last`: ticks, 0 for none. `limit`:
 * share by which pressure may move the price from the reference.
 *
 * Demand less supply never rises with the price, so each set of candidates is an interval, and its ends are found by
 * halving: about 30 looks at the curves an end, whatever the distance between orders.
 */
export function auctionPrice(
  curves: Curves,
  reference: number,
  limit: number,
  last: number,
  out: AuctionResult,
): void {
  const volumeAt = (price: number) => Math.min(curves.demand(price), curves.supply(price));
  const surplus = (price: number) => curves.demand(price) - curves.supply(price);
  // Volume is supply as long as there is a surplus of demand, and demand afterwards: the most is where that turns.
  const turn = lastWhere(0, MAX_KEY, (price) => surplus(price) >= 0);
  const volume = Math.max(turn > 0 ? volumeAt(turn) : 0, turn < MAX_KEY ? volumeAt(turn + 1) : 0);
  out.volume = volume;
  out.price = 0;
  if (volume === 0) return;
  let low = lastWhere(0, MAX_KEY, (price) => curves.supply(price) < volume) + 1;
  let high = lastWhere(low, MAX_KEY, (price) => curves.demand(price) >= volume);
  // Least surplus: of the last price that demand exceeds, or of the next one.
  const over = lastWhere(low - 1, high, (price) => surplus(price) >= 0);
  const least = Math.min(over >= low ? surplus(over) : Infinity, over < high ? -surplus(over + 1) : Infinity);
  const from = low;
  low = lastWhere(from - 1, high, (price) => surplus(price) > least) + 1;
  high = lastWhere(low, high, (price) => surplus(price) >= -least);
  // With a surplus of demand on one part and of supply on the other, nobody presses. Neither does a surplus of 0.
  const atLow = surplus(low);
  const atHigh = surplus(high);
  if (atLow > 0 && atHigh > 0) {
    out.price = reference === 0 ? high : clamp(Math.ceil(reference * (1 + limit) * (1 - SLACK)), low, high);
  } else if (atLow < 0 && atHigh < 0) {
    out.price = reference === 0 ? low : clamp(Math.floor(reference * (1 - limit) * (1 + SLACK)), low, high);
  } else {
    const near = reference !== 0 ? reference : last !== 0 ? last : Math.floor((low + high) / 2);
    out.price = clamp(near, low, high);
  }
}

/** The last price in (low, high] for which a condition that turns false once still holds, or `low`. */
function lastWhere(low: number, high: number, holds: (price: number) => boolean): number {
  let yes = low;
  let no = high + 1;
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
