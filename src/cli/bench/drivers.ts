/**
 * What plays a flow: the whole exchange, through its commands, or the bare book under it, which knows limit and market
 * orders and leaves settling, stops and all else to its caller. Each starts fresh, and sums up the fills that it hears of.
 */
import { World } from '../../core/world.ts';
import { anyPrice, Book } from '../../market/book.ts';
import type { Side } from '../../market/book.ts';
import { Exchange } from '../../market/exchange.ts';
import { exchangeSchema } from '../../market/exchange-schema.ts';
import type { Fills } from '../../market/fills.ts';
import { newOrder } from '../../market/order.ts';
import { marketSchema } from '../../market/schema.ts';
import type { Flow } from './flows.ts';
import * as flows from './flows.ts';
import type { FillSums } from './reference-book.ts';
import { hashFill } from './reference-book.ts';

// Taken out of their modules: V8 compiles a module's own constants in, but reads imported ones anew at each use.
const { CANCEL, LIMIT } = flows;

export type Engine = 'exchange' | 'book';

/** It begins with the messages played that build the book. */
export interface Driver {
  /** Plays these messages of the flow. */
  run(from: number, to: number): void;
  /** Plays message `i`. */
  play(i: number): void;
  /** Goes back to the beginning. */
  rewind(): void;
  readonly sums: FillSums;
}

export function newDriver(engine: Engine, flow: Flow): Driver {
  return (engine === 'exchange' ? new ExchangeDriver(flow) : new BookDriver(flow)).build(flow.preload);
}

const FILLS = 256; // rows of the ring: it stays in the core's own cache
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

  /** From here on as if these had been all. */
  set(sums: FillSums): void {
    this.seen = sums.fills;
    this.quantity = sums.quantity;
    this.notional = sums.notional;
    this.hash = sums.hash | 0;
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

/** What both have: a world, the rows of the orders by their ids, what was heard, and all of it as it was at the beginning. */
abstract class FlowDriver implements Driver {
  protected readonly messages: Int32Array;
  /** Rows of open orders by their ids: the caller's own table, as small as they allow, for the cache is the engine's. */
  protected readonly rowOf: Uint16Array | Int32Array;
  private start:
    { readonly world: Uint8Array; readonly rows: ArrayLike<number>; readonly sums: FillSums } | undefined;

  constructor(flow: Flow) {
    this.messages = flow.messages;
    this.rowOf = new (capacityFor(flow).orders <= 0x10000 ? Uint16Array : Int32Array)(flow.maxId + 1);
  }

  get sums(): FillSums {
    return this.heard.sums;
  }

  protected abstract readonly world: { save(): Uint8Array; load(snapshot: Uint8Array): void };
  protected abstract readonly heard: Heard;

  abstract play(i: number): void;

  run(from: number, to: number): void {
    for (let i = from; i < to; i++) this.play(i);
  }

  build(preload: number): this {
    this.run(0, preload);
    this.start = { world: this.world.save(), rows: this.rowOf.slice(), sums: this.sums };
    return this;
  }

  rewind(): void {
    const { world, rows, sums } = this.start!;
    this.world.load(world);
    this.rowOf.set(rows);
    this.heard.set(sums);
  }
}

class BookDriver extends FlowDriver {
  protected readonly world;
  protected readonly heard: Heard;
  private readonly book: Book;
  private readonly order = newOrder();

  constructor(flow: Flow) {
    super(flow);
    const capacity = capacityFor(flow);
    this.world = new World(marketSchema(capacity));
    this.book = new Book(this.world.tables, capacity);
    this.book.reset();
    this.heard = new Heard(this.book.fills);
  }

  play(i: number): void {
    const { messages, book, rowOf, order } = this;
    const at = i << 2;
    const head = messages[at]!;
    const op = head & 255;
    const id = messages[at | 1]!;
    if (op === CANCEL) {
      book.remove(rowOf[id]!);
      return;
    }
    const side = (head >> 8) as Side;
    const price = messages[at | 2]!;
    const limit = op === LIMIT ? price : anyPrice(side);
    const quantity = messages[at | 3]!;
    order.side = side;
    order.tag = id;
    let left = book.take(order, limit, quantity, MAX_SWEEP);
    if (left !== quantity) {
      while (this.hear() === MAX_SWEEP) {
        left = book.take(order, limit, left, MAX_SWEEP);
      }
    }
    if (op === LIMIT && left > 0) rowOf[id] = book.rest(order, price, left);
  }

  /** Sums up the fills since the last look, and returns how many there were. */
  private hear(): number {
    const from = this.heard.count;
    const to = this.book.fills.count;
    if (to > from) this.heard.add(from, to);
    return to - from;
  }
}

class ExchangeDriver extends FlowDriver {
  protected readonly world;
  protected readonly heard: Heard;
  private readonly exchange: Exchange;
  private readonly order = newOrder();

  constructor(flow: Flow) {
    super(flow);
    const capacity = { ...capacityFor(flow), terms: 1 };
    this.world = new World(exchangeSchema(capacity));
    this.exchange = new Exchange(this.world.tables, capacity, [{ selfTrade: 'none' }], this);
    this.exchange.reset();
    this.heard = new Heard(this.exchange.book.fills);
  }

  play(i: number): void {
    const { messages, exchange, rowOf, order } = this;
    const at = i << 2;
    const head = messages[at]!;
    const op = head & 255;
    const id = messages[at | 1]!;
    if (op === CANCEL) {
      exchange.cancel(rowOf[id]!, 'user');
      return;
    }
    order.side = (head >> 8) as Side;
    order.price = messages[at | 2]!;
    order.lots = messages[at | 3]!;
    order.tag = id;
    if (op === LIMIT) rowOf[id] = exchange.limit(order);
    else exchange.market(order);
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
