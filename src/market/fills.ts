/**
 * The latest executions: a ring of fills, and a ring of the sweeps that made them (who took, why, when). Fill number n
 * is the n-th since the world began; the rings hold the latest `capacity` of them. As orders, they are records of eight
 * integers each.
 */
import type { Order } from './order.ts';
import type { MarketTables } from './schema.ts';

/** Places in a fill's record. Not exported: V8 compiles a module's own constant in, but reads an exported one anew. */
const PRICE = 0;
const LOTS = 1;
const MAKER = 2;
const MAKER_TAG = 3;
const SWEEP = 4;

/** Places in a sweep's record. */
const INSTRUMENT = 0;
const SIDE = 1;
const TAKER = 2;
const TAKER_TAG = 3;
const CAUSE = 4;

export class Fills {
  readonly sweeps: Sweeps;
  /** Rows of each ring less one: row of number n is `n & mask`. */
  readonly mask: number;
  private readonly records: Int32Array;
  private readonly fillCount: Float64Array;
  private readonly sweepCount: Float64Array;

  constructor(tables: MarketTables) {
    this.sweeps = new Sweeps(tables.sweeps);
    this.records = tables.fills.record;
    this.mask = (tables.fills.record.length >> 3) - 1;
    this.fillCount = tables.fill_cell.fills;
    this.sweepCount = tables.fill_cell.sweeps;
  }

  /** Fills so far: the number of the next one. */
  get count(): number {
    return this.fillCount[0]!;
  }

  /** Begins a sweep. Returns its row, which stays free until `end` says that it had fills. */
  begin(taker: Order, time: number, cause: number): number {
    const row = this.sweepCount[0]! & this.mask;
    this.sweeps.write(row, taker, time, cause);
    return row;
  }

  /** Fills in the fill of a row: what was traded, … */
  write(row: number, price: number, lots: number, sweep: number): void {
    const { records } = this;
    const record = row << 3;
    records[record | PRICE] = price;
    records[record | LOTS] = lots;
    records[record | SWEEP] = sweep;
  }

  /** … and with whom. */
  writeMaker(row: number, maker: number, makerTag: number): void {
    const { records } = this;
    const record = row << 3;
    records[record | MAKER] = maker;
    records[record | MAKER_TAG] = makerTag;
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
    return this.sweep(n & this.mask);
  }

  /** Price of the fill in a row, ticks. */
  price(row: number): number {
    return this.records[(row << 3) | PRICE]!;
  }

  lots(row: number): number {
    return this.records[(row << 3) | LOTS]!;
  }

  /** Account. */
  maker(row: number): number {
    return this.records[(row << 3) | MAKER]!;
  }

  makerTag(row: number): number {
    return this.records[(row << 3) | MAKER_TAG]!;
  }

  /** Row of its sweep. */
  sweep(row: number): number {
    return this.records[(row << 3) | SWEEP]!;
  }
}

/** A ring of as many rows as fills, since a sweep has at least one: a taker's way through the book. */
export class Sweeps {
  private readonly times: Float64Array;
  private readonly records: Int32Array;

  constructor(table: MarketTables['sweeps']) {
    this.times = table.time_us;
    this.records = table.record;
  }

  write(row: number, taker: Order, time: number, cause: number): void {
    const { records } = this;
    const record = row << 3;
    this.times[row] = time;
    records[record | INSTRUMENT] = taker.instrument;
    records[record | SIDE] = taker.side;
    records[record | TAKER] = taker.owner;
    records[record | TAKER_TAG] = taker.tag;
    records[record | CAUSE] = cause;
  }

  /** Time of the sweep in a row, µs. */
  time(row: number): number {
    return this.times[row]!;
  }

  instrument(row: number): number {
    return this.records[(row << 3) | INSTRUMENT]!;
  }

  /** Of the taker: 0 bought, 1 sold. */
  side(row: number): number {
    return this.records[(row << 3) | SIDE]!;
  }

  /** Account. */
  taker(row: number): number {
    return this.records[(row << 3) | TAKER]!;
  }

  takerTag(row: number): number {
    return this.records[(row << 3) | TAKER_TAG]!;
  }

  /** The taker's. */
  cause(row: number): number {
    return this.records[(row << 3) | CAUSE]!;
  }
}
