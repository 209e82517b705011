/** Order books as plain data, and how callers name them. */
import { ConfigError } from '../core/errors.ts';
import { BUY, SELL } from '../market/book.ts';
import type { MarketExperiment } from '../models/experiment.ts';
import type { View } from '../replay/view.ts';
import { eachLevel } from '../sim/observe/book-depth.ts';

/** An instrument at a venue. */
export interface Listing {
  /** '' where there is only one venue. */
  readonly venue: string;
  readonly instrument: string;
  /** Smallest step of the price in money, and of the size, as written: `0.1`, `0.001`. */
  readonly tick: string;
  readonly lot: string;
  /** Unit of size, such as BTC. */
  readonly base: string;
}

/** Which listing: by the names of its venue and instrument; the first that fits. */
export interface Place {
  readonly venue?: string;
  readonly instrument?: string;
}

/** Prices of one side in ticks, best first, and the lots that rest at each. */
export interface BookSide {
  readonly price: Int32Array;
  readonly lots: Float64Array;
}

/** An order book at a moment. */
export interface Book {
  readonly time_us: number;
  /** Best prices, ticks; 0: the side is empty. */
  readonly bid: number;
  readonly ask: number;
  /** Last trade, mark, and the price on other venues, ticks. */
  readonly last: number;
  readonly mark: number;
  readonly index: number;
  readonly bids: BookSide;
  readonly asks: BookSide;
}

/** In the order of venues. */
export function listingsOf({ venues }: MarketExperiment): Listing[] {
  return venues.flatMap(({ name: venue, instruments }) =>
    instruments.map(({ name: instrument, tick, lot, base }) => ({ venue, instrument, tick, lot, base })),
  );
}

/** Numbers of the venue and of its instrument. Throws ConfigError where there is none such. */
export function placed(
  listings: readonly Listing[],
  where: Place,
): { readonly venue: number; readonly instrument: number } {
  const venues = [...new Set(listings.map(({ venue }) => venue))];
  const found = listings.find(
    (one) =>
      (where.venue === undefined || one.venue === where.venue) &&
      (where.instrument === undefined || one.instrument === where.instrument),
  );
  if (found === undefined) {
    const known = listings.map(({ venue, instrument }) =>
      venue === '' ? instrument : `${instrument} at ${venue}`,
    );
    throw new ConfigError(
      [],
      `there is no ${where.instrument ?? 'instrument'} at ${where.venue ?? 'any venue'}; there are ${known.join(', ')}`,
    );
  }
  const own = listings.filter(({ venue }) => venue === found.venue);
  return { venue: venues.indexOf(found.venue), instrument: own.indexOf(found) };
}

export function bookOf(view: View): Book {
  const { simulation, venue, instrument } = view;
  const { book, ledger, tables } = venue;
  return {
    time_us: simulation.queue.now,
    bid: book.bestBid(instrument),
    ask: book.bestAsk(instrument),
    last: book.lastPrice(instrument),
    mark: ledger.marks[instrument]!,
    index: tables.prices.index[instrument]!,
    bids: sideOf(view, BUY),
    asks: sideOf(view, SELL),
  };
}

function sideOf({ venue, instrument }: View, side: number): BookSide {
  const prices: number[] = [];
  const sizes: number[] = [];
  eachLevel(venue, instrument, side, (price, lots) => {
    prices.push(price);
    sizes.push(lots);
    return true;
  });
  return { price: Int32Array.from(prices), lots: Float64Array.from(sizes) };
}
