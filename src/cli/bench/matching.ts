/** The order book alone: time per message on the flows of SPEED.md, and proof that its fills are the right ones. */
import { World } from '../../core/world.ts';
import { anyPrice, Book, NO_CAUSE, NOBODY } from '../../market/book.ts';
import type { Side } from '../../market/book.ts';
import { marketSchema } from '../../market/schema.ts';
import type { Flow, FlowName } from './flows.ts';
import { CANCEL, FULL, generateFlow, LIMIT } from './flows.ts';
import { bestOf } from './measure.ts';
import type { FillSums } from './reference-book.ts';
import { hashFill } from './reference-book.ts';

export interface MatchingResult extends FillSums {
  readonly messages: number;
  readonly ns_per_op: number;
  /** Each repetition's. */
  readonly all_ns_per_op: readonly number[];
  /** What the fills should be: SPEED.md's for a full flow, the reference book's for a shorter one. */
  readonly expected: FillSums;
  readonly correct: boolean;
}

// Own copies: V8 compiles a module's own constant in, but reads an imported one anew at each use.
const LIMIT_ORDER = LIMIT;
const CANCEL_ORDER = CANCEL;
const OWNER = NOBODY;
const CAUSE = NO_CAUSE;

const FILLS = 1024; // rows of the ring: it stays in the core's own cache
const MAX_SWEEP = FILLS / 2; // fills between two looks at the ring

/** Measures one flow with its first `timed` messages (undefined: all). */
export function measureMatching(
  name: FlowName,
  timed: number | undefined,
  repetitions: number,
): MatchingResult {
  const flow = generateFlow(name, timed);
  const expected = timed === undefined ? FULL[name].sums : flow.expected;
  let driver: Driver | undefined;
  const { ns, all_ns } = bestOf(
    repetitions,
    () => {
      driver = new Driver(flow);
      driver.run(0, flow.preload);
      return driver;
    },
    (prepared) => {
      prepared.run(flow.preload, flow.count);
    },
  );
  const messages = flow.count - flow.preload;
  const sums = driver!.sums;
  return {
    messages,
    ns_per_op: ns / messages,
    all_ns_per_op: all_ns.map((each) => each / messages),
    ...sums,
    expected,
    correct: sameSums(sums, expected) && sameSums(flow.expected, expected),
  };
}

/** Worlds that take turns in one process, and messages that each handles at a time. */
const WORLDS = 8;
const TURN = 64;

export interface AlternatingResult {
  readonly worlds: number;
  /** Of all worlds together. */
  readonly messages: number;
  readonly ns_per_op: number;
  readonly all_ns_per_op: readonly number[];
}

/** The mixed flow in several worlds that take turns: what caches and compiled code make of more than one. */
export function measureAlternating(timed: number, repetitions: number): AlternatingResult {
  const flow = generateFlow('mixed', timed);
  const { ns, all_ns } = bestOf(
    repetitions,
    () => {
      const drivers = Array.from({ length: WORLDS }, () => new Driver(flow));
      for (const driver of drivers) driver.run(0, flow.preload);
      return drivers;
    },
    (drivers) => {
      for (let from = flow.preload; from < flow.count; from += TURN) {
        const to = Math.min(flow.count, from + TURN);
        for (const driver of drivers) driver.run(from, to);
      }
    },
  );
  const messages = WORLDS * timed;
  return {
    worlds: WORLDS,
    messages,
    ns_per_op: ns / messages,
    all_ns_per_op: all_ns.map((each) => each / messages),
  };
}

/** The fills of a flow by the engine's book. */
export function engineSums(flow: Flow): FillSums {
  const driver = new Driver(flow);
  driver.run(0, flow.count);
  return driver.sums;
}

function sameSums(a: FillSums, b: FillSums): boolean {
  return a.fills === b.fills && a.quantity === b.quantity && a.notional === b.notional && a.hash === b.hash;
}

/** A fresh book, and the loop that a venue would be: orders in, fills out. */
class Driver {
  private readonly flow: Flow;
  private readonly book: Book;
  private readonly rowOf: Int32Array;
  private seen = 0;
  private quantity = 0;
  private notional = 0;
  private hash = 0;

  constructor(flow: Flow) {
    const orders = flow.name === 'mixed' ? 65_536 : 1_100_000;
    const capacity = { instruments: 1, orders, owners: 1, span: flow.levels, fills: FILLS };
    this.flow = flow;
    this.book = new Book(new World(marketSchema(capacity)).tables, capacity);
    this.book.reset();
    this.rowOf = new Int32Array(flow.maxId + 1);
  }

  get sums(): FillSums {
    return {
      fills: this.seen,
      quantity: this.quantity,
      notional: this.notional,
      hash: this.hash >>> 0,
    };
  }

  run(from: number, to: number): void {
    const { messages } = this.flow;
    const book = this.book;
    const rowOf = this.rowOf;
    for (let i = from; i < to; i++) {
      const op = messages[4 * i]! & 255;
      const id = messages[4 * i + 1]!;
      if (op === CANCEL_ORDER) {
        book.remove(rowOf[id]!);
        continue;
      }
      const side = (messages[4 * i]! >> 8) as Side;
      const price = messages[4 * i + 2]!;
      const limit = op === LIMIT_ORDER ? price : anyPrice(side);
      const quantity = messages[4 * i + 3]!;
      let left = book.take(0, 0, side, limit, quantity, OWNER, id, CAUSE, MAX_SWEEP);
      if (left !== quantity) {
        while (this.drain() === MAX_SWEEP) {
          left = book.take(0, 0, side, limit, left, OWNER, id, CAUSE, MAX_SWEEP);
        }
      }
      if (op === LIMIT_ORDER && left > 0) rowOf[id] = book.rest(0, side, price, left, OWNER, id, CAUSE);
    }
  }

  /** Sums up the fills since the last look, and returns how many there were. */
  private drain(): number {
    const { fills } = this.book;
    const fillCount = fills.count;
    const from = this.seen;
    if (fillCount === from) return 0;
    // One order's fills: the last sweep's taker is the taker of them all.
    const taker = fills.sweeps.taker_tag[fills.sweepOf(fillCount - 1)]!;
    const { price, lots, maker_tag } = fills.columns;
    let quantity = 0;
    let notional = 0;
    let hash = this.hash;
    for (let n = from; n < fillCount; n++) {
      const row = n & (FILLS - 1);
      const traded = lots[row]!;
      const at = price[row]!;
      quantity += traded;
      notional += traded * at;
      hash = hashFill(hash, maker_tag[row]!, taker, at, traded);
    }
    this.seen = fillCount;
    this.quantity += quantity;
    this.notional += notional;
    this.hash = hash;
    return fillCount - from;
  }
}
