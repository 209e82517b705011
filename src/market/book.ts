/**
 * Limit order books with price-time priority, one per instrument, over the world's columns.
 *
 * Both sides are one code path: a side's key is the price for bids and its complement (`~price`) for asks, so that
 * the better price is always the higher key. Executions are rows of the fills ring; what they mean for accounts is the
 * business of the stages after this one.
 */
import { BlockPool, wholeBlocks } from '../core/block-pool.ts';
import { InvariantError } from '../core/errors.ts';
import { UNLINKED } from '../core/buckets.ts';
import { EMPTY, Ladder, MAX_KEY } from '../core/ladder.ts';
import { Fills } from './fills.ts';
import type { Order } from './order.ts';
import { KEY_SHIFT, Orders } from './orders.ts';
import type { MarketCapacity, MarketTables } from './schema.ts';

// Own copies: V8 compiles a module's own constant in, but reads an imported or exported one anew at each use.
const NO_KEY = EMPTY;
const NO_LIST = UNLINKED;
const HIGHEST = MAX_KEY;
const NO_OWNER = -1;
const NO_ACCOUNT = -2;
const NO_LIQUIDATION = -1;
const BUYS = 0;

export const BUY = BUYS;
export const SELL = 1;
export type Side = 0 | 1;

/** Owner of orders that belong to nobody (their fills settle with no account). */
export const NOBODY = NO_OWNER;
/**
 * Owners below NOBODY mark orders that a sweep does not trade with by itself: it stops in front of them (an iceberg, a
 * reduce-only order). Who put them there knows what the number means. This one is nobody's:
 * the `self` of a take that may trade with everyone.
 */
export const NO_SELF = NO_ACCOUNT;
/** Cause of orders that no liquidation gave. */
export const NO_CAUSE = NO_LIQUIDATION;

/** No book holds more lots in all (a scenario with more does not compile). */
const MAX_LOTS = 0x7fffffff;

/** A limit that every price meets, for market orders. */
export function anyPrice(side: Side): number {
  return side === BUYS ? HIGHEST : -HIGHEST;
}

export class Book {
  /** Time of the command at hand, µs, and the liquidation that gives it: its fills and the orders that it leaves carry them. */
  now = 0;
  cause = NO_LIQUIDATION;
  readonly orders: Orders;
  readonly fills: Fills;
  readonly owners: MarketTables['owners'];
  readonly ladder: Ladder;
  readonly pool: BlockPool;
  private readonly last: Int32Array;
  private readonly best: Int32Array;

  constructor(tables: MarketTables, capacity: MarketCapacity) {
    this.orders = new Orders(tables.orders);
    this.fills = new Fills(tables);
    this.owners = tables.owners;
    const rows = wholeBlocks(capacity.orders);
    const columns = {
      links: tables.order_links,
      words: tables.order_words,
      summary: tables.order_summary,
      keys: { key: this.orders.keys },
      lines: tables.order_lines,
    };
    this.ladder = new Ladder(rows, 2 * capacity.instruments, capacity.span, columns, KEY_SHIFT);
    this.pool = new BlockPool('resting orders', 'capacity.orders', capacity.orders, {
      free: tables.order_free,
      blocks: tables.order_blocks,
      cell: tables.order_pool,
    });
    this.last = tables.trades.last;
    this.best = this.ladder.best;
  }

  /** Must run once on a zeroed world. */
  reset(): void {
    this.ladder.reset();
  }

  /** Best bid of an instrument in ticks, or 0 when there is none. */
  bestBid(instrument: number): number {
    const key = this.ladder.best[2 * instrument]!;
    return key === NO_KEY ? 0 : key;
  }

  /** Best ask of an instrument in ticks, or 0 when there is none. */
  bestAsk(instrument: number): number {
    const key = this.ladder.best[2 * instrument + 1]!;
    return key === NO_KEY ? 0 : ~key;
  }

  /** Last traded price in ticks, or 0 before the first trade. */
  lastPrice(instrument: number): number {
    return this.last[instrument]!;
  }

