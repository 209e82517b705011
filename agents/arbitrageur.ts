/**
 * Arbitrageur: takes quotes that were left behind, and leans against gaps to the price on other venues, with limited
 * capital.
 */
import { defineAgent, duration, lotsWorth, money, rate, share } from '../src/index.ts';

export default defineAgent({
  kind: 'arbitrageur',
  about:
    'Takes stale quotes, leans against wide gaps to the index, and closes what it holds on another venue.',
  source:
    'I. Makarov, A. Schoar, Trading and arbitrage in cryptocurrency markets, Journal of Financial Economics 135 (2020).',
  clock: 'shared',
  params: {
    rate: rate('1.5 per s', 'Looks of one trader.'),
    stale: share('0.005 %', 'A quote so much better than the view is taken.'),
    gap: share('0.12 %', 'It leans against distances from the index beyond this.'),
    size: money(310_000, 'Value of the largest order.'),
    limit: money(24_000_000, 'Value of the largest position.'),
    closes: duration('10 min', 'Time in which it closes its position on another venue.', { least: 1 }),
    cost: share('0.01 %', 'What that costs.'),
  },
  state: { next_close: 'f64' },
  wake(me, market) {
    const unit = market.lotValue(market.index);
    const lots = lotsWorth(me.size, unit);
    const room = me.limit / unit;
    const { position } = me;
    if (market.time >= me.next_close) {
      if (me.next_close > 0) market.closeElsewhere(Math.round(Math.abs(position) / 5), me.cost);
      me.next_close = market.time + me.closes / 5;
    }
    const most = Math.floor(market.view * (1 - me.stale));
    const least = Math.ceil(market.view * (1 + me.stale));
    const low = Math.floor(market.index * (1 - me.gap));
    const high = Math.ceil(market.index * (1 + me.gap));
    const buys = Math.max(most, Math.min(low, market.ask));
    const sells = Math.min(least, Math.max(high, market.bid));
    if (market.ask > 0 && market.ask <= buys && position < room) market.immediate(lots, buys);
    else if (market.bid > 0 && market.bid >= sells && position > -room) market.immediate(-lots, sells);
  },
});
