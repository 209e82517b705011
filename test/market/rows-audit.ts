/** What must hold of the rows of orders in use at any time. */
import type { World } from '../../src/core/world.ts';
import type { marketSchema } from '../../src/market/schema.ts';
import type { Story } from '../core/naive-script.ts';

type PoolTables = Pick<
  World<ReturnType<typeof marketSchema>>['tables'],
  'order_blocks' | 'order_full' | 'order_pool'
>;

/** The bits of rows in use are the open orders' rows; full blocks follow from them; empty blocks are on the stack, once. */
export function auditRowsInUse(tables: PoolTables, open: readonly number[], story: Story): void {
  const { used, empty } = tables.order_blocks;
  const cell = tables.order_pool;
  const rows = new Int32Array(used.length);
  for (const row of open) rows[row >> 5]! |= 1 << (row & 31);
  const full = new Int32Array(tables.order_full.bits.length);
  const emptied: number[] = [];
  for (let block = 0; block < rows.length; block++) {
    if (rows[block] === -1) full[block >> 5]! |= 1 << (block & 31);
    if (rows[block] === 0 && block < cell.touched[0]!) emptied.push(block);
  }
  story.same('rows in use', [...used], [...rows]);
  story.same('number of rows in use', cell.used[0], open.length);
  story.same('full blocks', [...tables.order_full.bits], [...full]);
  const stack = [...empty.subarray(0, cell.empty[0])].sort((a, b) => a - b);
  story.same('empty blocks', stack, emptied);
}