  /** Price of a resting order, ticks. */
  priceOf(order: number): number {
    return this.ladder.keyOf(order) ^ -(this.orders.line(order) & 1);
  }

  /** Orders resting now, over all instruments. */
  get restingOrders(): number {
    return this.pool.used;
  }

  /** Lots resting at one price of one side (walks the level's queue). */
  lotsAt(instrument: number, side: Side, price: number): number {
    const { ladder } = this;
    let lots = 0;
    const line = 2 * instrument + side;
    for (let order = ladder.firstAt(line, price ^ -side); order >= 0; order = ladder.nextAt(order)) {
      lots += this.orders.lots(order);
    }
    return lots;
  }

  /**
   * Executes up to `lots` of an order against the other side, at prices no worse than `limit` (ticks), and returns what is left.
   * Stops early when it has written `maxFills` fills, so that a sweep never laps the fills ring: the caller settles
   * them and calls again. Stops, too, in front of an order of the account `self`, or one marked by its owner.
   */
  take(order: Order, limit: number, lots: number, maxFills: number, self = NO_ACCOUNT): number {
    const { instrument, side } = order;
    const line = 2 * instrument + 1 - side;
    const limitKey = limit ^ (side - 1);
    const best = this.best[line]!;
    if (best < limitKey || best === NO_KEY) return lots;
    return this.sweep(order, limitKey, lots, maxFills, self);
  }

  /**
   * `take` once something is known to trade. A method of its own because most orders trade nothing, and V8 does not inline
   * what a method's calls seldom reach. `| 0`: an integer to V8, too, so that it is stored without asking what it is.
   */
  private sweep(order: Order, limitKey: number, lots: number, maxFills: number, self: number): number {
    const worst = limitKey | 0;
    const own = self | 0;
    const { ladder, fills, orders, pool } = this;
    const { links, nodes } = ladder.buckets;
    const { mask } = fills;
    const taking = fills.begin(order, this.now, this.cause) | 0;
    const instrument = order.instrument | 0;
    const line = (2 * instrument + 1 - order.side) | 0;
    const mirror = 0 - (line & 1);
    let row = fills.count & mask;
    let room = maxFills | 0;
    const asked = lots < MAX_LOTS ? lots | 0 : MAX_LOTS;
    let remaining = asked;
    sweeping: while (remaining > 0 && room > 0) {
      const best = ladder.best[line]!;
      if (best < worst || best === NO_KEY) break;
      const price = best ^ mirror;
      const first = ladder.firstAtBest(line) | 0;
      const end = links[(first << 1) | 1]!;
      let maker = first;
      do {
        const behind = links[maker << 1]!;
        const resting = orders.lots(maker);
        const makerOwner = orders.owner(maker);
        if (makerOwner < NO_OWNER || makerOwner === own) {
          if (maker !== first) {
            ladder.setFrontAtBest(line, maker);
            this.last[instrument] = price;
          }
          break sweeping;
        }
        const traded = resting < remaining ? resting : remaining;
        fills.write(row, price, traded, taking);
        fills.writeMaker(row, makerOwner, orders.tag(maker));
        row = (row + 1) & mask;
        room--;
        remaining -= traded;
        if (traded < resting) {
          orders.setLots(maker, resting - traded);
          break;
        }
        if (makerOwner !== NO_OWNER) this.disown(makerOwner, maker);
        links[maker << 1] = NO_LIST;
        // Only the last of these counts, but writing each brings the next order's memory in early.
        links[(behind << 1) | 1] = end;
        pool.give(maker);
        maker = behind;
      } while (maker < nodes && remaining > 0 && room > 0);
      if (maker !== first) ladder.setFrontAtBest(line, maker);
      this.last[instrument] = price;
    }
    fills.end(maxFills - room);
    return lots - (asked - remaining);
  }

