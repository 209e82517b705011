/**
 * Rows of a table handed out beside one another: a row comes from the block of a given neighbour as long as that has
 * room, else from an empty block. Rows that are walked one after another then lie side by side, and memory is there
 * before it is asked for: a sweep through hundreds of orders a price waits for it once in a block, not at every order.
 *
 * Zeroed columns are an empty pool, so a fresh world needs no set-up.
 */
import { CapacityError } from './errors.ts';
import type { Columns, TableSchema } from './world.ts';

/** A block has as many rows as a word has bits. */
const BLOCK = 32;
const SHIFT = 5;
const FULL = -1;
/** A neighbour that is no row. */
const NO_ROW = 0x7fffffff;

/** The least number of rows in whole blocks that is at least `rows`: how many the table needs. */
export function wholeBlocks(rows: number): number {
  return Math.ceil(rows / BLOCK) * BLOCK;
}

export const blockPoolSchema = (rows: number) => {
  const blocks = Math.ceil(rows / BLOCK);
  return {
    /** `used`: a bit for each row in use. `empty`: stack of blocks that were used and are empty again. */
    blocks: { rows: blocks, columns: { used: 'i32', empty: 'i32' } },
    /**
     * `used`: rows in use; `empty`: blocks on the stack; `touched`: blocks ever used, all of them below this index;
     * `room`: the block last found to have room when none was empty.
     */
    cell: { rows: 1, columns: { used: 'i32', empty: 'i32', touched: 'i32', room: 'i32' } },
  } as const satisfies Record<string, TableSchema>;
};

type BlockPoolTables = ReturnType<typeof blockPoolSchema>;

export class BlockPool {
  private readonly name: string;
  private readonly setting: string;
  private readonly rows: number;
  private readonly blocks: number;
  private readonly rowBits: Int32Array;
  private readonly emptyBlocks: Int32Array;
  private readonly usedRows: Int32Array;
  private readonly empty: Int32Array;
  private readonly touched: Int32Array;
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
    this.blocks = tables.blocks.used.length;
    this.rowBits = tables.blocks.used;
    this.emptyBlocks = tables.blocks.empty;
    this.usedRows = tables.cell.used;
    this.empty = tables.cell.empty;
    this.touched = tables.cell.touched;
    this.room = tables.cell.room;
  }

  /**
   * A free row, in the block of `near` if that has one, else of `orNear`, else of an empty block. Both are rows in use;
   * numbers beyond all rows stand for none. Throws CapacityError when there is no free row.
   */
  take(near = NO_ROW, orNear = NO_ROW): number {
    const used = this.usedRows[0]!;
    if (used === this.rows) throw new CapacityError(this.name, used, this.setting);
    this.usedRows[0] = used + 1;
    let block = near >> SHIFT;
    let bits = block < this.blocks ? this.rowBits[block]! : FULL;
    if (bits === FULL) {
      block = this.blockWithRoom(orNear) | 0;
      bits = this.rowBits[block]!;
    }
    const row = lowestZero(bits);
    bits |= 1 << row;
    this.rowBits[block] = bits;
    return (block << SHIFT) | row;
  }

  /** Gives a row back. */
  give(row: number): void {
    const block = row >> SHIFT;
    const bits = this.rowBits[block]! & ~(1 << (row & (BLOCK - 1)));
    this.rowBits[block] = bits;
    this.usedRows[0] = this.usedRows[0]! - 1;
    if (bits !== 0) return;
    const empty = this.empty[0]!;
    this.emptyBlocks[empty] = block;
    this.empty[0] = empty + 1;
  }

  /** Rows in use now. */
  get used(): number {
    return this.usedRows[0]!;
  }

  /** The block of a row if it has room, an empty one, or the next with room (there is one if not all rows are in use). */
  private blockWithRoom(near: number): number {
    const block = near >> SHIFT;
    if (block < this.blocks && this.rowBits[block] !== FULL) return block;
    const empty = this.empty[0]!;
    if (empty > 0) {
      this.empty[0] = empty - 1;
      return this.emptyBlocks[empty - 1]!;
    }
    const touched = this.touched[0]!;
    if (touched < this.blocks) {
      this.touched[0] = touched + 1;
      return touched;
    }
    let next = this.room[0]!;
    while (this.rowBits[next] === FULL) next = next + 1 === this.blocks ? 0 : next + 1;
    this.room[0] = next;
    return next;
  }
}

/** Place of the lowest bit that is not set. */
function lowestZero(bits: number): number {
  return 31 - Math.clz32(~bits & -~bits);
}
