/** What must hold of a whole book at any time, and that it is the naive twin's book. */
import type { World } from '../../src/core/world.ts';
import type { Book } from '../../src/market/book.ts';
import type { MarketCapacity, marketSchema } from '../../src/market/schema.ts';
import type { Story } from '../core/naive-script.ts';
import { auditRowsInUse } from './rows-audit.ts';
import type { NaiveBook, NaiveOrder } from './naive-book.ts';

type MarketTables = World<ReturnType<typeof marketSchema>>['tables'];

export function audit(
  book: Book,
  tables: MarketTables,
  capacity: MarketCapacity,
  naive: NaiveBook,
  story: Story,
): void {
  for (let instrument = 0; instrument < capacity.instruments; instrument++) {
    book.assertUncrossed(instrument);
    for (const side of [0, 1] as const) auditSide(book, naive, story, instrument, side);
  }
  for (let owner = 0; owner < capacity.owners; owner++) auditOwner(book, naive, story, owner);
  auditBitmap(book, tables, story);
  auditRowsInUse(
    tables,
    naive.orders.map(({ row }) => row),
    story,
  );
}

function auditSide(book: Book, naive: NaiveBook, story: Story, instrument: number, side: 0 | 1): void {
  const line = 2 * instrument + side;
  const rows: number[] = [];
  book.ladder.forEach(line, (row) => rows.push(row));
  // What the window holds comes sorted; the far list, which is worse than all of it, in order of arrival.
  const better = (a: number, b: number) => book.ladder.keyOf(b) - book.ladder.keyOf(a);
  const engine = rows.sort(better).map((row) => orderAt(book, row));
  story.same(`side ${side} of instrument ${instrument}`, engine, naive.sides[line]!.map(plain));
  story.same(
    'positive lots',
    engine.every((order) => order.lots > 0),
    true,
  );
  const prices = new Set(engine.map((order) => order.price));
  for (const price of prices) {
    const lots = engine.reduce((sum, order) => sum + (order.price === price ? order.lots : 0), 0);
    story.same(`lots at ${price}`, book.lotsAt(instrument, side, price), lots);
  }
  story.same('lots where none rest', book.lotsAt(instrument, side, 123_456_789), 0);
}

function orderAt(book: Book, row: number): NaiveOrder {
  const { orders } = book;
  return {
    row,
    instrument: orders.line(row) >> 1,
    side: orders.line(row) & 1,
    price: book.priceOf(row),
    lots: orders.lots(row),
    owner: orders.owner(row),
    tag: orders.tag(row),
    cause: orders.cause(row),
  };
}

function plain(order: NaiveOrder): NaiveOrder {
  const { row, instrument, side, price, lots, owner, tag, cause } = order;
  return { row, instrument, side, price, lots, owner, tag, cause };
}

/** The owner's list is his orders, oldest first, the same from both ends. */
function auditOwner(book: Book, naive: NaiveBook, story: Story, owner: number): void {
  const expected = naive.ofOwner(owner).map((order) => order.row);
  const { first, last, open } = book.owners;
  const { owner_next, owner_prev } = book.orders;
  const walk = (from: number, links: Int32Array): number[] => {
    const rows: number[] = [];
    const most = expected.length + 1; // a broken list may be a ring
    for (let row = from - 1; row >= 0 && rows.length < most; row = links[row]! - 1) rows.push(row);
    return rows;
  };
  const there = walk(first[owner]!, owner_next);
  const back = walk(last[owner]!, owner_prev).reverse();
  story.same(`orders of ${owner}`, there, expected);
  story.same(`orders of ${owner}, from the last`, back, expected);
  story.same(`open orders of ${owner}`, open[owner], expected.length);
  story.same(`oldest of ${owner}`, book.oldest(owner), expected[0] ?? -1);
}

/** A slot's bit is set exactly if its list holds something, a word's exactly if a bit of it is set. */
function auditBitmap(book: Book, tables: MarketTables, story: Story): void {
  const { buckets } = book.ladder;
  const words = new Int32Array(tables.order_words.bits.length);
  const summary = new Int32Array(tables.order_summary.bits.length);
  for (let slot = 0; slot < buckets.links.length / 2 - buckets.nodes; slot++) {
    if (buckets.first(slot) < buckets.nodes) words[slot >> 5]! |= 1 << (slot & 31);
  }
  for (let word = 0; word < words.length; word++) {
    if (words[word] !== 0) summary[word >> 5]! |= 1 << (word & 31);
  }
  story.same('bits of slots', [...buckets.words], [...words]);
  story.same('bits of words', [...buckets.summary], [...summary]);
}
