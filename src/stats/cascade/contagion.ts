/**
 * Who infected whom: counts by category of the infecting and of the infected account, such as kinds of trader, bands of
 * leverage, or instruments.
 */
import { forestOf } from './forest.ts';
import type { LiquidationRows } from './forest.ts';

export interface Contagion {
  /** Entry from · categories + to: accounts of category `to` that accounts of category `from` infected. */
  readonly infections: Int32Array;
  /** Accounts of each category that nobody infected. */
  readonly roots: Int32Array;
  /** Accounts of each category that were liquidated. */
  readonly accounts: Int32Array;
}

/**
 * `category`: one whole number from 0 to categories − 1 a row; an account's is that of its first row. Counts add up:
 * roots of a category and its column of infections are its accounts. Throws an Error at other numbers; and as `forestOf`.
 */
export function contagionOf(
  rows: LiquidationRows,
  category: ArrayLike<number>,
  categories: number,
): Contagion {
  const { first, infector } = forestOf(rows);
  const infections = new Int32Array(categories * categories);
  const roots = new Int32Array(categories);
  const accounts = new Int32Array(categories);
  const categoryOf = (k: number): number => {
    const own = category[first[k]!];
    if (own === undefined || !(Number.isInteger(own) && own >= 0 && own < categories)) {
      throw new Error(`contagion: category ${own} of row ${first[k]!} is not one of ${categories}`);
    }
    return own;
  };
  for (let k = 0; k < first.length; k++) {
    const to = categoryOf(k);
    accounts[to]!++;
    if (infector[k] === -1) roots[to]!++;
    else infections[categoryOf(infector[k]!) * categories + to]!++;
  }
  return { infections, roots, accounts };
}

/**
 * Mean offspring: accounts of category `to` infected per liquidated account of category `from`, laid out as `infections`.
 * Rows of a category without accounts are NaN. Its largest eigenvalue is the branching ratio of the whole; each row sums
 * to the branching ratio of its category.
 */
export function meanOffspring({ infections, accounts }: Contagion): Float64Array {
  const categories = accounts.length;
  return Float64Array.from(infections, (count, i) => count / (accounts[Math.floor(i / categories)]! || NaN));
}
