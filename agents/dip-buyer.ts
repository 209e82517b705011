/** Buys the dip: the README’s example. Source: R. Kaniel, G. Saar, S. Titman, Journal of Finance 63 (2008). */
import { defineAgent, duration, seconds, share, size } from '../src/index.ts';

export default defineAgent({
  kind: 'dip-buyer',
  about: 'Buys a little whenever the price is well below its slow average.',
  params: {
    every: duration('2 s', 'Mean time between looks.', { least: 1 }),
    dip: share('0.5 %', 'Distance below the average that counts as a dip.'),
    size: size('5e3 USDT', 'What it buys.'),
    limit: size('250e3 USDT', 'What it holds at most.'),
  },
  state: { average: 'f64' },
  born(me, birth) {
    me.average = birth.mark;
  },
  wake(me, market, rng) {
    me.average += 0.01 * (market.mid - me.average);
    if (market.mid < me.average * (1 - me.dip) && me.position < me.limit) market.buy(Math.trunc(me.size));
    return seconds(rng.exponential(me.every / 1e6)); // delay to the next wake, µs
  },
});
