/**
 * The order book that the bench's flows are generated with: plain, searching for the best price tick by tick, and
 * written without the engine's book, so that the fills of the one check those of the other.
 */

/** What all fills of a flow come to. */
export interface FillSums {
  readonly fills: number;
  readonly quantity: number;
  /** Lots × ticks. */
  readonly notional: number;
  /** Of maker, taker, price and quantity of each fill, in order. */
  readonly hash: number;
}

export class ReferenceBook {
  // Orders, by id; 0 is none.
  readonly price: Int32Array;
  readonly #lots: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** Where an order is in `live`. */
  readonly #place: Int32Array;
  // Levels, by price.
  readonly head: Int32Array;
  readonly volume: Int32Array;
  readonly #tail: Int32Array;
  /** Ids of resting orders, in no order. */
  readonly live: Int32Array;
  liveCount = 0;
  bid = 0; // 0: none
  ask: number; // levels - 1: none
  bidLevels = 0;
  askLevels = 0;
  readonly #levels: number;
  #fills = 0;
  #quantity = 0;
  #notional = 0;
  #hash = 0;

  constructor(levels: number, orders: number) {
    this.price = new Int32Array(orders);
    this.#lots = new Int32Array(orders);
    this.#next = new Int32Array(orders);
    this.#previous = new Int32Array(orders);
    this.#place = new Int32Array(orders);
    this.live = new Int32Array(orders);
    this.head = new Int32Array(levels);
    this.volume = new Int32Array(levels);
    this.#tail = new Int32Array(levels);
    this.#levels = levels;
    this.ask = levels - 1;
  }

  /** The fills so far. */
  get sums(): FillSums {
    return {
      fills: this.#fills,
      quantity: this.#quantity,
      notional: this.#notional,
      hash: this.#hash >>> 0,
    };
  }

  /** Executes what crosses and returns what is left. */
  take(id: number, side: number, limit: number, lots: number): number {
    let left = lots;
    while (left > 0) {
      const price = side === 1 ? this.bid : this.ask;
      if (side === 1 ? price < limit || price === 0 : price > limit || price === this.#levels - 1) break;
      const maker = this.head[price]!;
      const resting = this.#lots[maker]!;
      const traded = Math.min(left, resting);
      this.#fills++;
      this.#quantity += traded;
      this.#notional += traded * price;
      this.#hash = hashFill(this.#hash, maker, id, price, traded);
      left -= traded;
      if (traded === resting) this.unlink(maker);
      else {
        this.#lots[maker] = resting - traded;
        this.volume[price] = this.volume[price]! - traded;
      }
    }
    return left;
  }

  rest(id: number, side: number, price: number, lots: number): void {
    const tail = this.#tail[price]!;
    this.price[id] = price;
    this.#lots[id] = lots;
    this.#next[id] = 0;
    this.#previous[id] = tail;
    if (tail !== 0) this.#next[tail] = id;
    else {
      this.head[price] = id;
      if (side === 1) this.askLevels++;
      else this.bidLevels++;
    }
    this.#tail[price] = id;
    this.volume[price] = this.volume[price]! + lots;
    this.#place[id] = this.liveCount;
    this.live[this.liveCount++] = id;
    if (side === 1) this.ask = Math.min(this.ask, price);
    else this.bid = Math.max(this.bid, price);
  }

  isLive(id: number): boolean {
    const place = this.#place[id]!;
    return place < this.liveCount && this.live[place] === id;
  }

  unlink(id: number): void {
    const price = this.price[id]!;
    const before = this.#previous[id]!;
    const after = this.#next[id]!;
    if (before !== 0) this.#next[before] = after;
    else this.head[price] = after;
    if (after !== 0) this.#previous[after] = before;
    else this.#tail[price] = before;
    this.volume[price] = this.volume[price]! - this.#lots[id]!;
    const last = this.live[--this.liveCount]!;
    this.live[this.#place[id]!] = last;
    this.#place[last] = this.#place[id]!;
    if (this.head[price] === 0) this.#emptied(price);
  }

  #emptied(price: number): void {
    if (price <= this.bid) {
      this.bidLevels--;
      if (price === this.bid) while (this.bid > 0 && this.head[this.bid] === 0) this.bid--;
    } else {
      this.askLevels--;
      if (price === this.ask) {
        while (this.ask < this.#levels - 1 && this.head[this.ask] === 0) this.ask++;
      }
    }
  }
}

/** The hash of the fills so far, with one more; an int32. */
export function hashFill(
  hash: number,
  maker: number,
  taker: number,
  price: number,
  quantity: number,
): number {
  return (
    (Math.imul(hash, 923521) +
      Math.imul(maker, 29791) +
      Math.imul(taker, 961) +
      Math.imul(price, 31) +
      quantity) |
    0
  );
}
