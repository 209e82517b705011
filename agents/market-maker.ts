/**
 * Market maker. Quotes several levels on both sides round a price that leans against its inventory, widens with the
 * volatility that it measures, and withdraws when that is too high.
 *   centre = mid · (1 − skew · half · position / inventory_limit),  half = spread + widen · σ,  σ² ← (1−w)·σ² + w·r²
 *
 * During a volatility halt it does what the venue obliges it to: nothing, and then it withdraws; quotes on both sides no
 * wider than a spread; or of a size at least, whatever its inventory and the volatility.
 */
import type { Market } from '../src/index.ts';
import { defineAgent, duration, factor, number, seconds, share, size } from '../src/index.ts';

export default defineAgent({
  kind: 'market-maker',
  about:
    'Quotes both sides, leans against its inventory, widens with volatility and withdraws when it is too high.',
  source: 'M. Avellaneda, S. Stoikov, Quantitative Finance 8 (2008), with a linear skew and no horizon.',
  params: {
    every: duration('100 ms', 'Mean time between looks at the market.', { least: 1 }),
    levels: number(4, 'Quotes on each side.', { least: 1, most: 1000 }),
    size: size('20e3 USDT', 'Size of a quote.', { least: 1, most: 1e8 }),
    spread: share('0.005 %', 'Half spread in quiet times.'),
    spacing: share('0.01 %', 'Distance between its levels.'),
    widen: factor(1, 'Half spread added per unit of volatility (standard deviation between looks).'),
    memory: share(0.02, 'Weight of the newest squared return in the variance.'),
    usual: share('0.002 %', 'Volatility between looks that it takes for normal.'),
    withdraw_above: number(15, 'Withdraws while volatility exceeds this multiple of the usual.', {
      least: 0,
    }),
    inventory_limit: size(
      '2e6 USDT',
      'Position at which the skew equals the half spread; no quotes beyond it.',
      { least: 1 },
    ),
    skew: factor(1, 'Strength of the lean against inventory.'),
  },
  state: { variance: 'f64', seen: 'f64', centre: 'f64', held: 'i32', obliged: 'i32' },
  wake(me, market, rng) {
    const delay = seconds(rng.exponential(me.every / 1e6));
    const mid = market.mid;
    if (me.seen > 0) {
      const r = mid / me.seen - 1;
      me.variance += me.memory * (r * r - me.variance);
    }
    me.seen = mid;
    const sigma = Math.sqrt(me.variance);
    const obliged = market.isHalted && market.haltSpread + market.haltLots > 0;
    const withdraws = market.isHalted ? !obliged : sigma > me.withdraw_above * me.usual;
    if (withdraws) {
      if (me.centre > 0) market.cancelAll();
      me.centre = 0;
      return delay;
    }
    let half = (me.spread + me.widen * sigma) * mid;
    if (obliged && market.haltSpread > 0) half = Math.min(half, Math.max(1, (market.haltSpread * mid) / 2));
    const lots = Math.trunc(obliged ? Math.max(me.size, market.haltLots) : me.size);
    const lean = Math.max(-1, Math.min(1, me.position / me.inventory_limit));
    const centre = mid - me.skew * half * lean;
    // Quotes stand while the centre has hardly moved and nothing was filled (nor cancelled for it: a withdrawal).
    const stand = me.openOrders > 0 && me.held === me.position && me.obliged === Number(obliged);
    if (stand && Math.abs(centre - me.centre) < half / 2) return delay;
    if (me.centre > 0) market.cancelAll(); // those still on their way too
    me.centre = centre;
    me.held = me.position;
    me.obliged = Number(obliged);
    for (let level = 0; level < me.levels; level++) {
      const away = half + level * me.spacing * mid;
      if (obliged) {
        quote(market, lots, Math.ceil(centre - away)); // rounded inwards: no wider than it must
        quote(market, -lots, Math.floor(centre + away));
        continue;
      }
      if (lean < 1) quote(market, lots, Math.floor(centre - away));
      if (lean > -1) quote(market, -lots, Math.ceil(centre + away));
    }
    return delay;
  },
});

/** There is no price below a tick: of a market that has nearly come to nothing a side stays without quotes. */
function quote(market: Market, lots: number, price: number): void {
  if (price >= 1) market.limit(lots, price);
}
