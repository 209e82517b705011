/**
 * Maker at the touch: quotes one tick round the view, leans against its inventory, and closes that on another venue over
 * time. When the view moves, the side that others could take advantage of is moved first; the other one goes as far as the
 * quotes that are still in its way allow.
 *   bid = ⌊view · (1 − lean · position / limit)⌋,  ask = bid + 1 tick
 *
 * In danger it thins and widens, with x the market's stress (its volatility over the usual one) above `withdraw_above`:
 *   size ← size · max(5 %, withdraw_above / x),  distance from the view ← widen · (x / withdraw_above − 1)
 * When it has lost its limit, it leaves: it cancels, sells what it holds at market over a short time, and comes back after a
 * rest with a new limit. So it may become a forced seller itself.
 */
import {
  defineAgent,
  duration,
  lotsWorth,
  money,
  number,
  POST_ONLY,
  REDUCE_ONLY,
  share,
} from '../src/index.ts';

const BID = 1;
const ASK = 2;

export default defineAgent({
  kind: 'touch-maker',
  margined: true,
  about:
    'Quotes one tick round what trades tell of the price, leans on its inventory and closes it elsewhere over time.',
  source: 'M. Avellaneda, S. Stoikov, Quantitative Finance 8 (2008), with a linear lean and no horizon.',
  params: {
    every: duration('4 ms', 'Mean time between looks.', { least: 1 }),
    size: money(31_000, 'Value of a quote.'),
    tolerance: number(4, 'Ticks that the view may move before quotes follow.', { least: 0 }),
    limit: money(30_000_000, 'Value of the position beyond which it quotes one side only.', {
      least: 1,
    }),
    lean: share('0.01 %', 'How far its quotes lean at the limit.'),
    closes: duration('5 min', 'Time in which it closes its position on another venue.', { least: 1 }),
    cost: share('0.01 %', 'What that costs.'),
    withdraw_above: number(6, 'Stress above which it thins and widens.', { least: 0.01 }),
    widen: share('0.005 %', 'Distance from the view that it adds at twice that stress.'),
    capital: money(6_000_000, 'Its own money.'),
    loss_limit: share('10 %', 'Loss of its capital since its last rest at which it leaves.'),
    dumps: duration('10 s', 'Time in which it then sells what it holds.', { least: 10 }),
    rests: duration('10 min', 'Time until it comes back.'),
  },
  state: {
    bid: 'i32',
    ask: 'i32',
    centre: 'f64',
    held: 'i32',
    next_close: 'f64',
    best: 'f64',
    away_until: 'f64',
    next_dump: 'f64',
  },
  born(me, birth) {
    birth.deposit(me.capital);
    me.best = me.capital;
  },
  // Without functions of its own: what such a function shares with its turn would be on the heap.
  wake(me, market, rng) {
    const delay = me.every * (0.6 + 0.8 * rng.uniform());
    const unit = market.lotValue(market.index); // value of a lot
    const position = me.position;
    // Out of the market it sells what it holds, and then rests.
    const now = market.time;
    if (me.away_until === 0) {
      const { equity } = me;
      if (equity > me.best) me.best = equity;
      if (me.best - equity >= me.loss_limit * me.capital) {
        market.cancelAll();
        me.bid = me.ask = 0;
        me.away_until = now + me.rests;
      }
    } else if (now >= me.away_until) {
      me.away_until = 0;
      me.best = me.equity;
    }
    if (me.away_until > 0) {
      if (position !== 0 && now >= me.next_dump) {
        // A tenth of the time's part at each step, by what is left: smaller and smaller orders.
        const left = Math.max(1, Math.ceil(Math.abs(position) / 5));
        market.order(position > 0 ? -left : left, 0, REDUCE_ONLY);
        me.next_dump = now + me.dumps / 10;
      }
      return delay;
    }
    if (now >= me.next_close) {
      // Once in a twentieth of that time, so that the position falls by the same part each time.
      if (me.next_close > 0) market.closeElsewhere(Math.round(Math.abs(position) / 20), me.cost);
      me.next_close = now + me.closes / 20;
    }
    const danger = Math.max(1, market.stress / me.withdraw_above);
    const lean = Math.max(-1, Math.min(1, (position * unit) / me.limit));
    const centre = market.view * (1 - me.lean * lean);
    const stands = me.bid > 0 === lean < 1 && me.ask > 0 === lean > -1 && me.held === position;
    if (stands && Math.abs(centre - me.centre) <= me.tolerance && me.openOrders === 2) return delay;
    const lots = lotsWorth(me.size * Math.max(0.05, 1 / danger), unit);
    const rises = centre > me.centre;
    const wide = Math.round(me.widen * (danger - 1) * centre);
    let bid = Math.floor(centre) - wide;
    let ask = Math.floor(centre) + 1 + wide;
    // What others still quote is in the way of a post-only order; one's own is replaced with it.
    if (rises && market.ask > 0 && market.ask !== me.ask) bid = Math.min(bid, market.ask - 1);
    if (!rises && market.bid > 0 && market.bid !== me.bid) ask = Math.max(ask, market.bid + 1);
    // The side that is in danger first. No order on a side whose limit is reached.
    for (let turn = 0; turn < 2; turn++) {
      const tag = rises === (turn === 0) ? ASK : BID;
      const price = tag === BID ? (lean < 1 ? bid : 0) : lean > -1 ? ask : 0;
      if ((tag === BID ? me.bid : me.ask) > 0) market.cancel(tag);
      if (price > 0) market.order(tag === BID ? lots : -lots, price, POST_ONLY, { tag });
      if (tag === BID) me.bid = price;
      else me.ask = price;
    }
    const waits = bid < Math.floor(centre) - wide || ask > Math.floor(centre) + 1 + wide;
    me.centre = waits ? NEVER : centre;
    me.held = position;
    return delay;
  },
});

/** A centre that no view is near: quotes are looked at again. */
const NEVER = -1e9;
