/**
 * Taker: noise that pays the spread, in bursts of one sign, with sizes of a heavy tail.
 */
import { defineAgent, duration, factor, lotsWorth, money, share } from '../src/index.ts';

export default defineAgent({
  kind: 'taker',
  about:
    'Sends market orders for reasons of its own, in short bursts of one sign, paced by everybody’s activity.',
  source:
    'F. Black, Noise, Journal of Finance 41 (1986); tail of sizes, X. Gabaix et al., Nature 423 (2003).',
  params: {
    gap: duration('30 s', 'Mean time between bursts, at usual activity.', { least: 1 }),
    within: duration('30 ms', 'Mean time between the orders of a burst.'),
    again: share(0.7, 'Probability that another order follows.', { most: 0.999 }),
    least: money(1_850, 'Value of the smallest order.', { least: 0.01 }),
    tail: factor(1.3, 'Exponent of the law of values: P(more than x) = (least / x)^tail.', {
      least: 0.1,
      most: 100,
    }),
    most: money(1_850_000, 'Value of the largest order.'),
  },
  state: { sign: 'i32' },
  wake(me, market, rng) {
    if (me.sign === 0) me.sign = rng.chance(0.5) ? 1 : -1;
    const value = Math.min(me.most, rng.pareto(me.least, me.tail));
    const lots = lotsWorth(value, market.lotValue(market.index));
    if (me.sign > 0) market.buy(lots);
    else market.sell(lots);
    if (rng.chance(me.again)) return rng.exponential(me.within);
    me.sign = 0;
    return rng.exponential(me.gap / market.activity);
  },
});
