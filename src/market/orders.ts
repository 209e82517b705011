/**
 * Orders, one record of eight integers each: what an arrival, a cancel or a sweep touches of an order lies side by side,
 * half a cache line, so that it is waited for once and not once a column.
 */
import type { Order } from './order.ts';
import type { MarketTables } from './schema.ts';

/** Places in a record. Not exported: V8 compiles a module's own constant in, but reads an exported one anew. */
const LOTS = 0;
const OWNER = 1;
const TAG = 2;
const LINE = 3;
const KEY = 4;
const CAUSE = 5;
const ARRIVAL = 6;
const POST_ONLY = 7;

/** The key of order n is at n << KEY_SHIFT of `keys`. */
export const KEY_SHIFT = 3;

export class Orders {
  /** Neighbours in each owner's list: row + 1, 0 for none. */
  readonly owner_next: Int32Array;
  readonly owner_prev: Int32Array;
  /** The ladder's keys, each eight integers on from the one before. */
  readonly keys: Int32Array;
  private readonly records: Int32Array;

  constructor(table: MarketTables['orders']) {
    this.owner_next = table.owner_next;
    this.owner_prev = table.owner_prev;
    this.records = table.record;
    this.keys = table.record.subarray(KEY);
  }

  /** Fills in a new order, at a key and with lots that its arrival may have changed. */
  write(row: number, order: Order, key: number, lots: number, cause: number): void {
    const { records } = this;
    const record = row << 3;
    records[record | LOTS] = lots;
    records[record | OWNER] = order.owner;
    records[record | TAG] = order.tag;
    records[record | LINE] = (order.instrument << 1) | order.side;
    records[record | KEY] = key;
    records[record | CAUSE] = cause;
    records[record | POST_ONLY] = 0;
  }

  /** Lots still open (of an iceberg: shown). */
  lots(order: number): number {
    return this.records[(order << 3) | LOTS]!;
  }

  setLots(order: number, lots: number): void {
    this.records[(order << 3) | LOTS] = lots;
  }

  /** Account, or -1: nobody's; below that, what a sweep stops at. */
  owner(order: number): number {
    return this.records[(order << 3) | OWNER]!;
  }

  setOwner(order: number, owner: number): void {
    this.records[(order << 3) | OWNER] = owner;
  }

  /** The owner's own number for it. */
  tag(order: number): number {
    return this.records[(order << 3) | TAG]!;
  }

  setTag(order: number, tag: number): void {
    this.records[(order << 3) | TAG] = tag;
  }

  /** 2 × instrument + side; below 0 for one that waits aside of the book. */
  line(order: number): number {
    return this.records[(order << 3) | LINE]!;
  }

  setLine(order: number, line: number): void {
    this.records[(order << 3) | LINE] = line;
  }

  /** Row of the liquidation that this order executes, or -1. */
  cause(order: number): number {
    return this.records[(order << 3) | CAUSE]!;
  }

  setCause(order: number, cause: number): void {
    this.records[(order << 3) | CAUSE] = cause;
  }

  /** Number of its arrival at the exchange. */
  arrival(order: number): number {
    return this.records[(order << 3) | ARRIVAL]!;
  }

  setArrival(order: number, arrival: number): void {
    this.records[(order << 3) | ARRIVAL] = arrival;
  }

  /** True: it may rest, but not take, also when it is replaced. */
  isPostOnly(order: number): boolean {
    return this.records[(order << 3) | POST_ONLY] !== 0;
  }

  setPostOnly(order: number, postOnly: boolean): void {
    this.records[(order << 3) | POST_ONLY] = postOnly ? 1 : 0;
  }
}
