/**
 * Executor of metaorders: buys or sells one large amount after another in many small market orders. As their numbers have a
 * heavy tail, the signs of market orders have a long memory:
 *   P(children ≥ n) = (least / n)^tail  ⇒  correlation of signs ∝ lag^(1 − tail)
 */
import { defineAgent, duration, factor, lotsWorth, money, number } from '../src/index.ts';

export default defineAgent({
  kind: 'metaorder',
  about:
    'Splits one large order after another into many market orders of one sign, paced by everybody’s activity.',
  source: 'F. Lillo, S. Mike, J. D. Farmer, Physical Review E 71 (2005).',
  params: {
    gap: duration('800 ms', 'Mean time between its orders, at usual activity.', { least: 1 }),
    size: money(8_700, 'Mean value of an order (exponential).'),
    spread: factor(1, 'Standard deviation of the logarithm of a metaorder’s own mean.', { most: 5 }),
    most: money(2_500_000, 'Value of the largest order.'),
    least: number(3, 'Fewest orders of a metaorder.', { least: 1, most: 1e6 }),
    tail: factor(1.4, 'Exponent of the law of their number.', { least: 0.1, most: 100 }),
    longest: number(20_000, 'Most orders of a metaorder.', { least: 1, most: 1e9 }),
    rest: duration('0 s', 'Mean time after a metaorder until the next; 0: no longer than its gap.'),
  },
  state: { left: 'i32', sign: 'i32', mean: 'f64' },
  wake(me, market, rng) {
    if (me.left === 0) {
      me.left = Math.floor(Math.min(me.longest, rng.pareto(me.least, me.tail)));
      me.sign = rng.chance(0.5) ? 1 : -1;
      // The mean over metaorders is `size`.
      me.mean = me.size * rng.lognormal((-me.spread * me.spread) / 2, me.spread);
    }
    me.left--;
    const value = Math.min(me.most, rng.exponential(me.mean));
    const lots = lotsWorth(value, market.lotValue(market.index));
    if (me.sign > 0) market.buy(lots);
    else market.sell(lots);
    const rests = me.left === 0 && me.rest > 0;
    return rng.exponential((rests ? me.rest : me.gap) / market.activity);
  },
});
