/**
 * An order as it is given: one record, filled in anew for each, so that its numbers have names and giving it allocates
 * nothing. Whoever takes it may change it (a price that a collar cuts, flags that a call period has no use for).
 */
export interface Order {
  instrument: number;
  /** BUY or SELL. */
  side: 0 | 1;
  /** Ticks. Of a market order: any. Of a stop: its limit once it is set off, or 0 for a market order. */
  price: number;
  /** Unsigned. */
  lots: number;
  /** Account, or NOBODY. */
  owner: number;
  /** The owner's own number for it. */
  tag: number;
  /** Flags of reports.ts, added up. */
  how: number;
  /** Lots that it shows at a time, 0 for all. */
  display: number;
  /** Of a stop or a take-profit: the price that it waits for, ticks. */
  trigger: number;
}

const BLANK: Order = {
  instrument: 0,
  side: 0,
  price: 0,
  lots: 0,
  owner: -1,
  tag: 0,
  how: 0,
  display: 0,
  trigger: 0,
};

/** A record with some of its fields filled in: nobody's plain order otherwise. */
export function newOrder(terms: Readonly<Partial<Order>> = {}): Order {
  return { ...BLANK, ...terms };
}
