// A kind of trader. An experiment names this file under `plugins: [./my-agent.ts]`, and the kind under `population:`.
// Prices are ticks, sizes lots, times µs, all whole numbers. Its test: node --test my-agent.test.mjs
import { defineAgent, duration, seconds, share, size } from 'unwind';

export default defineAgent({
  kind: 'my-agent',
  about: 'Buys a little whenever the price is well below its slow average.',
  // What an experiment may set for a group, with a default and a sentence for the help.
  params: {
    every: duration('1 s', 'Mean time between looks.', { least: 1 }),
    dip: share('0.2 %', 'Distance below the average that counts as a dip.'),
    size: size('5e3 USDT', 'What it buys at a time.'),
    limit: size('100e3 USDT', 'What it holds at most.'),
  },
  // What each trader remembers, in the world itself: so that runs can be saved and forked. Variables of the file cannot be used.
  state: { average: 'f64' },
  // Add `margined: true` for a trader who must meet margin requirements.
  born(me, birth) {
    me.average = birth.mark;
  },
  // When it wakes: it sees the market, gives orders (they arrive after a latency), and says when it wakes next.
  wake(me, market, rng) {
    me.average += 0.02 * (market.mid - me.average);
    const isDip = market.mid < me.average * (1 - me.dip);
    if (isDip && me.position < me.limit) market.buy(Math.trunc(me.size));
    return seconds(rng.exponential(me.every / 1e6)); // chance only from rng: the same seed gives the same run
  },
});
