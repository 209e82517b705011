/**
 * Buyer of dislocations: buys when the price has fallen well below its own average of late, a slice at a look, and sells when
 * it has come back or patience is over. Its money is what it has won and lost: when it is spent, the fall goes on without this
 * buyer.
 */
import { defineAgent, duration, lotsWorth, money, seconds, share } from '../src/index.ts';

export default defineAgent({
  kind: 'dislocation-buyer',
  about:
    'Buys far below the average of late with limited money and patience, and sells when the price has come back.',
  source:
    'money that could end a fall is slow and limited, D. Duffie, Asset price dynamics with slow-moving capital, Journal of Finance 65 (2010).',
  params: {
    every: duration('2 s', 'Mean time between looks.', { least: 1 }),
    capital: money(10_000_000, 'Money that it starts with; it does not borrow.'),
    slice: money(250_000, 'Value of an order.'),
    gap: share('1.5 %', 'Distance below the average at which it buys.'),
    exit: share('0.3 %', 'Distance below the average at which it sells again.'),
    memory: duration('10 min', 'Time over which it averages.', { least: 1 }),
    patience: duration('1 h', 'Time after its last purchase at which it sells whatever the price.'),
  },
  state: { average: 'f64', seen: 'f64', bought: 'f64' },
  born(me, birth) {
    birth.deposit(me.capital);
    me.average = birth.mark;
  },
  wake(me, market, rng) {
    const now = market.time;
    const price = market.mid;
    me.average += Math.min(1, (now - me.seen) / me.memory) * (price - me.average);
    me.seen = now;
    const { position } = me;
    const lots = lotsWorth(me.slice, market.lotValue(price));
    const most = Math.floor(me.average * (1 - me.gap));
    const money = me.equity - position * market.lotValue(market.mark);
    const room = Math.floor(money / market.lotValue(most));
    if (price < most && room >= 1) {
      market.immediate(Math.min(lots, room), most);
      me.bought = now;
    } else if (position > 0 && (price > me.average * (1 - me.exit) || now > me.bought + me.patience)) {
      market.sell(Math.min(lots, position));
    }
    return seconds(rng.exponential(me.every / 1e6));
  },
});
