/**
 * Registered liquidator: keeps capital ready for auctions of liquidated positions, takes what is cheap enough for it, and
 * closes that in the book over time.
 *   required discount = discount + E,   E exponential with mean `doubt`, drawn anew for each auction
 */
import { defineAgent, duration, leverage, money, REDUCE_ONLY, seconds, share, size } from '../src/index.ts';

export default defineAgent({
  kind: 'liquidator',
  about:
    'Bids in auctions of liquidated positions at a discount, and closes what it won in the book over time.',
  source:
    'K. Qin, L. Zhou, P. Gamito, P. Jovanovic, A. Gervais, An empirical study of DeFi liquidations, IMC (2021).',
  margined: true,
  params: {
    capital: money(1_000_000, 'Money that it keeps ready at the venue.'),
    leverage: leverage(5, 'Most notional it holds, over its equity.'),
    capacity: size('1e6 USDT', 'Most that it holds.'),
    discount: share('1 %', 'Discount from the mark that it always requires.'),
    doubt: share('0.5 %', 'Mean of what it requires beyond that, different in each auction.'),
    every: duration('2 s', 'Mean time between its looks at what it holds.', { least: 1 }),
    unwinds: share('20 %', 'Part of that which it closes at a look.'),
  },
  born(me, birth) {
    birth.deposit(me.capital);
  },
  wake(me, market, rng) {
    const lots = Math.ceil(Math.abs(me.position) * me.unwinds);
    if (lots > 0) market.order(me.position > 0 ? -lots : lots, 0, REDUCE_ONLY);
    return seconds(rng.exponential(me.every / 1e6));
  },
  bid(me, market, rng, offer) {
    const required = me.discount + rng.exponential(me.doubt);
    const price = offer.asked > 0 ? offer.asked : offer.priceAt(required);
    if (price < 1 || offer.discount(price) < required) return;
    const funded = (me.leverage * me.equity) / market.lotValue(offer.mark);
    const most = Math.floor(Math.min(me.capacity, funded));
    offer.take(most - (offer.lots > 0 ? me.position : -me.position), price);
  },
});
