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

/** A record with some of its fields filled in: nobody's plain order otherwise. */
export function newOrder(terms: Readonly<Partial<Order>> = {}): Order {
  // Field by field: V8 puts most fields of a spread object a step further away.
  return {
    instrument: terms.instrument ?? 0,
    side: terms.side ?? 0,
    price: terms.price ?? 0,
    lots: terms.lots ?? 0,
    owner: terms.owner ?? -1,
    tag: terms.tag ?? 0,
    how: terms.how ?? 0,
    display: terms.display ?? 0,
    trigger: terms.trigger ?? 0,
  };
}
