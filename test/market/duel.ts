/** The engine's book and its naive twin under the same commands, decoded from the words of a script. */
import { CapacityError } from '../../src/core/errors.ts';
import { World } from '../../src/core/world.ts';
import { anyPrice, Book, BUY, NO_CAUSE, NOBODY, SELL } from '../../src/market/book.ts';
import type { Side } from '../../src/market/book.ts';
import { marketSchema } from '../../src/market/schema.ts';
import type { MarketCapacity } from '../../src/market/schema.ts';
import { Digits, Story } from '../core/naive-script.ts';
import { audit } from './audit.ts';
import { NaiveBook } from './naive-book.ts';
import type { NaiveFill, NaiveOrder } from './naive-book.ts';
import { newOrder } from '../../src/market/order.ts';

export const CAPACITY: MarketCapacity = { instruments: 3, orders: 300, owners: 5, span: 1024, fills: 64 };
const HIGHEST = 0x3fffffff;

export function newMarket(capacity = CAPACITY) {
  const world = new World(marketSchema(capacity));
  const book = new Book(world.tables, capacity);
  book.reset();
  return { world, book };
}

/** Fill number `n` of a book, as the twin writes it. */
export function fillOf(book: Book, n: number): NaiveFill {
  const { fills } = book;
  const { sweeps } = fills;
  const row = fills.row(n);
  const sweep = fills.sweepOf(n);
  return {
    time: sweeps.time(sweep),
    instrument: sweeps.instrument(sweep),
    side: sweeps.side(sweep),
    price: fills.price(row),
    lots: fills.lots(row),
    maker: fills.maker(row),
    taker: sweeps.taker(sweep),
    makerTag: fills.makerTag(row),
    takerTag: sweeps.takerTag(sweep),
    cause: sweeps.cause(sweep),
  };
}

/** A running hash of fills: 32-bit FNV-1a of their numbers. */
export function addToHash(hash: number, fill: NaiveFill): number {
  for (const number of Object.values(fill)) hash = Math.imul(hash ^ (number as number), 0x01000193);
  return hash | 0;
}

/** What the scripts reached, over all of them. */
export interface Reach {
  commands: number;
  fills: number;
  /** Fills of an owner with itself, and with or of nobody. */
  self: number;
  nobody: number;
  refused: number;
  /** Between the lowest and the highest traded price of an instrument. */
  travel: number;
}

export const noReach = (): Reach => {
  return { commands: 0, fills: 0, self: 0, nobody: 0, refused: 0, travel: 0 };
};

export class Duel {
  readonly naive = new NaiveBook(CAPACITY.instruments);
  readonly story = new Story();
  readonly #reach: Reach;
  #market = newMarket();
  /** Where the next prices lie: in the middle, near the lowest price, and near the highest. */
  readonly #centre = [50_000, 40, HIGHEST - 20_000];
  readonly #low = this.#centre.slice();
  readonly #high = this.#centre.slice();
  #time = 0;
  #engineHash = 0;
  #naiveHash = 0;

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  get book(): Book {
    return this.#market.book;
  }

  step(word: number): void {
    const digits = new Digits(word);
    const act = digits.below(30);
    const instrument = digits.below(CAPACITY.instruments);
    this.#time += digits.below(2);
    if (act < 17) this.#limit(digits, instrument, digits.below(64) - 9, false);
    else if (act < 20) this.#limit(digits, instrument, 500 + digits.below(2000), false);
    else if (act === 20) this.#limit(digits, instrument, digits.below(64) - 40, true);
    else if (act < 23) this.#market_(digits, instrument, 1 + digits.below(20));
    else if (act === 23) this.#market_(digits, instrument, digits.below(32) === 0 ? 1_000_000 : 20);
    else if (act < 26) this.#cancelRow(digits);
    else if (act === 26) this.#find(digits);
    else if (act === 27) this.#oldest(digits);
    else if (act === 28) this.#drift(instrument, digits.below(8) > 0 ? 20 : 3000, digits);
    else if (digits.below(8) > 0) this.#fork();
    else this.#cancelAll(digits, instrument);
    this.#reach.commands++;
    this.#compare(instrument);
  }

