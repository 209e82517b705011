/**
 * Leveraged trend follower: comes to a position in the direction of the price against its moving average, in slices.
 */
import { defineAgent, duration, leverage, lotsWorth, money, seconds, share } from '../src/index.ts';

/** It never asks for more lots than this, however little one costs in a market that has fallen to a tick. */
const MOST_LOTS = 1_000_000_000;

export default defineAgent({
  kind: 'trend',
  about: 'Follows a moving average of the price with borrowed money, and flattens when there is no trend.',
  source:
    'T. Moskowitz, Y. H. Ooi, L. Pedersen, Time series momentum, Journal of Financial Economics 104 (2012).',
  margined: true,
  params: {
    every: duration('5 s', 'Mean time between looks.', { least: 1 }),
    wealth: money(50_000, 'Money that it starts with.'),
    leverage: leverage(5, 'Position over equity when there is a trend; less if the policy asks for more.'),
    memory: share(0.1, 'Weight of the newest price in the average.'),
    slice: money(1e9, 'Value of its largest order; large: all at once.'),
    threshold: share('0.05 %', 'Distance between price and average that counts as a trend.'),
  },
  state: { average: 'f64' },
  born(me, birth) {
    birth.deposit(me.wealth);
    me.average = birth.mark;
  },
  wake(me, market, rng) {
    const delay = seconds(rng.exponential(me.every / 1e6));
    const price = market.mid;
    me.average += me.memory * (price - me.average);
    const gap = price / me.average - 1;
    const direction = gap > me.threshold ? 1 : gap < -me.threshold ? -1 : 0;
    const equity = me.equity;
    const afforded = equity > 0 ? Math.floor((me.leverage * equity) / market.lotValue(price)) : 0;
    const most = me.openable(Math.min(afforded, MOST_LOTS), equity);
    const target = direction * most;
    const slice = lotsWorth(me.slice, market.lotValue(price));
    const lots = Math.max(-slice, Math.min(slice, target - me.position));
    if (me.openOrders > 0) return delay; // one waits for an auction already
    // Small corrections are not worth a trade.
    if (Math.abs(target - me.position) * 5 < Math.abs(target)) return delay;
    if (lots > 0) market.buy(lots);
    else market.sell(-lots);
    return delay;
  },
});
