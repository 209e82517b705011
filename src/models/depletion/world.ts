/**
 * Queue depletion: only the best bid and ask queues, one tick apart, growing and shrinking by one order at a time; the
 * price moves when one of them is empty.
 *
 * On each side an order arrives at rate λ and leaves at rate ν (here by a market order: execution or cancellation is the
 * same to a queue's length). When the ask queue is empty the price moves up a tick, when the bid queue is empty, down;
 * what is left of the other queue goes, and both are drawn anew from a joint law, one after up-moves and another one after
 * down-moves. So the direction of a move depends on that of the move before and on nothing else before it.
 * Source: R. Cont, A. de Larrard, "Price dynamics in a Markovian limit order market", SIAM J. Financial Math. 4 (2013) 1.
 *
 * The price starts afresh whenever it moves in one given direction. The stretches between such moves are cycles, which
 * are independent and alike; a run counts whole cycles only.
 */
import { InvariantError } from '../../core/errors.ts';
import { Rng } from '../../core/rng.ts';
import type { RunKey } from '../../core/seed.ts';
import { deriveStream, hashName } from '../../core/seed.ts';
import type { Columns, TableSchema } from '../../core/world.ts';
import { World } from '../../core/world.ts';
import type { Side } from '../../market/book.ts';
import { anyPrice, Book, BUY, SELL } from '../../market/book.ts';
import { newOrder } from '../../market/order.ts';
import { marketSchema } from '../../market/schema.ts';
import type { Refill, RefillLaw } from './refill.ts';
import { refillOf } from './refill.ts';

export interface DepletionSettings {
  /** λ: arrivals per unit of time at each of the two queues. */
  readonly arrival_rate: number;
  /** ν: departures per unit of time. */
  readonly removal_rate: number;
  /** Orders in the first bid and ask queue. */
  readonly bid: number;
  readonly ask: number;
  /** Laws of (bid queue, ask queue) after a move up and after a move down. */
  readonly refill_up: RefillLaw;
  readonly refill_down: RefillLaw;
  /** Price moves per run: the first, and if more are asked for, cycles until there are at least so many. */
  readonly moves: number;
  /** Orders that the two queues can hold. */
  readonly orders: number;
}

/** First bid, ticks: far from the ends of the price axis. */
const START = 0x20000000;
/** Moves before the direction is chosen whose moves bound the cycles: the usual one is likely, cycles are short. */
const RUN_IN = 16;
/** The owner of all orders. */
const CROWD = 0;
/** A cycle with more moves than this is no cycle. */
const CYCLE_MOVES = 10_000_000;

/** One row. Sums are over the cycles of the run; times in the unit of the rates. */
const resultSchema = {
  rows: 1,
  columns: {
    bid: 'i32', // now, ticks
    time: 'f64', // now
    up: 'i32', // the last move was up
    moves: 'i32', // so far
    events: 'f64', // arrivals and departures so far
    first_up: 'i32',
    first_duration: 'f64',
    cycles: 'i32',
    counted: 'i32', // moves in cycles
    ups: 'i32', // of these, up
    continued: 'i32', // of these, in the direction of the move before
    continued_up: 'i32', // of these, up
    x: 'f64', // price change, ticks
    t: 'f64', // duration
    xx: 'f64',
    xt: 'f64',
    tt: 'f64',
  },
} as const satisfies TableSchema;

export class QueueDepletion {
  readonly book: Book;
  /** What rests and what takes. */
  private readonly order = newOrder({ owner: CROWD });
  private readonly taker = newOrder();
  readonly result: Columns<typeof resultSchema>;
  private readonly settings: DepletionSettings;
  private readonly streams: Columns<{ rows: 1; columns: { a: 'i32'; b: 'i32'; c: 'i32'; d: 'i32' } }>;
  private readonly rng: Rng;
  private readonly afterUp: Refill;
  private readonly afterDown: Refill;
  /** Mean time between two events. */
  private readonly gap: number;
  /** P(an event is an arrival) in units of 2^-31. */
  private readonly arrivals: number;

