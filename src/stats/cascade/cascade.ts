/**
 * How far a cascade ran, read off a run's liquidations; nothing here is estimated.
 *
 * Over several runs: Σ(accounts - roots) / Σ accounts by `ratioInterval`, sizes by `meanInterval`,
 * probabilities by `wilson`.
 */
import { requireFinite, requireSameLength } from '../estimate.ts';
import type { Column } from '../estimate.ts';
import { forestOf } from './forest.ts';
import type { Forest, LiquidationRows } from './forest.ts';

/** One run's cascade. */
export type Cascade = {
  /** Forced orders: rows. */
  readonly liquidations: number;
  /** Distinct accounts liquidated, at least in part. */
  readonly accounts: number;
  /** Accounts first liquidated by ordinary flow or the shock, not by another's liquidation. */
  readonly roots: number;
  /** 1 - roots/accounts: of those liquidated, the share that others' liquidations caused; NaN without any. */
  readonly branching_ratio: number;
  /**
   * The longest chain of causes, over all rows; 0 without any. An account's second row may be one of its
   * links.
   */
  readonly deepest_generation: number;
  /** Trees, one a root. */
  readonly trees: number;
  readonly largest_tree_accounts: number;
  /** Quanta, over all rows. */
  readonly notional: number;
  /** Times of the first and the last row; NaN without any. */
  readonly first_us: number;
  readonly last_us: number;
};

/** Throws an Error where the rows break their description (see `forestOf`). */
export function cascadeOfRun(rows: LiquidationRows): Cascade {
  const forest = forestOf(rows);
  const sizes = sizesOf(forest);
  const liquidations = rows.account.length;
  const accounts = forest.first.length;
  const roots = sizes.length;
  let deepest = 0;
  for (const g of rows.generation) deepest = Math.max(deepest, g);
  let largest = 0;
  for (const s of sizes) largest = Math.max(largest, s);
  let notional = 0;
  for (const amount of rows.notional) notional += amount;
  return {
    liquidations,
    accounts,
    roots,
    branching_ratio: accounts === 0 ? NaN : 1 - roots / accounts,
    deepest_generation: deepest,
    trees: roots,
    largest_tree_accounts: largest,
    notional,
    first_us: rows.time_us[0] ?? NaN,
    last_us: rows.time_us[liquidations - 1] ?? NaN,
  };
}

/**
 * Accounts that each liquidated account infected, in the order of its own infection: the distribution whose
 * mean is the branching ratio. Errors as `forestOf`.
 */
export function liquidationsPerParent(rows: LiquidationRows): Int32Array {
  const { infector } = forestOf(rows);
  const counts = new Int32Array(infector.length);
  for (const k of infector) if (k >= 0) counts[k]!++;
  return counts;
}

function sizesOf({ root, infector }: Forest): Int32Array {
  const members = new Int32Array(root.length);
  for (const r of root) members[r]!++;
  return members.filter((_, k) => infector[k] === -1);
}

/**
 * Largest sum of amounts in any window of `window_us`, both ends included: rows at t and t + window_us are
 * within it. For predicates such as "liquidated notional >= 10 % of open interest within 60 s". No rows: 0.
 *
 * `time_us` in order; amounts >= 0 in any unit, the result's; exact for whole amounts below 2^53.
 * Throws an Error where these don't hold.
 */
export function peakWithinWindow(time_us: Column, amount: Column, window_us: number): number {
  requireSameLength(time_us, amount, 'peakWithinWindow');
  requireFinite(time_us, 'time_us');
  requireFinite(amount, 'amount');
  if (!(window_us >= 0)) throw new Error(`peakWithinWindow: window_us must be >= 0, got ${window_us}`);
  let peak = 0;
  let sum = 0;
  let oldest = 0;
  for (let i = 0; i < time_us.length; i++) {
    if (i > 0 && time_us[i]! < time_us[i - 1]!) throw new Error(`time_us[${i}] is before the row above`);
    if (amount[i]! < 0) throw new Error(`amount[${i}] is ${amount[i]!}, below 0`);
    sum += amount[i]!;
    while (time_us[i]! - time_us[oldest]! > window_us) sum -= amount[oldest++]!;
    if (sum > peak) peak = sum;
  }
  return peak;
}
