/**
 * Clusters of forced orders in time: what an observer sees who has times but no causes.
 *
 * Why beside trees: trees that burn side by side, and are none of each other's cause, fall on the market together; and
 * data of real venues have no causes, so that only clusters can be compared with them.
 */
import type { LiquidationRows } from './forest.ts';

/** One row a cluster, in time order; all columns of one length. */
export type Clusters = {
  /** Its orders are the rows from `first` to before `after`. */
  readonly first: Int32Array;
  readonly after: Int32Array;
  /** Distinct accounts with an order in it; one that has orders in two clusters is in both. */
  readonly accounts: Int32Array;
  /** Quanta. */
  readonly notional: Float64Array;
  /** From its first order to its last; 0 for one order alone. */
  readonly duration_us: Float64Array;
};

/**
 * A cluster ends where the next order comes later than `gap_us` after the last one; exactly at `gap_us` belongs to it.
 * Rows in time order. Throws an Error where they aren't, and unless gap_us >= 0.
 */
export function clustersOf(
  { account, time_us, notional }: Pick<LiquidationRows, 'account' | 'time_us' | 'notional'>,
  gap_us: number,
): Clusters {
  if (!(gap_us >= 0)) throw new Error(`clusters: gap_us must be >= 0, got ${gap_us}`);
  const first: number[] = [];
  for (let row = 0; row < time_us.length; row++) {
    const wait = row === 0 ? Infinity : time_us[row]! - time_us[row - 1]!;
    if (!(wait >= 0)) throw new Error(`clusters: row ${row} is before the row above`);
    if (wait > gap_us) first.push(row);
  }
  const after = first.map((_, c) => first[c + 1] ?? time_us.length);
  return {
    first: Int32Array.from(first),
    after: Int32Array.from(after),
    accounts: Int32Array.from(first, (from, c) => new Set(account.subarray(from, after[c])).size),
    notional: Float64Array.from(first, (from, c) => {
      let sum = 0;
      for (let row = from; row < after[c]!; row++) sum += notional[row]!;
      return sum;
    }),
    duration_us: Float64Array.from(first, (from, c) => time_us[after[c]! - 1]! - time_us[from]!),
  };
}
