// Liquidations for tests: drawn as text tables, or random.
import type { Rng } from '../../../src/core/rng.ts';
import type { LiquidationRows } from '../../../src/stats/cascade/forest.ts';

/** Rows from a drawn table: account, parent row (- for none), generation, time in us, notional. */
export function rows(table: string): LiquidationRows {
  const lines = table.trim().split('\n').slice(1);
  const cells = lines.map((line) => line.trim().split(/\s+/));
  const column = (j: number) => cells.map((row) => (row[j] === '-' ? -1 : Number(row[j])));
  return {
    account: Int32Array.from(column(1)),
    instrument: new Int32Array(cells.length),
    parent: Int32Array.from(column(2)),
    generation: Int32Array.from(column(3)),
    time_us: Float64Array.from(column(4)),
    notional: Float64Array.from(column(5)),
  };
}

/** n rows of few accounts, so that many have several; each caused by an earlier row or by none. */
export function randomRows(rng: Rng, n: number, accounts: number): LiquidationRows {
  const result = {
    account: new Int32Array(n),
    instrument: new Int32Array(n),
    parent: new Int32Array(n),
    generation: new Int32Array(n),
    time_us: new Float64Array(n),
    notional: new Float64Array(n),
  };
  for (let i = 0; i < n; i++) {
    const parent = rng.below(i + 1) - 1;
    result.account[i] = rng.below(accounts);
    result.instrument[i] = rng.below(2);
    result.parent[i] = parent;
    result.generation[i] = parent < 0 ? 1 : result.generation[parent]! + 1;
    result.time_us[i] = (result.time_us[i - 1] ?? 0) + rng.below(3);
    result.notional[i] = rng.below(100);
  }
  return result;
}
