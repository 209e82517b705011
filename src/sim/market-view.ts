/**
 * What an agent sees of the market, and the commands it can give. Commands are events: they arrive after the latency of
 * orders, whatever the market looks like then. Prices are ticks, sizes lots, times µs.
 */
import type { Ledger } from '../clearing/ledger.ts';
import { InvariantError } from '../core/errors.ts';
import { MAX_KEY } from '../core/ladder.ts';
import type { EventQueue } from '../core/queue.ts';
import type { Book } from '../market/book.ts';
import { BUY, SELL } from '../market/book.ts';
import { CANCEL, CANCEL_ALL, CANCEL_OLDEST, IMMEDIATE, LIMIT, MARKET, TOP_UP } from './events.ts';

/** Most lots in one order. */
const MAX_LOTS = 0x7fffffff;

export class Market {
  /** The agent's account; set by the engine before each wake. */
  account = 0;
  /** The instrument seen and traded. */
  instrument = 0;
  private readonly queue: EventQueue;
  private readonly book: Book;
  private readonly ledger: Ledger;
  private readonly indexes: Float64Array;
  private readonly latency: number;

  constructor(queue: EventQueue, book: Book, ledger: Ledger, index: Float64Array, orderLatency: number) {
    this.queue = queue;
    this.book = book;
    this.ledger = ledger;
    this.indexes = index;
    this.latency = orderLatency;
  }

  /** Looks at and trades another instrument until the agent sleeps again. */
  at(instrument: number): this {
    this.instrument = instrument;
    return this;
  }

  /** Now, µs since the start. */
  get time(): number {
    return this.queue.now;
  }

  /** Best bid, or 0 when there is none. */
  get bid(): number {
    return this.book.bestBid(this.instrument);
  }

  /** Best ask, or 0 when there is none. */
  get ask(): number {
    return this.book.bestAsk(this.instrument);
  }

  /** Middle of the best prices; with a side empty the last price, or the mark before the first trade. */
  get mid(): number {
    const bid = this.bid;
    const ask = this.ask;
    if (bid > 0 && ask > 0) return (bid + ask) / 2;
    return this.last;
  }

  /** Last traded price, or the mark before the first trade. */
  get last(): number {
    const last = this.book.lastPrice(this.instrument);
    return last > 0 ? last : this.mark;
  }

  /** Price that positions are margined at. */
  get mark(): number {
    return this.ledger.marks[this.instrument]!;
  }

  /** Price on other venues: what the instrument is thought to be worth, a real number of ticks. */
  get index(): number {
    return this.indexes[this.instrument]!;
  }

  /** Quanta of value per tick of price and lot of size. */
  get tickLot(): number {
    return this.ledger.tickLot[this.instrument]!;
  }

  /** Lots at the best bid and ask. */
  get bidLots(): number {
    return this.book.lotsAt(this.instrument, BUY, this.bid);
  }

  get askLots(): number {
    return this.book.lotsAt(this.instrument, SELL, this.ask);
  }

  /** Limit order, good till cancelled; negative lots sell. `tag`: the agent's own number for it, for `cancel`. */
  limit(lots: number, price: number, tag = 0): void {
    if (lots === 0 || price < 1) return;
    this.send(LIMIT, price, lots, tag);
  }

  /** Takes what there is at `price` or better; the rest is dropped. Negative lots sell. */
  immediate(lots: number, price: number, tag = 0): void {
    if (lots === 0 || price < 1) return;
    this.send(IMMEDIATE, price, lots, tag);
  }

  /** Market order: takes what there is. */
  buy(lots: number, tag = 0): void {
    if (lots > 0) this.send(MARKET, 0, lots, tag);
  }

  sell(lots: number, tag = 0): void {
    if (lots > 0) this.send(MARKET, 0, -lots, tag);
  }

  /** Cancels the oldest open order with this tag. */
  cancel(tag: number): void {
    this.send(CANCEL, 0, 0, tag);
  }

  /** Cancels the oldest open order. */
  cancelOldest(): void {
    this.send(CANCEL_OLDEST, 0, 0, 0);
  }

  /** Cancels all open orders in this instrument. */
  cancelAll(): void {
    this.send(CANCEL_ALL, 0, 0, 0);
  }

  /** Brings money (quanta) from the reserve, as far as it goes; it arrives after `delay` µs. */
  topUp(quanta: number, delay: number): void {
    const row = this.queue.schedule(
      this.queue.now + Math.round(delay),
      TOP_UP,
      this.account,
      this.instrument,
    );
    this.queue.columns.x[row] = Math.ceil(quanta);
  }

  private send(kind: number, price: number, lots: number, tag: number): void {
    // The columns are int32: what does not fit would come out as another order.
    if (!(price <= MAX_KEY && lots >= -MAX_LOTS && lots <= MAX_LOTS)) {
      throw new InvariantError(`agent of account ${this.account}: order of ${lots} lots at ${price} ticks`);
    }
    const row = this.queue.schedule(this.queue.now + this.latency, kind, this.account, this.instrument);
    const { a, b, c } = this.queue.columns;
    a[row] = price;
    b[row] = lots;
    c[row] = tag;
  }
}