  finish(): void {
    this.audit();
    this.story.same('hash of all fills', this.#engineHash, this.#naiveHash);
    this.#low.forEach((low, i) => {
      this.#reach.travel = Math.max(this.#reach.travel, this.#high[i]! - low);
    });
  }

  /** Everything that must hold of the whole book. */
  audit(): void {
    audit(this.#market.book, this.#market.world.tables, CAPACITY, this.naive, this.story);
  }

  #limit(digits: Digits, instrument: number, away: number, immediate: boolean): void {
    const side = digits.below(2) as Side;
    const price = this.#centre[instrument]! + (side === BUY ? -away : away);
    this.#trade(
      digits,
      instrument,
      side,
      Math.max(1, Math.min(HIGHEST, price)),
      1 + digits.below(9),
      immediate,
    );
  }

  #market_(digits: Digits, instrument: number, lots: number): void {
    const side = digits.below(2) as Side;
    this.#trade(digits, instrument, side, anyPrice(side), lots, true);
  }

  #trade(
    digits: Digits,
    instrument: number,
    side: Side,
    price: number,
    lots: number,
    immediate: boolean,
  ): void {
    const owner = this.#owner(digits);
    const tag = digits.below(4);
    const cause = digits.below(4) === 0 ? 7 : NO_CAUSE;
    const maxFills = digits.pick([64, 32, 3, 1]);
    const order = { instrument, side, price, lots, owner, tag, cause };
    this.story.add(immediate ? 'take' : 'limit', { ...order, maxFills });
    const { book } = this;
    book.now = this.#time;
    book.cause = cause;
    const first = book.fills.count;
    const expected = this.naive.take(order, this.#time);
    let left = lots;
    let seen = first;
    for (;;) {
      left = book.take(newOrder({ instrument, side, owner, tag }), price, left, maxFills);
      const end = book.fills.count;
      this.story.same('not more fills than asked for', end - seen <= maxFills, true);
      for (let n = seen; n < end; n++) this.#sameFill(fillOf(book, n), expected.fills[n - first]);
      if (end - seen < maxFills) break;
      seen = end;
    }
    this.story.same('fills', book.fills.count - first, expected.fills.length);
    this.story.same('lots left', left, expected.left);
    if (left > 0 && !immediate) this.#rest({ ...order, lots: left });
  }

  #sameFill(fill: NaiveFill, expected: NaiveFill | undefined): void {
    this.story.same('fill', fill, expected);
    this.#engineHash = addToHash(this.#engineHash, fill);
    this.#naiveHash = addToHash(this.#naiveHash, expected!);
    this.#reach.fills++;
    if (fill.maker === fill.taker) this.#reach.self++;
    if (fill.maker === NOBODY || fill.taker === NOBODY) this.#reach.nobody++;
    const { instrument, price } = fill;
    this.#low[instrument] = Math.min(this.#low[instrument]!, price);
    this.#high[instrument] = Math.max(this.#high[instrument]!, price);
  }

  #rest(order: Omit<NaiveOrder, 'row'>): void {
    const { instrument, side, price, lots, owner, tag, cause } = order;
    const full = this.naive.orders.length === CAPACITY.orders;
    const hash = full ? this.#market.world.hash() : '';
    let row = -1;
    try {
      this.book.cause = cause;
      row = this.book.rest(newOrder({ instrument, side: side as Side, price, lots, owner, tag }));
    } catch (error) {
      if (!(error instanceof CapacityError)) throw error;
      this.#reach.refused++;
    }
    this.story.same('refused', row < 0, full);
    if (full) this.story.same('a refused order leaves no trace', this.#market.world.hash(), hash);
    else this.naive.rest({ ...order, row });
  }

  #cancelRow(digits: Digits): void {
    const { orders } = this.naive;
    const order = orders[digits.below(orders.length + 1)];
    if (order === undefined) return;
    this.story.add(`cancel row ${order.row}`);
    this.book.remove(order.row);
    this.naive.remove(order);
  }

  #cancelAll(digits: Digits, instrument: number): void {
    const owner = digits.below(CAPACITY.owners);
    const where = digits.below(3) === 0 ? -1 : instrument;
    this.story.add(`cancel all of ${owner} on ${where}`);
    const mine = this.naive.ofOwner(owner).filter((order) => where < 0 || order.instrument === where);
    for (const order of mine) this.naive.remove(order);
    this.story.same('cancelled', this.book.cancelAll(owner, where), mine.length);
  }

  #find(digits: Digits): void {
    const owner = digits.below(CAPACITY.owners);
    const tag = digits.below(5); // 4 is nobody's tag
    this.story.add(`cancel tag ${tag} of ${owner}`);
    this.#cancelFound(
      this.book.find(owner, tag),
      this.naive.ofOwner(owner).find((order) => order.tag === tag),
    );
  }

  #oldest(digits: Digits): void {
    const owner = digits.below(CAPACITY.owners);
    this.story.add(`cancel oldest of ${owner}`);
    this.#cancelFound(this.book.oldest(owner), this.naive.ofOwner(owner)[0]);
  }

  #cancelFound(row: number, expected: NaiveOrder | undefined): void {
    this.story.same('row', row, expected?.row ?? -1);
    if (expected === undefined) return;
    this.book.remove(row);
    this.naive.remove(expected);
  }

  #drift(instrument: number, most: number, digits: Digits): void {
    const to = this.#centre[instrument]! + digits.below(2 * most + 1) - most;
    this.#centre[instrument] = Math.max(1, Math.min(HIGHEST, to));
  }

  /** Goes on in another world. */
  #fork(): void {
    this.story.add('fork');
    const other = newMarket();
    other.world.load(this.#market.world.save());
    this.#market = other;
  }

  #owner(digits: Digits): number {
    const owner = digits.below(CAPACITY.owners + 1);
    return owner === CAPACITY.owners ? NOBODY : owner;
  }

  #compare(instrument: number): void {
    const { book, naive, story } = this;
    story.same('best bid', book.bestBid(instrument), naive.best(instrument, BUY));
    story.same('best ask', book.bestAsk(instrument), naive.best(instrument, SELL));
    story.same('last', book.lastPrice(instrument), naive.last[instrument]);
    story.same('resting orders', book.restingOrders, naive.orders.length);
  }
}
