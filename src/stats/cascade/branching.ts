/**
 * The branching ratio along a cascade: accounts infected per account, by when the infecting one was liquidated.
 *
 * Of one run these are counts; over runs, each bin's ratio is `ratioInterval(offspring, parents)` of that bin's columns.
 */
import { forestOf } from './forest.ts';
import type { Forest, LiquidationRows } from './forest.ts';

/** Of each bin: accounts first liquidated in it, and accounts that these infected, whenever. */
export type Branching = { readonly parents: Int32Array; readonly offspring: Int32Array };

/**
 * By the time of the infecting account's first order. Bin i is from `edges_us[i]` to before `edges_us[i + 1]`, the last one
 * without end; what comes before the first edge is left out. Counting offspring where their parent is, not where they
 * are, makes each bin's ratio one of a cohort: the bins' offspring and the roots add up to all accounts. The last cohorts
 * of a run that is cut short have had less time to infect.
 *
 * Throws an Error unless there are edges, in order; and as `forestOf`.
 */
export function branchingByTime(rows: LiquidationRows, edges_us: readonly number[]): Branching {
  edges_us.forEach((edge, i) => {
    if (!(i === 0 || edge > edges_us[i - 1]!))
      throw new Error(`branching: edge ${i} is not after the one before`);
  });
  const binOf = (time_us: number): number => {
    let bin = edges_us.length - 1;
    while (bin >= 0 && edges_us[bin]! > time_us) bin--;
    return bin;
  };
  const forest = forestOf(rows);
  return counted(
    forest,
    edges_us.length,
    Int32Array.from(forest.first, (row) => binOf(rows.time_us[row]!)),
  );
}

function counted({ infector }: Forest, bins: number, bin: Int32Array): Branching {
  const parents = new Int32Array(bins);
  const offspring = new Int32Array(bins);
  for (let k = 0; k < infector.length; k++) {
    if (bin[k]! >= 0) parents[bin[k]!]!++;
    const cause = infector[k]!;
    if (cause >= 0 && bin[cause]! >= 0) offspring[bin[cause]!]!++;
  }
  return { parents, offspring };
}
