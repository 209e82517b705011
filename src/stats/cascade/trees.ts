/**
 * Each tree of a run's cascade: how large, how deep, how long. Nothing here is estimated.
 */
import { forestOf } from './forest.ts';
import type { LiquidationRows } from './forest.ts';

/** One row a tree, in the order of the roots' infection; all columns of one length. */
export type Trees = {
  /** Row of the root's first order in the rows read. */
  readonly root: Int32Array;
  /** Accounts in it, the root included. */
  readonly accounts: Int32Array;
  /** Forced orders of these accounts, later ones included whatever caused them. */
  readonly orders: Int32Array;
  /** Quanta of these orders. */
  readonly notional: Float64Array;
  /** Longest chain of accounts, each infected by the one before: 1 for a root alone. */
  readonly generations: Int32Array;
  /** Time of the root's first order and of the last order of any of its accounts. */
  readonly first_us: Float64Array;
  readonly last_us: Float64Array;
  /** Mean number of accounts that an account of the tree infected: 1 − 1/accounts. */
  readonly branching_ratio: Float64Array;
};

/** Errors as `forestOf`. */
export function treesOf(rows: LiquidationRows): Trees {
  const { first, infector, root } = forestOf(rows);
  const tree = new Int32Array(first.length); // of each account
  const depth = new Int32Array(first.length);
  const roots: number[] = [];
  for (let k = 0; k < first.length; k++) {
    if (infector[k] === -1) roots.push(k);
    tree[k] = infector[k] === -1 ? roots.length - 1 : tree[root[k]!]!;
    depth[k] = infector[k] === -1 ? 1 : depth[infector[k]!]! + 1;
  }
  const count = roots.length;
  const trees = {
    root: Int32Array.from(roots, (k) => first[k]!),
    accounts: new Int32Array(count),
    orders: new Int32Array(count),
    notional: new Float64Array(count),
    generations: new Int32Array(count),
    first_us: Float64Array.from(roots, (k) => rows.time_us[first[k]!]!),
    last_us: new Float64Array(count),
    branching_ratio: new Float64Array(count),
  };
  const treeOf = new Map<number, number>();
  for (let k = 0; k < first.length; k++) {
    const t = tree[k]!;
    treeOf.set(rows.account[first[k]!]!, t);
    trees.accounts[t]!++;
    trees.generations[t] = Math.max(trees.generations[t]!, depth[k]!);
  }
  for (let row = 0; row < rows.account.length; row++) {
    const t = treeOf.get(rows.account[row]!)!;
    trees.orders[t]!++;
    trees.notional[t]! += rows.notional[row]!;
    trees.last_us[t] = rows.time_us[row]!;
  }
  for (let t = 0; t < count; t++) trees.branching_ratio[t] = 1 - 1 / trees.accounts[t]!;
  return trees;
}
