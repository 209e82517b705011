/**
 * What an exchange keeps beside its book: the terms of orders that are more than a price and a size, the orders that
 * wait aside of the book (stops, market orders in a call period), and each instrument's session.
 */
import { ladderSchema } from '../core/ladder.ts';
import { poolSchema } from '../core/pool.ts';
import type { Columns, TableSchema } from '../core/world.ts';
import type { MarketCapacity } from './schema.ts';
import { marketSchema } from './schema.ts';

/** Lines aside of the book, by instrument: falling and rising triggers, waiting buyers and sellers; one queue for all. */
export const LINES_ASIDE = 4;

/** Keys in the fast window of a line aside: fewer wait there than in a book. */
const SPAN_ASIDE = 1024;

export const exchangeSchema = (capacity: MarketCapacity) => {
  const aside = ladderSchema(capacity.orders, LINES_ASIDE * capacity.instruments + 1, SPAN_ASIDE);
  const pool = poolSchema(capacity.orders);
  return {
    ...marketSchema(capacity),
    aside_links: aside.links,
    aside_words: aside.words,
    aside_summary: aside.summary,
    aside_keys: aside.keys,
    aside_lines: aside.lines,
    terms_free: pool.free,
    terms_pool: pool.cell,
    /** Rows of orders with terms: orders.owner is then -2 - row. */
    terms: {
      rows: capacity.orders,
      columns: {
        owner: 'i32', // account, or -1
        hidden: 'i32', // lots not shown, behind orders.lots
        display: 'i32', // lots shown at a time, 0: all
        reduce_only: 'u8',
        side: 'u8', // of an order aside
        limit: 'i32', // of a stop: ticks, 0 for market
      },
    },
    /** By order row. `age`: number of its arrival. */
    arrivals: { rows: capacity.orders, columns: { age: 'f64' } },
    arrivals_cell: { rows: 1, columns: { count: 'f64' } },
    sessions: {
      rows: capacity.instruments,
      columns: { call: 'u8', reference: 'i32', limit: 'f64' },
    },
  } as const satisfies Record<string, TableSchema>;
};

type ExchangeSchema = ReturnType<typeof exchangeSchema>;
export type ExchangeTables = { readonly [T in keyof ExchangeSchema]: Columns<ExchangeSchema[T]> };

export const spanAside = SPAN_ASIDE;
