/**
 * Zero-intelligence trader: buys or sells by a coin, at market or at a price drawn uniformly over a window behind the other
 * side's best, and forgets the order until its time is over. It looks at nothing but where the other side begins.
 */
import { defineAgent, duration, lotsWorth, money, rate, share } from '../src/index.ts';

export default defineAgent({
  kind: 'zero-intelligence',
  about: 'Sends market orders and limit orders at random, on either side and at any price within a window.',
  source:
    'D. Gode, S. Sunder, J. Political Economy 101 (1993); E. Smith, J. D. Farmer, L. Gillemot, S. Krishnamurthy, Quantitative Finance 3 (2003) 481.',
  clock: 'shared',
  params: {
    rate: rate('2 per s', 'Orders of one trader.'),
    size: money(1_000, 'Value of every order.'),
    market_share: share(0.1, 'Share of orders that are market orders.'),
    window: share('0.5 %', 'Limit orders lie up to so far from the best price of the other side; uniform.'),
    life: duration('30 s', 'Mean time that a limit order rests (exponential).', { least: 1 }),
  },
  wake(me, market, rng) {
    const side = rng.chance(0.5) ? 1 : -1;
    const lots = lotsWorth(me.size, market.lotValue(market.index));
    if (rng.chance(me.market_share)) {
      if (side > 0) market.buy(lots);
      else market.sell(lots);
      return;
    }
    const other = side > 0 ? market.ask : market.bid;
    const from = other > 0 ? other : market.last;
    const price = from - side * (1 + Math.floor(me.window * from * rng.uniform()));
    const until = market.time + Math.ceil(rng.exponential(me.life));
    market.order(side * lots, Math.max(1, price), 0, { until: Math.min(until, market.latest) });
  },
});
