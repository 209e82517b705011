/**
 * A book of Poisson orders, naively: counts by price, a list of all that can happen with its rate, real waiting times. No
 * order has a name, so that nothing of the engine's book, its rows or its bells is in it.
 */
import { createRng } from '../../../src/core/rng.ts';
import type { StationaryBookSettings } from '../../../src/models/stationary-book/world.ts';
import { cancelRate, limitRate } from '../../../src/models/poisson/poisson-rates.ts';

/** Averages over time with both quotes; moves per unit of time. */
export interface NaiveAverages {
  readonly spread: number;
  readonly one: number;
  readonly depth: readonly number[];
  readonly moves: number;
  readonly quoted: number;
}

export function naiveStationaryBook(settings: StationaryBookSettings, seed: string): NaiveAverages {
  const { placement_ticks, market_rate, warm_up, time: length } = settings;
  const rng = createRng(seed);
  const bids = new Map<number, number>([[0, 1]]);
  const asks = new Map<number, number>([[1, 1]]);
  let bid = 0;
  let ask = 1;
  const add = (side: Map<number, number>, price: number, count: number) => {
    const left = (side.get(price) ?? 0) + count;
    if (left === 0) side.delete(price);
    else side.set(price, left);
  };
  const sums = { quoted: 0, spread: 0, one: 0, depth: [0, 0, 0, 0, 0], moves: 0 };
  for (let now = 0; ;) {
    const events: [rate: number, event: () => void][] = [];
    for (let i = 1; i <= placement_ticks; i++) {
      events.push([limitRate(settings, i), () => add(bids, ask - i, 1)]);
      events.push([limitRate(settings, i), () => add(asks, bid + i, 1)]);
    }
    events.push([market_rate, () => bids.size > 0 && add(bids, bid, -1)]);
    events.push([market_rate, () => asks.size > 0 && add(asks, ask, -1)]);
    for (const [price, count] of bids) {
      events.push([count * cancelRate(settings, ask - price), () => add(bids, price, -1)]);
    }
    for (const [price, count] of asks) {
      events.push([count * cancelRate(settings, price - bid), () => add(asks, price, -1)]);
    }
    const rate = events.reduce((sum, [one]) => sum + one, 0);
    const wait = rng.exponential(1 / rate);
    const counted = Math.max(0, Math.min(now + wait, warm_up + length) - Math.max(now, warm_up));
    if (bids.size > 0 && asks.size > 0) {
      sums.quoted += counted;
      sums.spread += (ask - bid) * counted;
      if (ask - bid === 1) sums.one += counted;
      sums.depth.forEach((_, i) => {
        const resting = (bids.get(ask - i - 1) ?? 0) + (asks.get(bid + i + 1) ?? 0);
        sums.depth[i] = sums.depth[i]! + (resting / 2) * counted;
      });
    }
    now += wait;
    if (now >= warm_up + length) break;
    let draw = rng.uniform53() * rate;
    const chosen = events.find(([one]) => (draw -= one) < 0);
    chosen?.[1]();
    const [oldBid, oldAsk] = [bid, ask];
    if (bids.size > 0) bid = Math.max(...bids.keys());
    if (asks.size > 0) ask = Math.min(...asks.keys());
    if (now > warm_up && (bid !== oldBid || ask !== oldAsk)) sums.moves++;
  }
  return {
    spread: sums.spread / sums.quoted,
    one: sums.one / sums.quoted,
    depth: sums.depth.map((area) => area / sums.quoted),
    moves: sums.moves / length,
    quoted: sums.quoted / length,
  };
}
