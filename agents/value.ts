/**
 * Value trader: compares the price with what it believes the instrument is worth, and trades the difference away.
 */
import { defineAgent, rate, share, size } from '../src/index.ts';

export default defineAgent({
  kind: 'value',
  about:
    'Buys below and sells above its estimate of the value (the price on other venues, seen with an error).',
  source:
    'A. Majewski, S. Ciliberti, J.-P. Bouchaud, Co-existence of trend and value in financial markets, J. Economic Dynamics and Control 112 (2020).',
  clock: 'shared',
  params: {
    rate: rate('1 per s', 'Looks of one trader.'),
    error: share('0.1 %', 'Standard deviation of its error about the value, drawn anew at each look.'),
    threshold: share('0.15 %', 'Difference between value and price that makes it trade.'),
    size: size('25e3 USDT', 'Mean size of an order (exponential, at least one lot).', { most: 1e7 }),
    limit: size('10e6 USDT', 'Largest position that it takes.'),
  },
  wake(me, market, rng) {
    const value = market.index * (1 + me.error * rng.normal());
    const lots = 1 + Math.floor(rng.exponential(me.size));
    if (me.openOrders > 0) return; // one waits for an auction already
    // It pays up to its threshold short of the value, and not more.
    const most = Math.floor(value * (1 - me.threshold));
    const least = Math.ceil(value * (1 + me.threshold));
    if (market.ask > 0 && market.ask <= most && me.position < me.limit) market.immediate(lots, most);
    else if (market.bid >= least && me.position > -me.limit) market.immediate(-lots, least);
  },
});
