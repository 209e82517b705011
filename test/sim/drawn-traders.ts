// Who stands in a drawn market: traders whose positions break at given prices, and liquidators who bid as they are told.
import { defineAgent, number } from '../../src/index.ts';

/** What a trader is besides its position. */
export interface Trader {
  /** Quanta outside the venue. */
  readonly reserve?: number;
  /** Brings this share of what a call asks for, 0 at first: ignores calls. */
  readonly answers?: number;
  /** … after this time, µs. */
  readonly after_us?: number;
  /** Quanta at the venue that are not pledged. */
  readonly free?: number;
}

/** A registered liquidator without a position. */
export interface Bidder {
  readonly capital: number;
  /** Most lots that it takes in one auction. */
  readonly lots: number;
  /** Discount from the mark that it requires, and bids. */
  readonly discount: number;
}
export const placed = defineAgent({
  kind: 'placed',
  about: 'Holds a position whose trigger is at a given price, and answers calls with money or not.',
  margined: true,
  params: {
    lots: number(1, 'Position, signed.'),
    breaks: number(1, 'Price at which it breaks.'),
    reserve: number(0, 'Quanta outside.'),
    answers: number(0, 'Share of a demand that it brings.'),
    after: number(0, 'Time until the money arrives, µs.'),
    free: number(0, 'Quanta at the venue that are not pledged.'),
    level: number(1, 'Equity over its requirement where it breaks.'),
  },
  facilities: ['free'],
  born(me, birth) {
    const loss = birth.gain(me.lots, me.breaks, birth.mark);
    birth.deposit(loss + Math.floor(me.level * birth.maintenanceMargin(me.lots, me.breaks)));
    birth.hold(me.lots, birth.mark);
    birth.keepReserve(me.reserve);
    birth.keepFree(me.free);
  },
  called(me, market, _rng, demand) {
    if (me.answers > 0) market.topUp(me.answers * demand, me.after);
  },
});

export const bidder = defineAgent({
  kind: 'bidder',
  about: 'Takes a fixed number of lots at a fixed discount.',
  margined: true,
  params: {
    capital: number(0, 'Quanta.'),
    lots: number(0, 'Most lots.'),
    discount: number(0, 'From the mark.'),
  },
  born(me, birth) {
    birth.deposit(me.capital);
  },
  bid(me, _market, _rng, offer) {
    const price = offer.asked > 0 ? offer.asked : offer.priceAt(me.discount);
    if (offer.discount(price) >= me.discount) offer.take(me.lots, price);
  },
});
