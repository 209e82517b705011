/** The words of the naive twin: an order as it is, and what is told of it. */
import type { Side } from '../../src/market/book.ts';
import type { Reports } from '../../src/market/reports.ts';

/** What the twin tells: each trade by itself. */
export interface NaiveReports extends Omit<Reports, 'traded'> {
  trade(
    side: Side,
    price: number,
    lots: number,
    makerTag: number,
    takerTag: number,
    maker: number,
    taker: number,
    cause: number,
  ): void;
}

export interface NaiveOrder {
  readonly tag: number;
  readonly owner: number;
  readonly side: Side;
  /** `waiting`: a market order in a call period. */
  where: 'book' | 'stop' | 'triggered' | 'waiting' | 'none';
  price: number;
  shown: number;
  hidden: number;
  readonly display: number;
  readonly reduceOnly: boolean;
  readonly postOnly: boolean;
  readonly forced: boolean;
  readonly trigger: number;
  /** Of a stop: waits for a price to fall to its trigger, or to rise to it; the mark's, or the last trade's. */
  readonly falling: boolean;
  readonly byMark: boolean;
  cause: number;
  /** Arrival, and place in the queue of its price. */
  readonly age: number;
  turn: number;
}

/** A new order: what is not given is 0 or false. */
export type Fields = Pick<NaiveOrder, 'tag' | 'owner' | 'side' | 'where' | 'price' | 'shown'> &
  Partial<
    Pick<NaiveOrder, 'display' | 'reduceOnly' | 'postOnly' | 'forced' | 'trigger' | 'falling' | 'byMark'>
  >;

export function crosses(side: Side, limit: number, price: number): boolean {
  return side === 0 ? price <= limit : price >= limit;
}

export function nearer(side: Side, a: number, b: number): number {
  return side === 0 ? Math.min(a, b) : Math.max(a, b);
}
