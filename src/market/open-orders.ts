/**
 * All open orders of an exchange: those on the books, with or without further terms, and those aside of them (stops,
 * market orders in a call period). An order keeps its row, its age and its place in its owner's list until it is over.
 */
import { Ladder } from '../core/ladder.ts';
import { Pool } from '../core/pool.ts';
import type { Side } from './book.ts';
import { Book, NO_CAUSE, NOBODY } from './book.ts';
import type { ExchangeTables } from './exchange-schema.ts';
import { LINES_ASIDE, spanAside } from './exchange-schema.ts';
import type { MarketCapacity } from './schema.ts';

/** Lines aside, by instrument: stops that wait for a falling or a rising price, then waiting buyers and sellers. */
export const FALLING = 0;
export const RISING = 1;
export const WAITING = 2; // + side

export class OpenOrders {
  readonly book: Book;
  readonly aside: Ladder;
  readonly terms: ExchangeTables['terms'];
  /** Number of each row's arrival. */
  readonly age: Float64Array;
  /** Line of the stops that were triggered and not yet executed. */
  readonly triggeredLine: number;
  private readonly arrivals: Float64Array;
  private readonly termsPool: Pool;

  constructor(tables: ExchangeTables, capacity: MarketCapacity) {
    this.book = new Book(tables, capacity);
    this.terms = tables.terms;
    this.age = tables.arrivals.age;
    this.arrivals = tables.arrivals_cell.count;
    this.triggeredLine = LINES_ASIDE * capacity.instruments;
    this.aside = new Ladder(capacity.orders, this.triggeredLine + 1, spanAside, {
      links: tables.aside_links,
      words: tables.aside_words,
      summary: tables.aside_summary,
      keys: tables.aside_keys,
      lines: tables.aside_lines,
    });
    this.termsPool = new Pool('terms of orders', 'capacity.orders', tables.terms_free, tables.terms_pool);
  }

  /** Must run once on a zeroed world. */
  reset(): void {
    this.book.reset();
    this.aside.reset();
  }

  /** True for a stop, or a market order in a call period. */
  isAside(row: number): boolean {
    return this.book.orders.line[row]! < 0;
  }

  /** The line of an instrument aside of its book. */
  lineOf(instrument: number, line: number): number {
    return LINES_ASIDE * instrument + line;
  }

  /** Instrument of an order aside. */
  instrumentAside(row: number): number {
    return Math.floor((-1 - this.book.orders.line[row]!) / LINES_ASIDE);
  }

  /** Row of an order's terms, or -1. */
  termsOf(row: number): number {
    const owner = this.book.orders.owner[row]!;
    return owner < NOBODY ? -2 - owner : -1;
  }

  /** Account of an order, or -1. */
  ownerOf(row: number): number {
    const terms = this.termsOf(row);
    return terms < 0 ? this.book.orders.owner[row]! : this.terms.owner[terms]!;
  }

  /** Open lots of an order, shown and hidden. */
  openLots(row: number): number {
    const terms = this.termsOf(row);
    return this.book.orders.lots[row]! + (terms < 0 ? 0 : this.terms.hidden[terms]!);
  }

  /** Takes shown lots off an order. What is used up is refilled from its hidden lots, at the back, or gone. */
  consume(row: number, lots: number): void {
    const { ladder, orders } = this.book;
    const left = orders.lots[row]! - lots;
    orders.lots[row] = left;
    if (left > 0) return;
    const terms = this.termsOf(row);
    const hidden = terms < 0 ? 0 : this.terms.hidden[terms]!;
    if (hidden === 0) {
      this.remove(row);
      return;
    }
    const shown = Math.min(hidden, this.terms.display[terms]!);
    this.terms.hidden[terms] = hidden - shown;
    orders.lots[row] = shown;
    const key = ladder.key[row]!;
    ladder.remove(row);
    ladder.insert(orders.line[row]!, key, row);
  }

  /** Takes an order off where it rests; it is over. */
  remove(row: number): void {
    if (this.isAside(row)) this.aside.remove(row);
    else this.book.ladder.remove(row);
    this.release(row);
  }

  /** Gives back the row of an order that rests nowhere any more. */
  release(row: number): void {
    const terms = this.termsOf(row);
    const owner = this.ownerOf(row);
    if (owner !== NOBODY) this.book.disown(owner, row);
    if (terms >= 0) this.termsPool.give(terms);
    this.book.pool.give(row);
  }

  /** Puts a limit order on its book. `display`: lots shown at a time, 0 for all. Returns its row. */
  rest(
    instrument: number,
    side: Side,
    price: number,
    lots: number,
    owner: number,
    tag: number,
    display: number,
    reduceOnly: boolean,
  ): number {
    const { book } = this;
    if (display === 0 && !reduceOnly) {
      const row = book.rest(instrument, side, price, lots, owner, tag, NO_CAUSE);
      this.arrive(row);
      return row;
    }
    const shown = display === 0 ? lots : Math.min(display, lots);
    const row = book.rest(instrument, side, price, shown, NOBODY, tag, NO_CAUSE);
    const terms = this.giveTerms(row, owner);
    this.terms.hidden[terms] = lots - shown;
    this.terms.display[terms] = display;
    this.terms.reduce_only[terms] = reduceOnly ? 1 : 0;
    return row;
  }

  /** Puts an order on a line aside of the book. */
  putAside(
    instrument: number,
    line: number,
    key: number,
    side: Side,
    lots: number,
    limit: number,
    owner: number,
    tag: number,
  ): number {
    const { book } = this;
    const row = book.pool.take(-1);
    const at = this.lineOf(instrument, line);
    book.orders.line[row] = -1 - at;
    book.orders.lots[row] = lots;
    book.orders.tag[row] = tag;
    book.orders.cause[row] = NO_CAUSE;
    const terms = this.giveTerms(row, owner);
    this.terms.side[terms] = side;
    this.terms.limit[terms] = limit;
    this.aside.insert(at, key, row);
    return row;
  }

  private giveTerms(row: number, owner: number): number {
    const terms = this.termsPool.take();
    const { terms: columns } = this;
    columns.owner[terms] = owner;
    columns.hidden[terms] = 0;
    columns.display[terms] = 0;
    columns.reduce_only[terms] = 0;
    this.book.orders.owner[row] = -2 - terms;
    if (owner !== NOBODY) this.book.own(owner, row);
    this.arrive(row);
    return terms;
  }

  private arrive(row: number): void {
    const { arrivals: count } = this;
    this.age[row] = count[0]!;
    count[0] = count[0]! + 1;
  }
}
