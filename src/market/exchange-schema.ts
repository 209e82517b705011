/**
 * What an exchange keeps beside its book: the terms of orders that are more than a price and a size, the orders that
 * wait aside of the book (stops, market orders in a call period), and each instrument's session.
 */
import { ladderSchema } from '../core/ladder.ts';
import { poolSchema } from '../core/pool.ts';
import type { Columns, TableSchema } from '../core/world.ts';
import type { MarketCapacity } from './schema.ts';
import { marketSchema } from './schema.ts';

export interface ExchangeCapacity extends MarketCapacity {
  /** Orders with terms that can be open at once: stops, icebergs, reduce-only orders, market orders in a call period. */
  readonly terms: number;
}

/**
 * Lines aside of the book, by instrument: falling and rising triggers by last trade and by mark, waiting buyers and
 * sellers. One queue for all of what was triggered.
 */
export const LINES_ASIDE = 6;

/** Keys in the fast window of a line aside: fewer wait there than in a book. */
export const SPAN_ASIDE = 1024;

/** Parts of the time over which a halt band looks back. */
export const BAND_PARTS = 16;

export const exchangeSchema = (capacity: ExchangeCapacity) => {
  const aside = ladderSchema(capacity.terms, LINES_ASIDE * capacity.instruments + 1, SPAN_ASIDE);
  const pool = poolSchema(capacity.terms);
  return {
    ...marketSchema(capacity),
    /** Nodes of this ladder are rows of `terms`. */
    aside_links: aside.links,
    aside_words: aside.words,
    aside_summary: aside.summary,
    aside_keys: aside.keys,
    aside_lines: aside.lines,
    terms_free: pool.free,
    terms_pool: pool.cell,
    /** Orders with terms: orders.owner is then -2 - row. */
    terms: {
      rows: capacity.terms,
      columns: {
        order: 'i32', // its row
        owner: 'i32', // account, or -1
        hidden: 'i32', // lots not shown, behind orders.lots
        display: 'i32', // lots shown at a time, 0: all
        limit: 'i32', // of a stop: ticks, 0 for market
        side: 'u8', // of an order aside
        how: 'u8', // REDUCE_ONLY, FORCED
      },
    },
    /** Orders that have arrived. */
    arrivals: { rows: 1, columns: { count: 'i32' } },
    sessions: {
      rows: capacity.instruments,
      columns: {
        call: 'u8', // 1: orders collect without trading
        reference: 'i32', // of the call auction: ticks, 0 for none
        limit: 'f64', // share by which pressure may move its price from there
        opening: 'i32', // opening price or that of the last auction, ticks; 0 before
        mark: 'i32', // as last told, ticks; 0 before
        part: 'f64', // number of the newest part of the halt band's time
      },
    },
    /** Lowest and highest price in each part of the halt band's time, a ring; 0 for none. */
    bands: { rows: BAND_PARTS * capacity.instruments, columns: { low: 'i32', high: 'i32' } },
  } as const satisfies Record<string, TableSchema>;
};

type ExchangeSchema = ReturnType<typeof exchangeSchema>;
export type ExchangeTables = { readonly [T in keyof ExchangeSchema]: Columns<ExchangeSchema[T]> };
