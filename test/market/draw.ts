/**
 * Little books drawn as text, for tests that a trader can read:
 *
 *   price   bids   asks
 *   101            A5 3
 *   100     5
 *    99     B5
 *
 * A cell is the queue at that price, first in line first: `5` is an order of five lots that is nobody's, `A5`
 * one of trader A. What `drawn` gives back has the indentation and columns of the text that made the market.
 */
import { anyPrice, BUY, NOBODY, SELL } from '../../src/market/book.ts';
import type { Book, Side } from '../../src/market/book.ts';
import { fillOf, newMarket } from './duel.ts';
import { newOrder } from '../../src/market/order.ts';

const CAPACITY = { instruments: 1, orders: 64, owners: 26, span: 1024, fills: 64 };

export interface DrawnMarket {
  readonly book: Book;
  /** A market order of a trader (`A` … `Z`; '' is nobody). Returns the lots left. */
  readonly buy: (lots: number, trader?: string) => number;
  readonly sell: (lots: number, trader?: string) => number;
  /** A limit order: takes what it crosses, and rests. */
  readonly bid: (lots: number, price: number, trader?: string) => void;
  readonly ask: (lots: number, price: number, trader?: string) => void;
  /** The trader's oldest order goes. */
  readonly cancel: (trader: string) => void;
  /** The trades so far, each as `5 at 100: A buys from B`. */
  readonly trades: () => string[];
  readonly drawn: () => string;
}

/** Builds the book that the text draws. */
export function market(text: string): DrawnMarket {
  const { book } = newMarket(CAPACITY);
  const [opening, header, ...rows] = text.split('\n');
  const closing = rows.pop() ?? '';
  const layout = layoutOf(header ?? '', rows);
  if (opening !== '' || closing.trim() !== '')
    throw new Error('draw: rows start and end on lines of their own');
  for (const row of rows) {
    if ((row[layout.asks - 1] ?? ' ') !== ' ') throw new Error(`draw: bids run into the asks in "${row}"`);
    const price = Number(row.slice(layout.indent, layout.bids));
    for (const order of cells(row.slice(layout.bids, layout.asks))) place(book, BUY, price, order);
    for (const order of cells(row.slice(layout.asks))) place(book, SELL, price, order);
  }
  book.assertUncrossed(0);
  const take = (side: Side, lots: number, trader = ''): number =>
    book.take(newOrder({ side, owner: ownerOf(trader) }), anyPrice(side), lots, CAPACITY.fills);
  const limit = (side: Side, lots: number, price: number, trader = ''): void => {
    const left = book.take(newOrder({ side, owner: ownerOf(trader) }), price, lots, CAPACITY.fills);
    if (left > 0) place(book, side, price, { lots: left, owner: ownerOf(trader) });
  };
  return {
    book,
    buy: (lots, trader) => take(BUY, lots, trader),
    sell: (lots, trader) => take(SELL, lots, trader),
    bid: (lots, price, trader) => limit(BUY, lots, price, trader),
    ask: (lots, price, trader) => limit(SELL, lots, price, trader),
    cancel: (trader) => book.remove(book.oldest(ownerOf(trader))),
    trades: () => Array.from({ length: book.fills.count }, (_, n) => told(book, n)),
    drawn: () => ['', header, ...linesOf(book, layout), closing].join('\n'),
  };
}

interface Layout {
  readonly indent: number;
  /** Where the columns begin. */
  readonly bids: number;
  readonly asks: number;
  /** Digits that prices are aligned to. */
  readonly digits: number;
}

function layoutOf(header: string, rows: readonly string[]): Layout {
  const [indent, bids, asks] = ['price', 'bids', 'asks'].map((name) => header.indexOf(name)) as [
    number,
    number,
    number,
  ];
  if (!(indent >= 0 && bids > indent && asks > bids))
    throw new Error('draw: needs the header "price bids asks"');
  const digits = rows.map((row) => row.slice(indent, bids).trimEnd().length);
  return { indent, bids, asks, digits: Math.max(1, ...digits) };
}

interface Cell {
  readonly lots: number;
  readonly owner: number;
}

function cells(text: string): Cell[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const match = /^([A-Z]?)(\d+)$/.exec(word);
      if (match === null) throw new Error(`draw: "${word}" is no order such as 5 or A5`);
      return { lots: Number(match[2]), owner: ownerOf(match[1]!) };
    });
}

function place(book: Book, side: Side, price: number, { lots, owner }: Cell): void {
  book.rest(newOrder({ side, price, lots, owner }));
}

function linesOf(book: Book, { indent, bids, asks, digits }: Layout): string[] {
  const queues = new Map<number, [string[], string[]]>();
  for (const side of [BUY, SELL] as const) {
    book.ladder.forEach(side, (order) => {
      const price = book.priceOf(order);
      const queue = queues.get(price) ?? [[], []];
      queue[side].push(traderOf(book.orders.owner(order)) + String(book.orders.lots(order)));
      queues.set(price, queue);
    });
  }
  return [...queues]
    .sort(([a], [b]) => b - a)
    .map(([price, [bid, ask]]) => {
      const line = (' '.repeat(indent) + String(price).padStart(digits)).padEnd(bids) + bid.join(' ');
      return (line.padEnd(asks) + ask.join(' ')).trimEnd();
    });
}

function told(book: Book, n: number): string {
  const { price, lots, side, maker, taker } = fillOf(book, n);
  const [does, from] = side === 0 ? ['buys', 'from'] : ['sells', 'to'];
  return `${lots} at ${price}: ${traderOf(taker) || 'nobody'} ${does} ${from} ${traderOf(maker) || 'nobody'}`;
}

const ownerOf = (trader: string): number => (trader === '' ? NOBODY : trader.charCodeAt(0) - 65);
const traderOf = (owner: number): string => (owner === NOBODY ? '' : String.fromCharCode(65 + owner));
