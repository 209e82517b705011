/** What must hold of the rows of orders in use at any time. */
import type { World } from '../../src/core/world.ts';
import type { marketSchema } from '../../src/market/schema.ts';
import type { Story } from '../core/naive-script.ts';

type PoolTables = Pick<World<ReturnType<typeof marketSchema>>['tables'], 'order_free' | 'order_pool'>;

/** Every row ever taken is an open order's or on the stack, and only once. (Books here are small: rows 0, 1, 2 …) */
export function auditRowsInUse(tables: PoolTables, open: readonly number[], story: Story): void {
  const stack = tables.order_free.row;
  const free = stack.subarray(1, 1 + stack[0]!);
  const rows = Int32Array.from([...open, ...free]).sort();
  story.same('rows ever taken', rows.length, tables.order_pool.taken[0]);
  for (let i = 0; i < rows.length; i++) if (rows[i] !== i) story.same('rows ever taken', rows[i], i);
}
