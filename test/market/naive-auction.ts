/** The price of a call auction, by trying every price at which something changes, and those next to it. */
import type { NaiveOrder } from './naive-exchange.ts';

const HIGHEST = 0x3fffffff;

export function auctionPrice(
  buyers: readonly NaiveOrder[],
  sellers: readonly NaiveOrder[],
  reference: number,
  limit: number,
  last: number,
): { price: number; volume: number } {
  const sum = (orders: readonly NaiveOrder[], willing: (price: number) => boolean) =>
    orders.reduce(
      (lots, order) =>
        lots + (order.where === 'waiting' || willing(order.price) ? order.shown + order.hidden : 0),
      0,
    );
  const prices = new Set([1, HIGHEST]);
  for (const { where, price } of [...buyers, ...sellers]) {
    if (where === 'book') for (const near of [-1, 0, 1]) prices.add(price + near);
  }
  const tried = [...prices]
    .filter((price) => price >= 1 && price <= HIGHEST)
    .map((price) => ({
      price,
      demand: sum(buyers, (limit) => limit >= price),
      supply: sum(sellers, (limit) => limit <= price),
    }));
  const volume = Math.max(...tried.map((at) => Math.min(at.demand, at.supply)));
  if (volume === 0) return { price: 0, volume };
  const most = tried.filter((at) => Math.min(at.demand, at.supply) === volume);
  const least = Math.min(...most.map((at) => Math.abs(at.demand - at.supply)));
  const best = most.filter((at) => Math.abs(at.demand - at.supply) === least);
  const low = Math.min(...best.map((at) => at.price));
  const high = Math.max(...best.map((at) => at.price));
  const clamp = (price: number) => Math.max(low, Math.min(high, price));
  // The limits of the test are multiples of 1 %: exact in hundredths.
  const percent = Math.round(limit * 100);
  if (best.every((at) => at.demand > at.supply)) {
    const price = reference === 0 ? high : clamp(Math.ceil((reference * (100 + percent)) / 100));
    return { price, volume };
  }
  if (best.every((at) => at.demand < at.supply)) {
    const price = reference === 0 ? low : clamp(Math.floor((reference * (100 - percent)) / 100));
    return { price, volume };
  }
  return { price: clamp(reference || last || Math.floor((low + high) / 2)), volume };
}
