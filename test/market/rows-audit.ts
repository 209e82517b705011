/** What must hold of the rows of orders in use at any time. */
import type { World } from '../../src/core/world.ts';
import type { marketSchema } from '../../src/market/schema.ts';
import type { Story } from '../core/naive-script.ts';

type PoolTables = Pick<World<ReturnType<typeof marketSchema>>['tables'], 'order_blocks' | 'order_pool'>;

/** The bits of rows in use are the open orders' rows; blocks that were used and are empty are on the stack, once. */
export function auditRowsInUse(tables: PoolTables, open: readonly number[], story: Story): void {
  const { used, empty } = tables.order_blocks;
  const cell = tables.order_pool;
  const rows = new Int32Array(used.length);
  for (const row of open) rows[row >> 5]! |= 1 << (row & 31);
  const emptied: number[] = [];
  for (let block = 0; block < rows.length; block++) {
    if (rows[block] === 0 && block < cell.touched[0]!) emptied.push(block);
  }
  story.same('rows in use', [...used], [...rows]);
  story.same('number of rows in use', cell.used[0], open.length);
  const stack = [...empty.subarray(0, cell.empty[0])].sort((a, b) => a - b);
  story.same('empty blocks', stack, emptied);
}
