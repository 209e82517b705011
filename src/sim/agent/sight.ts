/** What an agent sees of a market: prices, sizes, times, and how trading stands. Prices are ticks, sizes lots, times µs. */
import type { ClearingHouse } from '../../clearing/calls/house.ts';
import type { Ledger } from '../../clearing/ledger/ledger.ts';
import type { Book } from '../../market/book.ts';
import { BUY, SELL } from '../../market/book.ts';
import type { Exchange } from '../../market/exchange.ts';
import type { Agenda } from '../terms/agenda.ts';
import type { CallPeriods } from '../terms/trading-rules.ts';
import { LATEST } from './order-more.ts';

/** Columns of the world that tell what everybody can know beside the book: by instrument, but for the activity. */
export interface Knowledge {
  readonly index: Float64Array;
  readonly belief: Float64Array;
  readonly basis: Float64Array;
  readonly stress: Float64Array;
  readonly activity: Float64Array;
}

/** What can be seen of a venue. */
export interface Seen {
  readonly queue: Agenda;
  readonly exchange: Exchange;
  readonly periods: CallPeriods;
  readonly house: ClearingHouse;
  readonly known: Knowledge;
}

/** Of one venue, by whoever's turn it is. */
export class Sight {
  /** The agent's account; set by the engine before each wake. */
  account = 0;
  /** The instrument seen and traded. */
  instrument = 0;
  protected readonly queue: Agenda;
  protected readonly ledger: Ledger;
  private readonly book: Book;
  private readonly exchange: Exchange;
  private readonly periods: CallPeriods;
  private readonly known: Knowledge;

  constructor({ queue, exchange, periods, house, known }: Seen) {
    this.queue = queue;
    this.book = exchange.book;
    this.exchange = exchange;
    this.periods = periods;
    this.ledger = house.ledger;
    this.known = known;
  }

  /** Now, µs since the start. */
  get time(): number {
    return this.queue.now;
  }

  /** The latest time at which an order may end, µs. */
  get latest(): number {
    return LATEST;
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
    return this.known.index[this.instrument]!;
  }

  /** The index with what everybody believes after the trades that they saw, a real number of ticks (flow-belief.ts). */
  get view(): number {
    return this.known.index[this.instrument]! * (1 + this.known.belief[this.instrument]!);
  }

  /** The index with its mean distance from the middle of the book of late, a real number of ticks. */
  get anchor(): number {
    return this.known.index[this.instrument]! * (1 + this.known.basis[this.instrument]!);
  }

  /** Volatility of the price of late over the usual one at this activity: 1 in quiet times. */
  get stress(): number {
    return this.known.stress[this.instrument]!;
  }

  /** Everybody's activity: 1 is the usual one. */
  get activity(): number {
    return this.known.activity[0]!;
  }

  /** What a lot is worth at a price in ticks, quanta: what rates and fees are shares of. */
  lotValue(price: number): number {
    return this.ledger.contracts.notional(this.instrument, 1, price);
  }

  /** What lots (negative: short) gain as the price goes from one to another, quanta. */
  gain(lots: number, from: number, to: number): number {
    return this.ledger.contracts.gain(this.instrument, lots, from, to);
  }

  /** Lots at the best bid and ask. */
  get bidLots(): number {
    return this.book.lotsAt(this.instrument, BUY, this.bid);
  }

  get askLots(): number {
    return this.book.lotsAt(this.instrument, SELL, this.ask);
  }

  /** Open lots of the agent's oldest order with this tag; 0 when there is none (yet: an order takes its time to arrive). */
  openLots(tag: number): number {
    const { open } = this.exchange;
    const row = open.find(this.account, tag);
    return row < 0 ? 0 : open.openLots(row);
  }

  /** True in a call period: orders collect, and trade together when it ends. */
  get isCall(): boolean {
    return this.exchange.isCall(this.instrument);
  }

  /** True while a volatility halt lasts (a call period, too). */
  get isHalted(): boolean {
    return this.periods.isHalted(this.instrument);
  }

  /** Time at which the present call period ends, µs. */
  get callUntil(): number {
    return this.periods.until(this.instrument);
  }

  /** What makers must do during a halt: quote both sides no further apart than this share of the price; 0: need not. */
  get haltSpread(): number {
    return this.periods.haltSpread(this.instrument);
  }

  /** … or quote both sides with at least so many lots; 0: need not. */
  get haltLots(): number {
    return this.periods.haltLots(this.instrument);
  }
}
