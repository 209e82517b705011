/**
 * The latest executions: a ring of fills, and a ring of the sweeps that made them (who took, why, when). Fill number n
 * is the n-th since the world began; the rings hold the latest `capacity` of them.
 */
import type { MarketTables } from './schema.ts';

export class Fills {
  readonly columns: MarketTables['fills'];
  readonly sweeps: MarketTables['sweeps'];
  /** Rows of each ring less one: row of number n is `n & mask`. */
  readonly mask: number;
  private readonly fillCount: Float64Array;
  private readonly sweepCount: Float64Array;

  constructor(tables: MarketTables) {
    this.columns = tables.fills;
    this.sweeps = tables.sweeps;
    this.mask = tables.fills.price.length - 1;
    this.fillCount = tables.fill_cell.fills;
    this.sweepCount = tables.fill_cell.sweeps;
  }

  /** Fills so far: the number of the next one. */
  get count(): number {
    return this.fillCount[0]!;
  }

  /** Begins a sweep. Returns its row, which stays free until `end` says that it had fills. */
  begin(
    time: number,
    instrument: number,
    side: number,
    taker: number,
    takerTag: number,
    cause: number,
  ): number {
    const { sweeps } = this;
    const row = this.sweepCount[0]! & this.mask;
    sweeps.time_us[row] = time;
    sweeps.instrument[row] = instrument;
    sweeps.side[row] = side;
    sweeps.taker[row] = taker;
    sweeps.taker_tag[row] = takerTag;
    sweeps.cause[row] = cause;
    return row;
  }

  /** Ends a sweep that wrote so many fills. */
  end(fills: number): void {
    if (fills === 0) return;
    this.fillCount[0] = this.fillCount[0]! + fills;
    this.sweepCount[0] = this.sweepCount[0]! + 1;
  }

  /** Row of fill number `n`. */
  row(n: number): number {
    return n & this.mask;
  }

  /** Row of the sweep that fill number `n` belongs to. */
  sweepOf(n: number): number {
    return this.columns.sweep[n & this.mask]!;
  }
}
