/**
 * What plays a flow: the whole exchange, through its commands, or the bare book under it, which knows limit and market
 * orders and leaves settling, stops and all else to its caller. Each starts fresh, and sums up the fills that it hears of.
 */
import { World } from '../../core/world.ts';
import { anyPrice, Book } from '../../market/book.ts';
import * as books from '../../market/book.ts';
import type { Side } from '../../market/book.ts';
import { Exchange } from '../../market/exchange.ts';
import { exchangeSchema } from '../../market/exchange-schema.ts';
import type { Fills } from '../../market/fills.ts';
import { marketSchema } from '../../market/schema.ts';
import type { Flow } from './flows.ts';
import * as flows from './flows.ts';
import type { FillSums } from './reference-book.ts';
import { hashFill } from './reference-book.ts';

// Taken out of their modules: V8 compiles a module's own constants in, but reads imported ones anew at each use.
const { NOBODY, NO_CAUSE } = books;
const { CANCEL, LIMIT } = flows;

export type Engine = 'exchange' | 'book';

export interface Driver {
  /** Plays these messages of the flow. */
  run(from: number, to: number): void;
  readonly sums: FillSums;
}

export function newDriver(engine: Engine, flow: Flow): Driver {
  return engine === 'exchange' ? new ExchangeDriver(flow) : new BookDriver(flow);
}

const FILLS = 1024; // rows of the ring: it stays in the core's own cache
const MAX_SWEEP = FILLS / 2; // fills between two looks at the ring

function capacityFor(flow: Flow) {
  const orders = flow.name === 'mixed' ? 65_536 : 1_100_000;
  return { instruments: 1, orders, owners: 1, span: flow.levels, fills: FILLS };
}

/** What the fills come to that were told so far. */
class Heard {
  private readonly fills: Fills;
  private seen = 0;
  private quantity = 0;
  private notional = 0;
  private hash = 0;

  constructor(fills: Fills) {
    this.fills = fills;
  }

  get sums(): FillSums {
    return { fills: this.seen, quantity: this.quantity, notional: this.notional, hash: this.hash >>> 0 };
  }

  get count(): number {
    return this.seen;
  }

  /** Fills number `from` up to but not including `to`, all of one sweep. */
  add(from: number, to: number): void {
    const { fills } = this;
    const taker = fills.sweeps.takerTag(fills.sweepOf(from));
    let quantity = 0;
    let notional = 0;
    let hash = this.hash;
    for (let n = from; n < to; n++) {
      const row = n & (FILLS - 1);
      const traded = fills.lots(row);
      const at = fills.price(row);
      quantity += traded;
      notional += traded * at;
      hash = hashFill(hash, fills.makerTag(row), taker, at, traded);
    }
    this.seen += to - from;
    this.quantity += quantity;
    this.notional += notional;
    this.hash = hash;
  }
}

class BookDriver implements Driver {
  private readonly flow: Flow;
  private readonly book: Book;
  private readonly rowOf: Int32Array;
  private readonly heard: Heard;

  constructor(flow: Flow) {
    const capacity = capacityFor(flow);
    this.flow = flow;
    this.book = new Book(new World(marketSchema(capacity)).tables, capacity);
    this.book.reset();
    this.rowOf = new Int32Array(flow.maxId + 1);
    this.heard = new Heard(this.book.fills);
  }

  get sums(): FillSums {
    return this.heard.sums;
  }

  run(from: number, to: number): void {
    const { messages } = this.flow;
    const { book, rowOf } = this;
    for (let i = from; i < to; i++) {
      const op = messages[4 * i]! & 255;
      const id = messages[4 * i + 1]!;
      if (op === CANCEL) {
        book.remove(rowOf[id]!);
        continue;
      }
      const side = (messages[4 * i]! >> 8) as Side;
      const price = messages[4 * i + 2]!;
      const limit = op === LIMIT ? price : anyPrice(side);
      const quantity = messages[4 * i + 3]!;
      let left = book.take(0, 0, side, limit, quantity, NOBODY, id, NO_CAUSE, MAX_SWEEP);
      if (left !== quantity) {
        while (this.hear() === MAX_SWEEP) {
          left = book.take(0, 0, side, limit, left, NOBODY, id, NO_CAUSE, MAX_SWEEP);
        }
      }
      if (op === LIMIT && left > 0) rowOf[id] = book.rest(0, side, price, left, NOBODY, id, NO_CAUSE);
    }
  }

  /** Sums up the fills since the last look, and returns how many there were. */
  private hear(): number {
    const from = this.heard.count;
    const to = this.book.fills.count;
    if (to > from) this.heard.add(from, to);
    return to - from;
  }
}

class ExchangeDriver implements Driver {
  private readonly flow: Flow;
  private readonly exchange: Exchange;
  private readonly rowOf: Int32Array;
  private readonly heard: Heard;

  constructor(flow: Flow) {
    const capacity = { ...capacityFor(flow), terms: 1 };
    const { tables } = new World(exchangeSchema(capacity));
    this.flow = flow;
    this.exchange = new Exchange(tables, capacity, [{ selfTrade: 'none' }], this);
    this.exchange.reset();
    this.rowOf = new Int32Array(flow.maxId + 1);
    this.heard = new Heard(this.exchange.book.fills);
  }

  get sums(): FillSums {
    return this.heard.sums;
  }

  run(from: number, to: number): void {
    const { messages } = this.flow;
    const { exchange, rowOf } = this;
    for (let i = from; i < to; i++) {
      const op = messages[4 * i]! & 255;
      const id = messages[4 * i + 1]!;
      if (op === CANCEL) {
        exchange.cancel(rowOf[id]!, 'user');
        continue;
      }
      const side = (messages[4 * i]! >> 8) as Side;
      const quantity = messages[4 * i + 3]!;
      if (op === LIMIT) {
        rowOf[id] = exchange.limit(0, side, messages[4 * i + 2]!, quantity, NOBODY, id, 0, 0);
      } else exchange.market(0, side, quantity, NOBODY, id, 0);
    }
  }

  traded(_: number, from: number, to: number): void {
    this.heard.add(from, to);
  }

  // What else an exchange tells does not happen here, or does not count.
  cancelled(): void {}
  triggered(): void {}
  auction(): void {}
  forced(): void {}
  halted(): void {}
  position(): number {
    return 0;
  }
}
