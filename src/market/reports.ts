/** Words of the exchange: how an order is to be handled, what a market's rules are, and what is told. */

/** How an order is to be handled: flags, added up. 0: whatever the kind of order does by itself. */
export const IMMEDIATE_OR_CANCEL = 1; // what does not trade at once is dropped
export const FILL_OR_KILL = 2; // all of it at once, or nothing
export const POST_ONLY = 4; // rests, or is dropped if it would trade
export const REDUCE_ONLY = 8; // never more than brings its account's position to zero
export const BY_MARK = 16; // stop, take-profit: waits for the mark, not for the last trade
export const FORCED = 32; // a liquidation's own market order: told by `forced` when it trades in a call auction

export type SelfTrade = 'none' | 'cancel-newest' | 'cancel-oldest' | 'cancel-both' | 'decrement';

/** Shares of a price, parts per million; 0: none. */
interface Collars {
  /** Around the opening price, or that of the last auction. */
  readonly static_ppm: number;
  /** Around the last trade before the order. */
  readonly dynamic_ppm: number;
  /** What becomes of a limit order beyond: it gets the collar's price, or is dropped. A market order is always cut. */
  readonly beyond: 'cut' | 'reject';
}

/** A volatility halt: no trade may be further than a share (ppm) from a price of the time just past. */
export interface HaltBand {
  readonly move_ppm: number;
  readonly within_us: number;
}

/** One instrument's. */
export interface MarketRules {
  readonly selfTrade: SelfTrade;
  readonly collars?: Collars | undefined;
  readonly halt?: HaltBand | undefined;
}

export type CancelReason =
  'ioc' | 'fok' | 'user' | 'market' | 'self_trade' | 'expired' | 'post_only' | 'reduce_only' | 'collar';

/** What the exchange tells, at once and in order, and the one thing that it asks. Tags are the orders' own numbers. */
export interface Reports {
  /** Fills number `from` up to but not including `to`, all of one sweep: their rows can be read now. `goesOn`: more of it are told next. */
  traded(instrument: number, from: number, to: number, goesOn: boolean): void;
  /** Lots that are not open any more. An order is over when its trades and cancels use up its lots. */
  cancelled(tag: number, lots: number, reason: CancelReason): void;
  triggered(tag: number): void;
  /** Comes before the trades of the auction. */
  auction(instrument: number, price: number, lots: number): void;
  /** A forced order has traded in an auction (told by `traded`, too). `cause`: the liquidation's row. */
  forced(cause: number, lots: number, price: number): void;
  /** A trade would have left the halt band: a call period has begun, which the caller ends by an uncross. */
  halted(instrument: number): void;
  /** Signed lots of an account, with the trades told so far. */
  position(account: number, instrument: number): number;
}
