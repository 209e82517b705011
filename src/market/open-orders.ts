/**
 * All open orders of an exchange: those on the books, with or without further terms, and those aside of them (stops,
 * market orders in a call period). An order keeps its row, its age and its place in its owner's list until it is over.
 */
import * as ladders from '../core/ladder.ts';
import { Ladder } from '../core/ladder.ts';
import { Pool } from '../core/pool.ts';
import type { Book, Side } from './book.ts';
import * as books from './book.ts';
import type { Order } from './order.ts';
import type { ExchangeCapacity, ExchangeTables } from './exchange-schema.ts';
import * as schema from './exchange-schema.ts';
import * as flags from './reports.ts';

// Taken out of their modules: V8 compiles a module's own constants in, but reads imported ones anew at each use.
const { EMPTY } = ladders;
const { NOBODY } = books;
const { LINES_ASIDE, SPAN_ASIDE } = schema;
const { FORCED, POST_ONLY, REDUCE_ONLY } = flags;

/** Lines aside, by instrument: what waits for a price to fall or rise to it, then waiting buyers and sellers. */
export const FALLING = 0;
export const RISING = 1;
export const MARK = 2; // added to FALLING or RISING: the mark instead of the last trade
export const WAITING = 4; // + side

export class OpenOrders {
  readonly book: Book;
  /** Ladder of those aside; its nodes are rows of `terms`. */
  readonly aside: Ladder;
  readonly terms: ExchangeTables['terms'];
  /** Line of the stops that were triggered and not yet executed. */
  readonly triggeredLine: number;
  private readonly arrivals: Int32Array;
  private readonly termsPool: Pool;

  constructor(tables: ExchangeTables, capacity: ExchangeCapacity, book: Book) {
    this.book = book;
    this.terms = tables.terms;
    this.arrivals = tables.arrivals.count;
    this.triggeredLine = LINES_ASIDE * capacity.instruments;
    this.aside = new Ladder(capacity.terms, this.triggeredLine + 1, SPAN_ASIDE, {
      links: tables.aside_links,
      words: tables.aside_words,
      summary: tables.aside_summary,
      keys: tables.aside_keys,
      lines: tables.aside_lines,
    });
    this.termsPool = new Pool('orders with terms', 'capacity.terms', tables.terms_free, tables.terms_pool);
  }

  /** Must run once on a zeroed world. */
  reset(): void {
    this.book.reset();
    this.aside.reset();
    this.arrivals[0] = 1; // rows that the book was filled with from outside are older: 0
  }

  /** True for a stop, or a market order in a call period. */
  isAside(row: number): boolean {
    return this.book.orders.line(row) < 0;
  }

  /** True as long as the order that this row was given to is open. */
  isOpen(row: number): boolean {
    if (this.book.ladder.isLinked(row)) return true;
    if (!this.isAside(row)) return false;
    const terms = this.termsOf(row);
    return terms >= 0 && this.terms.order[terms] === row && this.aside.isLinked(terms);
  }

  /** True if the order of this row and number of arrival, together a name that no other has, is still open. */
  isNamed(row: number, arrival: number): boolean {
    return this.book.orders.arrival(row) === arrival && this.isOpen(row);
  }

  /** The line of an instrument aside of its book. */
  lineOf(instrument: number, line: number): number {
    return LINES_ASIDE * instrument + line;
  }

  /** Instrument of an open order. */
  instrumentOf(row: number): number {
    const line = this.book.orders.line(row);
    return line < 0 ? Math.floor((-1 - line) / LINES_ASIDE) : line >> 1;
  }

  /** Side of an open order. */
  sideOf(row: number): Side {
    const line = this.book.orders.line(row);
    return (line < 0 ? this.terms.side[this.termsOf(row)]! : line & 1) as Side;
  }

  /** Row of an order's terms, or -1. */
  termsOf(row: number): number {
    const owner = this.book.orders.owner(row);
    return owner < NOBODY ? -2 - owner : -1;
  }

  /** Account of an order, or -1. */
  ownerOf(row: number): number {
    const terms = this.termsOf(row);
    return terms < 0 ? this.book.orders.owner(row) : this.terms.owner[terms]!;
  }

  isReduceOnly(row: number): boolean {
    const terms = this.termsOf(row);
    return terms >= 0 && (this.terms.how[terms]! & REDUCE_ONLY) !== 0;
  }

  /** True for a liquidation's own order, which its account can't cancel. */
  isForced(row: number): boolean {
    const terms = this.termsOf(row);
    return terms >= 0 && (this.terms.how[terms]! & FORCED) !== 0;
  }

  /** Open lots of an order, shown and hidden. */
  openLots(row: number): number {
    const terms = this.termsOf(row);
    return this.book.orders.lots(row) + (terms < 0 ? 0 : this.terms.hidden[terms]!);
  }

  /** The account's oldest open order with this tag that it can cancel, or -1. */
  find(owner: number, tag: number): number {
    const { orders } = this.book;
    for (let row = this.book.oldest(owner); row >= 0; row = orders.owner_next[row]! - 1) {
      if (orders.tag(row) === tag && !this.isForced(row)) return row;
    }
    return -1;
  }

  /** The account's oldest open order that it can cancel, or -1. */
  oldest(owner: number): number {
    let row = this.book.oldest(owner);
    while (row >= 0 && this.isForced(row)) row = this.book.orders.owner_next[row]! - 1;
    return row;
  }

