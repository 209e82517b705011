/**
 * Rows of a table handed out so that memory is there before it is asked for. A row that was given back is the next to be
 * taken: it is still in the processor's cache, and a table that churns stays as small as what it holds. New rows follow
 * one another as long as a cache may hold them all; further ones come from the block of a given neighbour as long as that
 * has room, else from a new block. A large table that fills up then has neighbours side by side, and a sweep through
 * hundreds of orders a price waits for memory once in a block, not at every order.
 *
 * Zeroed columns are an empty pool, so a fresh world needs no set-up.
 */
import { CapacityError } from './errors.ts';
import type { Columns, TableSchema } from './world.ts';

const BLOCK = 32;
const SHIFT = 5;
/** Rows before the first block: what fits a cache (64 bytes a row: 1 MB) needs no neighbours, only few gaps. */
const PACKED = 16_384;
/** A neighbour that is no row. */
const NO_ROW = 0x7fffffff;

/** The least number of rows in whole blocks that is at least `rows`: how many the table needs. */
export function wholeBlocks(rows: number): number {
  return Math.ceil(rows / BLOCK) * BLOCK;
}

export const blockPoolSchema = (rows: number) =>
  ({
    /** Stack of rows that were given back: first how many, then they. */
    free: { rows: rows + 1, columns: { row: 'i32' } },
    /** Rows of each block that were ever taken: its first so many. (Those of the packed rows stay 0.) */
    blocks: { rows: Math.ceil(rows / BLOCK), columns: { taken: 'u8' } },
    /**
     * `taken`: rows ever taken; `opened`: blocks ever taken from, the first so many behind
     * the packed rows; `room`: of these, once all are opened, the last that was found to have new rows.
     */
    cell: { rows: 1, columns: { taken: 'i32', opened: 'i32', room: 'i32' } },
  }) as const satisfies Record<string, TableSchema>;

type BlockPoolTables = ReturnType<typeof blockPoolSchema>;

export class BlockPool {
  private readonly name: string;
  private readonly setting: string;
  private readonly rows: number;
  private readonly blocks: number;
  private readonly stack: Int32Array;
  private readonly takenOf: Uint8Array;
  private readonly taken: Int32Array;
  private readonly opened: Int32Array;
  private readonly room: Int32Array;

  /** At most `rows` rows are in use at once. `name` and `setting` appear in the CapacityError when they are. */
  constructor(
    name: string,
    setting: string,
    rows: number,
    tables: { readonly [T in keyof BlockPoolTables]: Columns<BlockPoolTables[T]> },
  ) {
    this.name = name;
    this.setting = setting;
    this.rows = rows;
    this.blocks = tables.blocks.taken.length;
    this.stack = tables.free.row;
    this.takenOf = tables.blocks.taken;
    this.taken = tables.cell.taken;
    this.opened = tables.cell.opened;
    this.room = tables.cell.room;
  }

  /**
   * The row that was given back last, else a new one, in the block of `near` if that has one. Numbers beyond all rows
   * stand for no neighbour. Throws CapacityError when there is no free row.
   */
  take(near = NO_ROW): number {
    const { stack } = this;
    const free = stack[0]!;
    if (free === 0) return this.takeNew(near);
    stack[0] = free - 1;
    return stack[free]!;
  }

  /** Throws the CapacityError of `take` if that would: for those who change something before they take. */
  assertRoom(): void {
    if (this.stack[0] === 0 && this.taken[0] === this.rows) throw this.full();
  }

  /** Gives a row back. */
  give(row: number): void {
    const { stack } = this;
    const free = stack[0]! + 1;
    stack[free] = row;
    stack[0] = free;
  }

  /** Rows in use now. */
  get used(): number {
    return this.taken[0]! - this.stack[0]!;
  }

  private full(): CapacityError {
    return new CapacityError(this.name, this.rows, this.setting);
  }

  private takeNew(near: number): number {
    const taken = this.taken[0]!;
    if (taken === this.rows) throw this.full();
    this.taken[0] = taken + 1;
    if (taken < PACKED) return taken;
    let block = near >> SHIFT;
    if (near < PACKED || block >= this.blocks || this.takenOf[block] === BLOCK) block = this.blockWithRoom();
    const place = this.takenOf[block]!;
    this.takenOf[block] = place + 1;
    return (block << SHIFT) | place;
  }

  /** A new block, or the next that has new rows (there is one if not all rows were taken). */
  private blockWithRoom(): number {
    const first = PACKED >> SHIFT;
    const opened = this.opened[0]!;
    if (first + opened < this.blocks) {
      this.opened[0] = opened + 1;
      return first + opened;
    }
    let next = this.room[0]!;
    while (this.takenOf[first + next] === BLOCK) next++;
    this.room[0] = next;
    return first + next;
  }
}
