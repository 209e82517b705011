/** Forced orders of a whole run as columns, for pictures. */
import type { View } from './view.ts';
import { moneyOf } from './view.ts';

/** A row each, in the order of their sending. */
export interface ForcedOrders {
  readonly time_us: Float64Array;
  readonly account: Int32Array;
  readonly instrument: Int32Array;
  /** Row of the one that caused it; −1: none. */
  readonly parent: Int32Array;
  readonly generation: Int32Array;
  /** Ordered; negative: to be sold. */
  readonly lots: Int32Array;
  /** Units of money that traded. */
  readonly money: Float64Array;
  /** The mark when it was ordered, ticks. */
  readonly mark: Int32Array;
}

export function forcedOrders(view: View): ForcedOrders {
  const { liquidations: rows, liquidationCount: end } = view.venue.house;
  return {
    time_us: rows.time_us.slice(0, end),
    account: rows.account.slice(0, end),
    instrument: Int32Array.from(rows.instrument.subarray(0, end)),
    parent: rows.parent.slice(0, end),
    generation: rows.generation.slice(0, end),
    lots: rows.lots.slice(0, end),
    money: rows.notional.slice(0, end).map((quanta) => moneyOf(view, quanta)),
    mark: rows.mark.slice(0, end),
  };
}
