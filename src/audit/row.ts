/** A recorded row, and what it is compared with. */
import { Difference } from './difference.ts';

export type Value = number | bigint | string;

export class Row {
  readonly table: string;
  readonly file: string;
  /** Place in the file, from 0. */
  readonly place: number;
  private readonly columns: ReadonlyMap<string, number>;
  private readonly values: readonly unknown[];

  constructor(
    table: string,
    file: string,
    place: number,
    columns: ReadonlyMap<string, number>,
    values: readonly unknown[],
  ) {
    this.table = table;
    this.file = file;
    this.place = place;
    this.columns = columns;
    this.values = values;
  }

  num(column: string): number {
    const value = this.value(column);
    return typeof value === 'number' ? value : this.differs(column, 'a number');
  }

  /** A whole number, such as money in quanta. */
  big(column: string): bigint {
    const value = this.num(column);
    return Number.isSafeInteger(value) ? BigInt(value) : this.differs(column, 'a whole number below 2^53');
  }

  text(column: string): string {
    return String(this.value(column));
  }

  /** undefined: there is no such column. */
  textIn(column: string): string | undefined {
    return this.columns.has(column) ? this.text(column) : undefined;
  }

  /** Throws the Difference if the row does not say what was recomputed. */
  check(column: string, recomputed: Value): void {
    const recorded = this.value(column);
    const same = typeof recomputed === 'bigint' ? recorded === Number(recomputed) : recorded === recomputed;
    if (!same) this.differs(column, String(recomputed));
  }

  /** What a condition on the row's place in the run asks, in words. */
  require(holds: boolean, column: string, expected: () => string): void {
    if (!holds) this.differs(column, expected());
  }

  differs(column: string, recomputed: string): never {
    throw new Difference(this.file, this.place, column, String(this.value(column)), recomputed);
  }

  private value(column: string): unknown {
    return this.values[this.columns.get(column)!];
  }
}
