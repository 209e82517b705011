/**
 * Mean reverter: holds a position against the distance of the price from its moving average, without borrowing.
 */
import { defineAgent, duration, lotsWorth, money, seconds, share } from '../src/index.ts';

export default defineAgent({
  kind: 'mean-reverter',
  about: 'Trades against moves away from a moving average: the larger the move, the larger its position.',
  source:
    'A. Lo, A. C. MacKinlay, When are contrarian profits due to stock market overreaction?, Rev. Financial Studies 3 (1990).',
  params: {
    every: duration('5 s', 'Mean time between looks.', { least: 1 }),
    wealth: money(1_000_000, 'Value of its largest position.'),
    slice: money(20_000, 'Value of its largest order.'),
    memory: duration('10 min', 'Time over which it averages.', { least: 1 }),
    scale: share('1 %', 'Distance from the average at which its position is the largest.', {
      least: 1e-6,
    }),
  },
  state: { average: 'f64', seen: 'f64' },
  born(me, birth) {
    me.average = birth.mark;
  },
  wake(me, market, rng) {
    const now = market.time;
    const price = market.mid;
    me.average += Math.min(1, (now - me.seen) / me.memory) * (price - me.average);
    me.seen = now;
    const unit = market.lotValue(price);
    const distance = Math.max(-1, Math.min(1, (price / me.average - 1) / me.scale));
    const lots = Math.round((-distance * me.wealth) / unit) - me.position;
    const most = lotsWorth(me.slice, unit);
    if (lots >= most) market.buy(most);
    else if (lots <= -most) market.sell(most);
    return seconds(rng.exponential(me.every / 1e6));
  },
});
