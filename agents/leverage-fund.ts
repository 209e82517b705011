/**
 * Fund with a leverage target: as the price falls its leverage rises, and it sells to come back to the target; as it rises,
 * it buys. So a fall makes sales, which make a fall:
 *   total fall / first fall = 1 / (1 − φ),   φ = (L − 1) · A / D
 * A: value of its assets, D: market depth, value for a relative move of 1; on a flat book (`unwind validate leverage-spiral`).
 */
import { defineAgent, duration, leverage, lotsWorth, money, seconds, share } from '../src/index.ts';

export default defineAgent({
  kind: 'leverage-fund',
  about: 'Keeps its assets at a multiple of its own money: sells as the price falls and buys as it rises.',
  source: 'T. Adrian, H. S. Shin, Liquidity and leverage, Journal of Financial Intermediation 19 (2010).',
  margined: true,
  params: {
    wealth: money(1_000_000, 'Its own money at the start.'),
    leverage: leverage(5, 'Assets over its own money that it keeps; less if the policy asks for more.'),
    band: share('5 %', 'Relative distance from that at which it trades.'),
    slice: money(100_000, 'Value of its largest order.'),
    every: duration('5 s', 'Mean time between looks.', { least: 1 }),
  },
  born(me, birth) {
    const price = birth.mark;
    birth.deposit(me.wealth);
    const lots = lotsWorth(me.leverage * me.wealth, birth.lotValue(price));
    const least = birth.initialMargin(lots, price);
    birth.hold(least > me.wealth ? Math.floor((lots * me.wealth) / least) : lots, price);
  },
  wake(me, market, rng) {
    const { position, equity } = me;
    const unit = market.lotValue(market.mark);
    // As much as the venue lets it hold.
    const target = equity > 0 ? me.openable(lotsWorth(me.leverage * equity, unit), equity) : 0;
    if (Math.abs(target - position) > me.band * target && me.openOrders === 0) {
      const most = lotsWorth(me.slice, unit);
      if (target < position) market.sell(Math.min(most, position - target));
      else market.buy(Math.min(most, target - position));
    }
    return seconds(rng.exponential(me.every / 1e6));
  },
});