  constructor(settings: DepletionSettings) {
    const capacity = { instruments: 1, orders: settings.orders, owners: 1, span: 1024, fills: 64 };
    const { tables } = new World({
      ...marketSchema(capacity),
      streams: { rows: 1, columns: { a: 'i32', b: 'i32', c: 'i32', d: 'i32' } },
      depletion: resultSchema,
    });
    const { arrival_rate: lambda, removal_rate: nu } = settings;
    this.settings = settings;
    this.book = new Book(tables, capacity);
    this.book.reset();
    this.streams = tables.streams;
    this.result = tables.depletion;
    this.rng = new Rng(tables.streams.a, tables.streams.b, tables.streams.c, tables.streams.d);
    this.afterUp = refillOf(settings.refill_up);
    this.afterDown = refillOf(settings.refill_down);
    this.gap = 1 / (2 * (lambda + nu));
    this.arrivals = Math.round((lambda / (lambda + nu)) * 0x80000000);
  }

  /** One run; `result` holds what it found. An empty book is all that it needs of the run before, and makes. */
  run(key: RunKey): void {
    const { result, settings } = this;
    deriveStream(key, hashName('depletion'), 0, 0, this.streams, 0);
    for (const column of Object.values(result)) column[0] = 0;
    result.bid[0] = START;
    this.queues(settings.bid, settings.ask);
    this.move();
    result.first_up[0] = result.up[0]!;
    result.first_duration[0] = result.time[0]!;
    if (settings.moves > 1) {
      while (result.moves[0]! < RUN_IN) this.move();
      while (result.counted[0]! < settings.moves) this.cycle();
    }
  }

  /** From now, just after a move, to just after the next one in its direction. */
  private cycle(): void {
    const { result } = this;
    const direction = result.up[0]!;
    const bid = result.bid[0]!;
    const time = result.time[0]!;
    let moves = 0;
    let before = direction;
    do {
      this.move();
      moves++;
      if (moves > CYCLE_MOVES) throw new InvariantError(`the price did not turn in ${CYCLE_MOVES} moves`);
      const up = result.up[0]!;
      result.ups[0] = result.ups[0]! + up;
      if (up === before) {
        result.continued[0] = result.continued[0]! + 1;
        result.continued_up[0] = result.continued_up[0]! + up;
      }
      before = up;
    } while (before !== direction);
    const x = result.bid[0]! - bid;
    const t = result.time[0]! - time;
    result.cycles[0] = result.cycles[0]! + 1;
    result.counted[0] = result.counted[0]! + moves;
    result.x[0] = result.x[0]! + x;
    result.t[0] = result.t[0]! + t;
    result.xx[0] = result.xx[0]! + x * x;
    result.xt[0] = result.xt[0]! + x * t;
    result.tt[0] = result.tt[0]! + t * t;
  }

  /** Events until a queue is empty; then the price moves and both queues are drawn anew. */
  private move(): void {
    const { book, rng, result, gap, arrivals, order, taker } = this;
    const bid = result.bid[0]!;
    let time = result.time[0]!;
    let events = 0;
    for (;;) {
      time += rng.exponential(gap);
      events++;
      const draw = rng.int32();
      const side = (draw & 1) as Side;
      if (draw >>> 1 < arrivals) {
        order.side = side;
        book.rest(order, bid + side, 1);
        continue;
      }
      // The book's own clock stays at 0: this model's time has no unit, and nobody reads when a fill was.
      taker.side = side === BUY ? SELL : BUY;
      book.take(taker, anyPrice(taker.side), 1, 1);
      if ((side === BUY ? book.bestBid(0) : book.bestAsk(0)) === 0) break;
    }
    const up = book.bestAsk(0) === 0 ? 1 : 0;
    result.time[0] = time;
    result.events[0] = result.events[0]! + events;
    result.moves[0] = result.moves[0]! + 1;
    result.up[0] = up;
    result.bid[0] = bid + 2 * up - 1;
    const refill = up === 1 ? this.afterUp : this.afterDown;
    refill.draw(rng);
    this.queues(refill.bid, refill.ask);
  }

  /** Replaces what rests in the book by two new queues at the price of now. */
  private queues(bidLots: number, askLots: number): void {
    const { book, order } = this;
    const bid = this.result.bid[0]!;
    for (let row = book.oldest(CROWD); row >= 0; row = book.oldest(CROWD)) book.remove(row);
    order.side = BUY;
    book.rest(order, bid, bidLots);
    order.side = SELL;
    book.rest(order, bid + 1, askLots);
  }
}
