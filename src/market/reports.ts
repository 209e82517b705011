/** Words of the exchange: how long an order is good for, what self-trade prevention does, and what is told. */
import type { Side } from './book.ts';

export const GOOD_TILL_CANCELLED = 0;
export const IMMEDIATE_OR_CANCEL = 1;
export const FILL_OR_KILL = 2;
export type TimeInForce = 0 | 1 | 2;

export type SelfTrade = 'none' | 'cancel-newest' | 'cancel-oldest' | 'cancel-both' | 'decrement';

export type CancelReason =
  'ioc' | 'fok' | 'user' | 'market' | 'self_trade' | 'expired' | 'post_only' | 'reduce_only';

/** What the exchange tells, at once and in order, and the one thing that it asks. Tags are the orders' own numbers. */
export interface Reports {
  /** `side` is the taker's; `maker` and `taker` are accounts. */
  trade(
    instrument: number,
    side: Side,
    price: number,
    lots: number,
    makerTag: number,
    takerTag: number,
    maker: number,
    taker: number,
  ): void;
  /** Lots that are not open any more. An order is over when its trades and cancels use up its lots. */
  cancelled(tag: number, lots: number, reason: CancelReason): void;
  triggered(tag: number): void;
  /** Comes before the trades of the auction. */
  auction(instrument: number, price: number, lots: number): void;
  /** Signed lots of an account, with the trades told so far. */
  position(account: number, instrument: number): number;
}
