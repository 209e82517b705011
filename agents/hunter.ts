/**
 * Hunter: sells into clusters of triggers. It guesses where those are from what everybody knows: positions were opened at the
 * average price of late, at the round leverages that venues offer, so liquidations of longs lie at average · (1 − 1/L + m).
 * When the price is just above such a place it sells, and buys back below it, or when patience is over.
 */
import { defineAgent, duration, lotsWorth, money, seconds, share } from '../src/index.ts';

/** Leverages that venues offer. */
const LEVERAGES = [100, 75, 50, 25, 20, 10, 5];

export default defineAgent({
  kind: 'hunter',
  about:
    'Sells when the price is just above where it guesses that many longs are liquidated, and buys back below.',
  source: 'M. Brunnermeier, L. Pedersen, Predatory trading, Journal of Finance 60 (2005).',
  params: {
    every: duration('2 s', 'Mean time between looks.', { least: 1 }),
    size: money(2_000_000, 'Value of its short position.'),
    slice: money(200_000, 'Value of an order.'),
    reach: share('0.15 %', 'Distance above a cluster at which it sells.'),
    rate: share('0.4 %', 'Maintenance rate that it reckons with.'),
    memory: duration('2 h', 'Time over which it averages.', { least: 1 }),
    patience: duration('5 min', 'Time after which it buys back whatever the price.'),
  },
  state: { average: 'f64', seen: 'f64', cluster: 'f64', since: 'f64' },
  born(me, birth) {
    me.average = birth.mark;
  },
  wake(me, market, rng) {
    const now = market.time;
    const price = market.mid;
    me.average += Math.min(1, (now - me.seen) / me.memory) * (price - me.average);
    me.seen = now;
    const unit = market.lotValue(price);
    const slice = lotsWorth(me.slice, unit);
    const room = Math.floor(me.size / unit) + me.position;
    if (me.cluster === 0) {
      for (const leverage of LEVERAGES) {
        const cluster = me.average * (1 - 1 / leverage + me.rate);
        const above = (price - cluster) / price;
        if (above < 0 || above > me.reach) continue;
        me.cluster = cluster;
        me.since = now;
      }
    }
    if (me.cluster > 0) {
      const over = price < me.cluster * (1 - me.reach) || now > me.since + me.patience;
      if (over && me.position < 0) market.buy(Math.min(slice, -me.position));
      else if (over) me.cluster = 0;
      else if (room > 0) market.sell(Math.min(slice, room));
    }
    return seconds(rng.exponential(me.every / 1e6));
  },
});
