/** What must hold of an exchange after every command, and that it is the naive twin's. */
import { UNLINKED } from '../../src/core/buckets.ts';
import type { Ladder } from '../../src/core/ladder.ts';
import type { Book } from '../../src/market/book.ts';
import type { Exchange } from '../../src/market/exchange.ts';
import type { ExchangeTables } from '../../src/market/exchange-schema.ts';
import { LINES_ASIDE } from '../../src/market/exchange-schema.ts';
import type { Orders } from '../../src/market/orders.ts';
import type { Story } from '../core/naive-script.ts';
import type { NaiveExchange } from './naive-exchange.ts';
import type { NaiveOrder } from './naive-order.ts';
import { auditRowsInUse } from './rows-audit.ts';

export function auditExchange(
  exchange: Exchange,
  tables: ExchangeTables,
  aside: Ladder,
  naive: NaiveExchange,
  story: Story,
): void {
  const { book } = exchange;
  if (!naive.call) book.assertUncrossed(0);
  if (!naive.call) auditStops(naive, story);
  const slots = new Set<number>();
  for (const side of [0, 1] as const) auditSide(exchange, tables, naive, side, slots, story);
  auditBits(book.ladder, slots.size, 'book', story);
  const slotsAside = new Set<number>();
  const waiting: number[] = [];
  for (let line = 0; line < LINES_ASIDE; line++) {
    aside.forEach(line, (terms, key) => {
      waiting.push(book.orders.tag(tables.terms.order[terms]!));
      slotsAside.add(slotOf(aside, line, key));
    });
  }
  const expected: number[] = [];
  for (const order of naive.orders) if (order.where !== 'book') expected.push(order.tag);
  story.same('aside', waiting.sort(ascending), expected.sort(ascending));
  auditBits(aside, slotsAside.size, 'aside', story);
  for (let owner = 0; owner < tables.owners.first.length; owner++) auditOwner(book, naive, owner, story);
  auditRows(tables, naive, story);
}

/** While a market trades, no stop waits for a price that is there (both hold the same, so the twin's will do). */
function auditStops({ orders, last, mark }: NaiveExchange, story: Story): void {
  for (const { where, tag, trigger, falling, byMark } of orders) {
    if (where !== 'stop') continue;
    const price = byMark ? mark : last;
    const there = price > 0 && (falling ? price <= trigger : price >= trigger);
    if (there) story.same(`stop ${tag}`, 'waits', 'set off');
  }
}

/** The queue of a side and its levels; adds the slots that it occupies. */
function auditSide(
  exchange: Exchange,
  tables: ExchangeTables,
  naive: NaiveExchange,
  side: 0 | 1,
  slots: Set<number>,
  story: Story,
): void {
  const { ladder, orders } = exchange.book;
  const rows: number[] = [];
  ladder.forEach(side, (row, key) => {
    rows.push(row);
    slots.add(slotOf(ladder, side, key));
  });
  // The window comes sorted, the far list by arrival there: a stable sort keeps first in, first out.
  rows.sort((a, b) => ladder.keyOf(b) - ladder.keyOf(a));
  const expected = naive.side(side);
  story.same(
    `queue of side ${side}`,
    rows.map((row) => orderAt(orders, tables, row)),
    expected.map(plain),
  );
  const levels: [number, number][] = [];
  exchange.level(0, side, (price, lots) => levels.push([price, lots]));
  const sums = new Map<number, number>();
  for (const { price, shown, hidden } of expected) {
    sums.set(price, (sums.get(price) ?? 0) + shown + hidden);
  }
  story.same(`levels of side ${side}`, levels, [...sums]);
}

const ascending = (a: number, b: number) => a - b;

function orderAt(orders: Orders, { terms }: ExchangeTables, row: number): number[] {
  const owner = orders.owner(row);
  const more = -2 - owner;
  const [account, hidden] = owner < -1 ? [terms.owner[more]!, terms.hidden[more]!] : [owner, 0];
  const postOnly = orders.isPostOnly(row) ? 1 : 0;
  return [orders.tag(row), account, orders.lots(row), hidden, orders.cause(row), postOnly];
}

function plain({ tag, owner, shown, hidden, cause, postOnly }: NaiveOrder): number[] {
  return [tag, owner, shown, hidden, cause, postOnly ? 1 : 0];
}

/** A number for the slot that a key is in; a line's far list is one slot. */
function slotOf(ladder: Ladder, line: number, key: number): number {
  return ladder.below(line, key + 1) === key ? line * 2 ** 32 + (key >>> 0) : -1 - line;
}

/** As many bits as occupied slots, each with something behind it, and a summary bit for each word that has any. */
function auditBits({ buckets }: Ladder, slots: number, name: string, story: Story): void {
  let bits = 0;
  for (let word = 0; word < buckets.words.length; word++) {
    const summary = (buckets.summary[word >> 5]! >>> (word & 31)) & 1;
    if (summary !== (buckets.words[word] === 0 ? 0 : 1))
      story.same(`${name}: summary of ${word}`, summary, 1 - summary);
    for (let left = buckets.words[word]!; left !== 0; left &= left - 1) {
      bits++;
      const slot = 32 * word + 31 - Math.clz32(left & -left);
      if (buckets.first(slot) >= buckets.nodes) story.same(`${name}: slot ${slot}`, 'empty', 'occupied');
    }
  }
  story.same(`${name}: bits of slots`, bits, slots);
}

/** The owner's list is its orders by age, the same from both ends. */
function auditOwner({ owners, orders }: Book, naive: NaiveExchange, owner: number, story: Story): void {
  const expected: number[] = [];
  for (const order of naive.orders) if (order.owner === owner) expected.push(order.tag);
  const walk = (from: number, links: Int32Array): number[] => {
    const tags: number[] = [];
    for (let row = from - 1; row >= 0 && tags.length <= expected.length; row = links[row]! - 1) {
      tags.push(orders.tag(row));
    }
    return tags;
  };
  story.same(`orders of ${owner}`, walk(owners.first[owner]!, orders.owner_next), expected);
  story.same(`${owner}, from the last`, walk(owners.last[owner]!, orders.owner_prev).reverse(), expected);
  story.same(`open orders of ${owner}`, owners.open[owner], expected.length);
}

/** Rows in use are those of open orders, on the book or aside; terms those of orders that need them. */
function auditRows(tables: ExchangeTables, naive: NaiveExchange, story: Story): void {
  const open: number[] = [];
  for (let row = 0; row < tables.orders.owner_next.length; row++) {
    if (tables.order_links.node[2 * row] !== UNLINKED) open.push(row);
  }
  for (let terms = 0; terms < tables.terms.order.length; terms++) {
    if (tables.aside_links.node[2 * terms] !== UNLINKED) open.push(tables.terms.order[terms]!);
  }
  story.same('open orders', open.length, naive.orders.length);
  auditRowsInUse(tables, open, story);
  const terms = tables.terms_pool.touched[0]! - tables.terms_pool.free[0]!;
  const needed = naive.orders.filter(
    ({ where, display, reduceOnly }) => where !== 'book' || display > 0 || reduceOnly,
  );
  story.same('terms', terms, needed.length);
}
