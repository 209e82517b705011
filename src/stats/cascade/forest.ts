/**
 * Who infected whom: the rows of a run's liquidations read as trees of accounts.
 *
 * Rows are forced orders; an account may have several (a partial one, then the rest). It is infected once,
 * by what caused its first row, so that row alone makes it a node; later rows add orders and notional, no
 * node. Otherwise a ladder that liquidates in five steps would look five times as contagious as one that
 * does it in one.
 */
import type { Column } from '../estimate.ts';

/** One row a forced order, in the order of their sending; all columns of one length. */
export type LiquidationRows = {
  /** Who is liquidated; one account may hold several instruments, and is still one account. */
  readonly account: Int32Array;
  readonly instrument: Int32Array;
  /** Row of the liquidation whose fill triggered this one; -1: ordinary flow or the shock did. */
  readonly parent: Int32Array;
  /** 1 where parent is -1, else the parent's + 1. */
  readonly generation: Int32Array;
  readonly time_us: Float64Array;
  /** Quanta, >= 0. */
  readonly notional: Float64Array;
};

/** One row an account, in the order of infection. */
export type Forest = {
  /** Row of its first liquidation in the rows read. */
  readonly first: Int32Array;
  /**
   * The account (row of this table) whose liquidation caused its first, always an earlier one; -1: a root.
   */
  readonly infector: Int32Array;
  /** The root (row of this table) of its tree. */
  readonly root: Int32Array;
};

/** Reads and checks the rows. Throws an Error that names the row where one breaks its description above. */
export function forestOf(rows: LiquidationRows): Forest {
  const { account, parent } = rows;
  const n = account.length;
  checkLengths(rows);
  const node = new Map<number, number>();
  const first = new Int32Array(n);
  const infector = new Int32Array(n);
  const root = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    checkRow(rows, i);
    const who = account[i]!;
    if (node.has(who)) continue;
    const k = node.size;
    node.set(who, k);
    const cause = parent[i]!;
    first[k] = i;
    infector[k] = cause < 0 ? -1 : node.get(account[cause]!)!;
    root[k] = cause < 0 ? k : root[infector[k]]!;
  }
  const size = node.size;
  return { first: first.slice(0, size), infector: infector.slice(0, size), root: root.slice(0, size) };
}

function checkLengths(rows: LiquidationRows): void {
  const n = rows.account.length;
  for (const [name, column] of Object.entries<Column>(rows)) {
    if (column.length !== n)
      throw new Error(`liquidations: ${name} has ${column.length} rows, account has ${n}`);
  }
}

function checkRow(rows: LiquidationRows, i: number): void {
  const { parent, generation, time_us, notional } = rows;
  const cause = parent[i]!;
  if (cause < -1 || cause >= i) throw new Error(`liquidation ${i}: parent ${cause} is not an earlier row`);
  const due = cause < 0 ? 1 : generation[cause]! + 1;
  if (generation[i] !== due)
    throw new Error(`liquidation ${i}: generation ${generation[i]!}, should be ${due}`);
  if (!(i === 0 ? Number.isFinite(time_us[0]!) : time_us[i]! >= time_us[i - 1]!)) {
    throw new Error(`liquidation ${i}: time ${time_us[i]!} us is not in order`);
  }
  if (!(notional[i]! >= 0)) throw new Error(`liquidation ${i}: notional ${notional[i]!} is not >= 0`);
}
