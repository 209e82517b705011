/**
 * Noise trader: zero intelligence. Sends market orders, rests limit orders near the best prices, cancels old ones.
 */
import { defineAgent, number, rate, share, size } from '../src/index.ts';

export default defineAgent({
  kind: 'noise',
  about:
    'Trades for reasons of its own: random market orders, limit orders near the best price, and cancels.',
  source:
    'C. Chiarella, G. Iori, A simulation analysis of the microstructure of double auction markets, Quantitative Finance 2 (2002), its noise traders.',
  clock: 'shared',
  params: {
    rate: rate('2 per s', 'Actions of one trader.'),
    size: size('1e3 USDT', 'Mean size of an order (exponential, at least one lot).', { most: 1e7 }),
    market_share: share(0.1, 'Share of actions that are market orders.'),
    inside: share(0.2, 'Share of limit orders that improve on the best price, where the spread has room.'),
    distance: share('0.02 %', 'Mean distance of other limit orders behind the best price.'),
    orders: number(6, 'Orders it lets rest; with more, it cancels the oldest instead of adding one.', {
      least: 0,
      most: 10_000,
    }),
  },
  wake(me, market, rng) {
    const buys = rng.chance(0.5);
    const lots = 1 + Math.floor(rng.exponential(me.size));
    if (rng.chance(me.market_share)) {
      if (buys) market.buy(lots);
      else market.sell(lots);
      return;
    }
    if (me.openOrders >= me.orders) {
      market.cancelOldest();
      return;
    }
    const near = buys ? market.bid : market.ask;
    const far = buys ? market.ask : market.bid;
    const best = near > 0 ? near : market.last;
    const towards = buys ? 1 : -1;
    if (rng.chance(me.inside) && far > 0 && Math.abs(far - best) > 1) {
      if (best + towards >= 1) market.limit(towards * lots, best + towards);
      return;
    }
    const behind = Math.floor(rng.exponential(me.distance * best));
    const price = best - towards * behind;
    if (price >= 1) market.limit(towards * lots, price);
  },
});
