/**
 * The two order flows of the bench, so that engines can be compared on the same work: a mixed flow on a dense book, and
 * a crash through a deep sparse one. A port of tools/orderflow-gen.mjs, message for message: integers only, fixed seeds.
 * It keeps a reference book of its own (slow, plain), whose fills are what the engine's must equal.
 *
 * A message is 4 integers: op | side << 8; order id (1, 2, 3 … for every limit and market order; of a cancel: the
 * order's); price in ticks (0 for a market order); lots (0 for a cancel).
 */

import type { FillSums } from './reference-book.ts';
import { ReferenceBook } from './reference-book.ts';

export const LIMIT = 0;
export const CANCEL = 1;
const MARKET = 2;

export type FlowName = 'mixed' | 'crash';

export interface Flow {
  readonly name: FlowName;
  /** Messages of 4 integers, one after another. */
  readonly messages: Int32Array;
  readonly count: number;
  /** Messages before the timed ones: they build the book. */
  readonly preload: number;
  readonly maxId: number;
  /** Prices are 1 to levels - 2. */
  readonly levels: number;
  /** By the reference book. */
  readonly expected: FillSums;
}

/** The full flows: timed messages, and the fills that three independent books agree on. */
export const FULL: Readonly<Record<FlowName, { readonly timed: number; readonly sums: FillSums }>> = {
  mixed: {
    timed: 5_000_000,
    sums: { fills: 1_175_006, quantity: 37_787_377, notional: 378_202_876_450, hash: 2_033_566_897 },
  },
  crash: {
    timed: 400_000,
    sums: { fills: 1_274_667, quantity: 46_425_660, notional: 695_556_153_318, hash: 1_464_497_005 },
  },
};

const MIXED = { seed: 20240601, levels: 16_384, preload: 100_000 };
const CRASH = { seed: 20240602, levels: 32_768, preload: 1_060_000 };

/** A flow with its first `timed` messages; a shorter one is a prefix of a longer one. */
export function generateFlow(name: FlowName, timed: number = FULL[name].timed): Flow {
  const { seed, levels, preload } = name === 'mixed' ? MIXED : CRASH;
  const writer = new Writer(seed, levels, preload + timed);
  if (name === 'mixed') {
    for (let m = 0; m < preload; m++) writer.mixed(m);
    for (let m = 0; m < timed; m++) writer.mixed(m);
  } else {
    for (let m = 0; m < preload; m++) writer.deepBook(m);
    for (let m = 0; m < timed; m++) writer.crash();
  }
  const { messages, count, lastId, sums } = writer;
  return { name, messages, count, preload, maxId: lastId, levels, expected: sums };
}

/** xoshiro128** seeded by four outputs of splitmix32. */
class Draws {
  readonly #state = new Int32Array(4);

  constructor(seed: number) {
    let state = seed | 0;
    for (let i = 0; i < 4; i++) {
      state = (state + 0x9e3779b9) | 0;
      let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      this.#state[i] = z ^ (z >>> 15);
    }
  }

  u32(): number {
    const s = this.#state;
    const result = Math.imul(rotate(Math.imul(s[1]!, 5), 7), 9);
    const t = s[1]! << 9;
    s[2] = s[2]! ^ s[0]!;
    s[3] = s[3]! ^ s[1]!;
    s[1] = s[1]! ^ s[2];
    s[0] = s[0]! ^ s[3];
    s[2] = s[2] ^ t;
    s[3] = rotate(s[3], 11);
    return result >>> 0;
  }

  /** An integer from 0 to n - 1; exact for n < 2^21. */
  below(n: number): number {
    return Math.floor((this.u32() * n) / 4294967296);
  }

  /** Geometric with p = 1/9, mean 8. */
  geometric(): number {
    let k = 0;
    while (this.u32() >= 477218588) k++;
    return k;
  }
}

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** Decides the messages, which depend on the book as it is, and executes them on the reference book. */
class Writer {
  readonly messages: Int32Array;
  count = 0;
  readonly #draws: Draws;
  readonly #levels: number;
  readonly #book: ReferenceBook;
  #nextId = 1;
  #fair = 10_000;

  constructor(seed: number, levels: number, messages: number) {
    this.messages = new Int32Array(4 * messages);
    this.#draws = new Draws(seed);
    this.#book = new ReferenceBook(levels, messages + 1);
    this.#levels = levels;
  }

  get lastId(): number {
    return this.#nextId - 1;
  }

  get sums(): FillSums {
    return this.#book.sums;
  }

