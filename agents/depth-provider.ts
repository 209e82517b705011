/**
 * Depth provider: lets one order rest on each side, somewhere within its layer of the book, for a while; then, or when the
 * price has come too near, it puts it elsewhere. After a fill it stays away for some time. So depth belongs to somebody,
 * and comes back. In danger it thins, and is slower to come back: with x the market's stress above `withdraw_above`,
 *   value ← value · max(5 %, withdraw_above / x),  time until it comes back ← · min(5, x / withdraw_above)
 */
import { defineAgent, duration, lotsWorth, money, number, share } from '../src/index.ts';

const BID = 1;
const ASK = 2;

export default defineAgent({
  kind: 'depth-provider',
  about:
    'Rests an order on each side within its layer of the book, renews it, and comes back some time after a fill.',
  source:
    'latent liquidity that is renewed, J. Donier et al., Quantitative Finance 15 (2015); its withdrawal, A. Kirilenko, A. Kyle, M. Samadi, T. Tuzun, Journal of Finance 72 (2017).',
  params: {
    every: duration('700 ms', 'Mean time between looks.', { least: 1 }),
    near: share('0.05 %', 'Least distance of its orders.'),
    far: share('0.25 %', 'Largest distance; uniform between.'),
    bid: money(350_000, 'Value of its order to buy.'),
    ask: money(300_000, 'Value of its order to sell.'),
    life: duration('10 s', 'Mean time after which it renews an order.'),
    back: duration('45 s', 'Mean time after a fill until it comes back.'),
    on_view: number(0, '1: distances from the view, after each trade; 0: from the anchor, which is slower.'),
    closes: duration('10 min', 'Time in which it closes its position on another venue.', { least: 1 }),
    cost: share('0.01 %', 'What that costs.'),
    withdraw_above: number(6, 'Stress above which it thins.', { least: 0.01 }),
  },
  state: { bid_at: 'i32', ask_at: 'i32', bid_due: 'f64', ask_due: 'f64', next_close: 'f64' },
  // One loop over both sides, without functions of its own: what such a function shares with its turn would be on the heap.
  wake(me, market, rng) {
    const from = me.on_view > 0 ? market.view : market.anchor;
    const now = market.time;
    const unit = market.lotValue(from);
    const danger = Math.max(1, market.stress / me.withdraw_above);
    for (let tag = BID; tag <= ASK; tag++) {
      const sign = tag === BID ? 1 : -1;
      const at = tag === BID ? me.bid_at : me.ask_at;
      const isDue = now >= (tag === BID ? me.bid_due : me.ask_due);
      let price = 0; // none
      let due = now;
      if (at > 0 && market.openLots(tag) === 0) {
        due += rng.exponential(me.back * Math.min(5, danger));
      } else {
        const isNear = at > 0 && (sign * (from - at)) / from <= me.near / 2;
        if (!isDue && !isNear) continue;
        if (at > 0) market.cancel(tag);
        const value = tag === BID ? me.bid : me.ask;
        const lots = lotsWorth(value * Math.max(0.05, 1 / danger), unit);
        price = Math.round(from * (1 - sign * (me.near + (me.far - me.near) * rng.uniform())));
        if (price >= 1) market.limit(sign * lots, price, tag);
        due += rng.exponential(me.life);
      }
      if (tag === BID) {
        me.bid_at = price;
        me.bid_due = due;
      } else {
        me.ask_at = price;
        me.ask_due = due;
      }
    }
    if (now >= me.next_close) {
      if (me.next_close > 0) market.closeElsewhere(Math.round(Math.abs(me.position) / 5), me.cost);
      me.next_close = now + me.closes / 5;
    }
    return me.every * (0.5 + rng.uniform());
  },
});
