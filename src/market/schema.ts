/**
 * The market's tables: resting orders on a price ladder (two lines an instrument: bids, then asks), each owner's list
 * of open orders, and a ring of the latest fills.
 */
import { blockPoolSchema, wholeBlocks } from '../core/block-pool.ts';
import { ladderSchema } from '../core/ladder.ts';
import type { Columns, TableSchema } from '../core/world.ts';

export interface MarketCapacity {
  readonly instruments: number;
  /** Orders that can rest at once, over all instruments. */
  readonly orders: number;
  /** Accounts that can own orders. */
  readonly owners: number;
  /** Ticks in the fast window of each side of each book: a power of two, at least 1024. */
  readonly span: number;
  /** Latest fills kept: a power of two. */
  readonly fills: number;
}

/** The least `span` that holds so many ticks. */
export function spanOf(ticks: number): number {
  let span = 1024;
  while (span < ticks) span *= 2;
  return span;
}

export const marketSchema = (capacity: MarketCapacity) => {
  const rows = wholeBlocks(capacity.orders);
  const ladder = ladderSchema(rows, 2 * capacity.instruments, capacity.span);
  const pool = blockPoolSchema(capacity.orders);
  return {
    order_links: ladder.links,
    order_words: ladder.words,
    order_summary: ladder.summary,
    order_lines: ladder.lines,
    order_free: pool.free,
    order_blocks: pool.blocks,
    order_pool: pool.cell,
    orders: {
      rows,
      columns: {
        record: 'i32x8', // see Orders
        owner_next: 'i32',
        owner_prev: 'i32',
      },
    },
    /** Open orders of each account, oldest first: a list through orders.owner_next; row + 1, 0 for none. */
    owners: { rows: capacity.owners, columns: { first: 'i32', last: 'i32', open: 'i32' } },
    /** Ring: fill number n is in row n mod rows. What is the same for a whole sweep is in `sweeps`. See Fills. */
    fills: { rows: capacity.fills, columns: { record: 'i32x8' } },
    sweeps: { rows: capacity.fills, columns: { time_us: 'f64', record: 'i32x8' } },
    /** Fills and sweeps so far. */
    fill_cell: { rows: 1, columns: { fills: 'f64', sweeps: 'f64' } },
    /** Last traded price, ticks; 0 before the first trade. */
    trades: { rows: capacity.instruments, columns: { last: 'i32' } },
  } as const satisfies Record<string, TableSchema>;
};

type MarketSchema = ReturnType<typeof marketSchema>;
export type MarketTables = { readonly [T in keyof MarketSchema]: Columns<MarketSchema[T]> };