  /** 10 % marketable, the rest adds and cancels that hold about 10,000 orders in the book. */
  mixed(m: number): void {
    const draws = this.#draws;
    if ((m & 511) === 0 && m > 0) {
      this.#fair = Math.min(11_000, Math.max(9_000, this.#fair + (draws.below(2) ? 1 : -1)));
    }
    if (draws.below(100) < 10 && this.#book.bidLevels >= 3 && this.#book.askLevels >= 3) this.#marketable();
    else if (draws.below(24_000) >= this.#book.liveCount) this.#passive();
    else {
      // Seven of eight cancels hit a recent order, the others any.
      let id = 0;
      if (draws.below(8) !== 0) {
        for (let i = 0; i < 8 && id === 0; i++) {
          const candidate = this.#nextId - 1 - draws.below(128);
          if (candidate > 0 && this.#book.isLive(candidate)) id = candidate;
        }
      }
      this.#cancel(id === 0 ? this.#book.live[draws.below(this.#book.liveCount)]! : id);
    }
  }

  /** One order of a million bids on 4,000 sparse levels and 60,000 asks. */
  deepBook(m: number): void {
    const draws = this.#draws;
    if (m % 53 < 50) {
      const level = draws.below(4000);
      this.#limit(0, 23_999 - 5 * level - ((level * 7) % 3), 1 + draws.below(100));
    } else {
      const price = 24_001 + draws.geometric() + draws.geometric() + draws.geometric();
      this.#limit(1, price, 1 + draws.below(100));
    }
  }

  /** 90 % market sells, some of them large. */
  crash(): void {
    const draws = this.#draws;
    const r = draws.below(100);
    const middle = () => (this.#book.bid > 0 ? this.#book.bid : this.#book.ask - 2);
    if (r < 90 && this.#book.bidLevels >= 3) {
      const z = draws.below(100);
      this.#market(1, (1 + draws.below(100)) * (z < 75 ? 1 : z < 95 ? 4 : 20));
    } else if (r < 94) this.#limit(0, this.#clamp(middle() - draws.geometric()), 1 + draws.below(100));
    else if (r < 97) this.#limit(1, this.#clamp(middle() + 1 + draws.geometric()), 1 + draws.below(100));
    else if (r < 99) this.#cancel(this.#book.live[draws.below(this.#book.liveCount)]!);
    else if (this.#book.askLevels >= 3) this.#market(0, 1 + draws.below(100));
    else this.#limit(1, this.#clamp(this.#book.bid + 1 + draws.geometric()), 1 + draws.below(100));
  }

  /** Sweeps one to three levels, as a market order or a limit that crosses; pushes the price towards the fair one. */
  #marketable(): void {
    const draws = this.#draws;
    const buy = draws.below(8) < (this.#book.bid + this.#book.ask < 2 * this.#fair ? 5 : 3);
    const u = draws.below(10);
    const sweep = u < 6 ? 1 : u < 9 ? 2 : 3;
    let price = buy ? this.#book.ask : this.#book.bid;
    let lots = 0;
    for (let i = 1; i < sweep; i++) {
      if (lots + this.#book.volume[price]! > 400) break;
      lots += this.#book.volume[price]!;
      do price += buy ? 1 : -1;
      while (price > 0 && price < this.#levels - 1 && this.#book.head[price] === 0);
    }
    lots += 1 + draws.below(Math.min(this.#book.volume[price]!, 200));
    const side = buy ? 0 : 1;
    if (draws.below(2) === 0) this.#market(side, lots);
    else {
      if (draws.below(8) === 0) lots += 1 + draws.below(100);
      this.#limit(side, price, lots);
    }
  }

  /** Three of four near the best price (8 ticks on average), the others deep (72). */
  #passive(): void {
    const draws = this.#draws;
    const side = draws.below(2);
    let away = draws.geometric();
    if (draws.below(4) === 0) for (let i = 0; i < 8; i++) away += draws.geometric();
    const lots = 1 + draws.below(100);
    const hasAsk = this.#book.ask < this.#levels - 1;
    if (side === 0) this.#limit(0, this.#clamp((hasAsk ? this.#book.ask - 1 : this.#fair - 1) - away), lots);
    else this.#limit(1, this.#clamp((this.#book.bid > 0 ? this.#book.bid + 1 : this.#fair + 1) + away), lots);
  }

  #clamp(price: number): number {
    return price < 1 ? 1 : price > this.#levels - 2 ? this.#levels - 2 : price;
  }

  #emit(op: number, side: number, id: number, price: number, lots: number): void {
    const at = 4 * this.count++;
    this.messages[at] = op | (side << 8);
    this.messages[at + 1] = id;
    this.messages[at + 2] = price;
    this.messages[at + 3] = lots;
  }

  #limit(side: number, price: number, lots: number): void {
    const id = this.#nextId++;
    this.#emit(LIMIT, side, id, price, lots);
    const left = this.#book.take(id, side, price, lots);
    if (left > 0) this.#book.rest(id, side, price, left);
  }

  #market(side: number, lots: number): void {
    const id = this.#nextId++;
    this.#emit(MARKET, side, id, 0, lots);
    this.#book.take(id, side, side === 1 ? 1 : this.#levels - 2, lots);
  }

  #cancel(id: number): void {
    const price = this.#book.price[id]!;
    this.#emit(CANCEL, price <= this.#book.bid ? 0 : 1, id, price, 0);
    this.#book.unlink(id);
  }
}
