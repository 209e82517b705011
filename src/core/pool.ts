/**
 * Rows of a table handed out and taken back: a stack of free rows, all in columns of the world.
 * Zeroed columns are an empty pool, so a fresh world needs no set-up.
 */
import { CapacityError } from './errors.ts';
import type { Columns, TableSchema } from './world.ts';

export const poolSchema = (rows: number) =>
  ({
    free: { rows, columns: { row: 'i32' } },
    /** `free`: rows on the stack; `touched`: rows ever handed out, all of them below this index. */
    cell: { rows: 1, columns: { free: 'i32', touched: 'i32' } },
  }) as const satisfies Record<string, TableSchema>;

type PoolTables = ReturnType<typeof poolSchema>;

export class Pool {
  private readonly name: string;
  private readonly setting: string;
  private readonly stack: Int32Array;
  private readonly free: Int32Array;
  private readonly touched: Int32Array;

  /** `name` and `setting` appear in the CapacityError when the pool is full. */
  constructor(
    name: string,
    setting: string,
    free: Columns<PoolTables['free']>,
    cell: Columns<PoolTables['cell']>,
  ) {
    this.name = name;
    this.setting = setting;
    this.stack = free.row;
    this.free = cell.free;
    this.touched = cell.touched;
  }

  /** A free row. Throws CapacityError when there is none. */
  take(): number {
    const free = this.free[0]!;
    if (free > 0) {
      this.free[0] = free - 1;
      return this.stack[free - 1]!;
    }
    const touched = this.touched[0]!;
    if (touched === this.stack.length) throw new CapacityError(this.name, touched, this.setting);
    this.touched[0] = touched + 1;
    return touched;
  }

  /** Gives a row back. */
  give(row: number): void {
    const free = this.free[0]!;
    this.stack[free] = row;
    this.free[0] = free + 1;
  }

  /** Rows in use now. */
  get used(): number {
    return this.touched[0]! - this.free[0]!;
  }
}