  /**
   * Puts so many lots of an order at the back of a price; the caller has taken what it crosses. Returns its row. Throws
   * CapacityError when all rows are in use.
   */
  rest(given: Order, price = given.price, lots = given.lots): number {
    // Price 0 means "none", larger prices have no key, and columns cut off fractions: defects of the caller.
    if (!(price > 0 && price <= HIGHEST && price === (price | 0) && lots > 0 && lots === (lots | 0))) {
      throw new InvariantError(`order of ${lots} lots at ${price}: needs integers from 1 on`);
    }
    const { orders, ladder } = this;
    const { instrument, side, owner } = given;
    this.pool.assertRoom(); // a refused order must not move the ladder's window
    const line = (instrument << 1) | side;
    const key = price ^ -side;
    const place = ladder.placeFor(line, key);
    const last = ladder.lastIn(place);
    // A new row is beside the last order at this price, where the next sweep comes by.
    const order = this.pool.take(last) | 0;
    orders.write(order, given, key, lots, this.cause | 0);
    ladder.linkAt(line, key, place, last, order);
    if (owner !== NO_OWNER) this.own(owner, order);
    return order;
  }

  /** Records one fill with a resting order that a sweep stops at; what becomes of that order is the caller's. */
  record(taker: Order, price: number, lots: number, maker: number, makerTag: number, cause: number): void {
    const { fills } = this;
    const sweep = fills.begin(taker, this.now, cause);
    const row = fills.row(fills.count);
    fills.write(row, price, lots, sweep);
    fills.writeMaker(row, maker, makerTag);
    fills.end(1);
    this.last[taker.instrument] = price;
  }

  /** True if an order of this side at this price would meet the other side. */
  crosses(instrument: number, side: Side, price: number): boolean {
    const other = 1 - side;
    const best = this.best[2 * instrument + other]!;
    return best !== NO_KEY && best >= (price ^ (0 - other));
  }

  /** Takes a resting order off the book. */
  remove(order: number): void {
    this.ladder.remove(order);
    const owner = this.orders.owner(order);
    if (owner !== NO_OWNER) this.disown(owner, order);
    this.pool.give(order);
  }

  /** The account's open order with this tag, the oldest if several, or -1. Walks the account's own list. */
  find(owner: number, tag: number): number {
    for (let order = this.owners.first[owner]! - 1; order >= 0; order = this.orders.owner_next[order]! - 1) {
      if (this.orders.tag(order) === tag) return order;
    }
    return -1;
  }

  /** The account's oldest open order, or -1. */
  oldest(owner: number): number {
    return this.owners.first[owner]! - 1;
  }

  /** Cancels the account's open orders on one instrument, or on all (-1). Returns how many. */
  cancelAll(owner: number, instrument: number): number {
    let cancelled = 0;
    for (let order = this.owners.first[owner]! - 1; order >= 0;) {
      const next = this.orders.owner_next[order]! - 1;
      if (instrument < 0 || this.orders.line(order) >> 1 === instrument) {
        this.remove(order);
        cancelled++;
      }
      order = next;
    }
    return cancelled;
  }

  /** Throws InvariantError if the book of an instrument is crossed. Meant for tests and for reading input. */
  assertUncrossed(instrument: number): void {
    const bid = this.bestBid(instrument);
    const ask = this.bestAsk(instrument);
    if (bid !== 0 && ask !== 0 && bid >= ask) {
      throw new InvariantError(`book of instrument ${instrument} is crossed: bid ${bid}, ask ${ask}`);
    }
  }

  /** Appends an order to its owner's list. */
  own(owner: number, order: number): void {
    const { owners, orders } = this;
    const last = owners.last[owner]!;
    orders.owner_next[order] = 0;
    orders.owner_prev[order] = last;
    if (last === 0) owners.first[owner] = order + 1;
    else orders.owner_next[last - 1] = order + 1;
    owners.last[owner] = order + 1;
    owners.open[owner] = owners.open[owner]! + 1;
  }

  /** Takes an order off its owner's list. */
  disown(owner: number, order: number): void {
    const { owners, orders } = this;
    const next = orders.owner_next[order]!;
    const prev = orders.owner_prev[order]!;
    if (prev === 0) owners.first[owner] = next;
    else orders.owner_next[prev - 1] = next;
    if (next === 0) owners.last[owner] = prev;
    else orders.owner_prev[next - 1] = prev;
    owners.open[owner] = owners.open[owner]! - 1;
  }
}