  /** The first order on a line aside, or -1. */
  firstAside(line: number): number {
    return this.aside.best[line] === EMPTY ? -1 : this.terms.order[this.aside.firstAtBest(line)]!;
  }

  /** Takes shown lots off an order. What is used up is refilled from its hidden lots, at the back, or gone. */
  consume(row: number, lots: number): void {
    const { ladder, orders } = this.book;
    const left = orders.lots(row) - lots;
    orders.setLots(row, left);
    if (left > 0) return;
    const terms = this.termsOf(row);
    const hidden = terms < 0 ? 0 : this.terms.hidden[terms]!;
    if (hidden === 0) {
      this.remove(row);
      return;
    }
    const shown = Math.min(hidden, this.terms.display[terms]!);
    this.terms.hidden[terms] = hidden - shown;
    orders.setLots(row, shown);
    const key = ladder.keyOf(row);
    ladder.remove(row);
    ladder.insert(orders.line(row), key, row);
  }

  /** Takes an order off where it rests; it is over. */
  remove(row: number): void {
    if (this.book.orders.owner(row) >= NOBODY) {
      this.book.remove(row); // no terms, so it is on the book
      return;
    }
    this.lift(row);
    this.release(row);
  }

  /** Takes an order off where it rests, for a moment: it keeps its row, its age and its place among its owner's. */
  lift(row: number): void {
    if (this.isAside(row)) this.aside.remove(this.termsOf(row));
    else this.book.ladder.remove(row);
  }

  /** Gives back the row of an order that rests nowhere any more. */
  release(row: number): void {
    const terms = this.termsOf(row);
    const owner = this.ownerOf(row);
    if (owner !== NOBODY) this.book.disown(owner, row);
    if (terms >= 0) this.termsPool.give(terms);
    this.book.pool.give(row);
  }

  /** Puts so many lots of a limit order on its book; of its flags REDUCE_ONLY, FORCED and POST_ONLY count. Returns its row. */
  rest(order: Order, price: number, lots: number): number {
    const { owner, display, how } = order;
    const flags = how & (REDUCE_ONLY | FORCED);
    if (display === 0 && flags === 0) {
      const row = this.book.rest(order, price, lots);
      if ((how & POST_ONLY) !== 0) this.book.orders.setPostOnly(row, true);
      this.arrive(row);
      return row;
    }
    const terms = this.termsPool.take();
    const shown = display === 0 ? lots : Math.min(display, lots);
    order.owner = NOBODY; // the terms name it
    const row = this.book.rest(order, price, shown);
    order.owner = owner;
    if ((how & POST_ONLY) !== 0) this.book.orders.setPostOnly(row, true);
    this.giveTerms(row, terms, owner, flags);
    this.terms.hidden[terms] = lots - shown;
    this.terms.display[terms] = display;
    return row;
  }

  /** Puts a lifted order on its book, at the back of its price. */
  restAgain(row: number, instrument: number, side: Side, price: number, lots: number): void {
    const { orders, ladder } = this.book;
    const terms = this.termsOf(row);
    let shown = lots;
    if (terms >= 0) {
      const display = this.terms.display[terms]!;
      if (display > 0) shown = Math.min(display, lots);
      this.terms.hidden[terms] = lots - shown;
      if (display === 0 && this.terms.how[terms] === 0) {
        // A stop that has become a limit order like any other.
        orders.setOwner(row, this.terms.owner[terms]!);
        this.termsPool.give(terms);
      }
    }
    const line = 2 * instrument + side;
    orders.setLine(row, line);
    orders.setLots(row, shown);
    ladder.insert(line, price ^ -side, row);
  }

  /** Puts so many lots of an order on a line aside of the book. `limit`: ticks, 0 for a market order. Returns its row. */
  putAside(order: Order, line: number, key: number, lots: number, limit: number): number {
    const { book } = this;
    const terms = this.termsPool.take();
    const row = book.pool.take();
    book.orders.setLots(row, lots);
    book.orders.setTag(row, order.tag);
    book.orders.setCause(row, book.cause);
    book.orders.setPostOnly(row, false);
    this.giveTerms(row, terms, order.owner, order.how & (REDUCE_ONLY | FORCED));
    this.terms.side[terms] = order.side;
    this.terms.limit[terms] = limit;
    this.insertAside(row, order.instrument, line, key);
    return row;
  }

  /** Puts a lifted order with terms on a line aside of the book. */
  insertAside(row: number, instrument: number, line: number, key: number): void {
    const at = this.lineOf(instrument, line);
    this.book.orders.setLine(row, -1 - at);
    this.aside.insert(at, key, this.termsOf(row));
  }

  private giveTerms(row: number, terms: number, owner: number, how: number): void {
    const { terms: columns } = this;
    columns.order[terms] = row;
    columns.owner[terms] = owner;
    columns.hidden[terms] = 0;
    columns.display[terms] = 0;
    columns.how[terms] = how;
    this.book.orders.setOwner(row, -2 - terms);
    if (owner !== NOBODY) this.book.own(owner, row);
    this.arrive(row);
  }

  /** Numbers an order that has arrived. */
  arrive(row: number): void {
    const { arrivals } = this;
    const number = arrivals[0]!;
    this.book.orders.setArrival(row, number);
    arrivals[0] = number + 1;
  }
}
