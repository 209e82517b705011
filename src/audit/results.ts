/** The tables of the results that statistics are made from, held against the audited orders and losses. */
import type { Order } from './orders.ts';
import type { Row } from './row.ts';
import type { Terms } from './terms.ts';

/** Money of the results is in units, rounded from quanta once. */
const MONEY = ['notional', 'fee', 'insured', 'shared', 'written_off'] as const;

/** Rows of `liquidations`: one a forced order, in order. */
export function checkLiquidations(
  rows: readonly Row[],
  orders: readonly Order[],
  { quanta_per_unit }: Terms,
): void {
  rows.forEach((row, i) => {
    row.check('row', i);
    const order = orders[i] ?? row.differs('row', `one of ${orders.length} forced orders`);
    for (const column of [
      'parent',
      'root',
      'generation',
      'account',
      'instrument',
      'lots',
      'filled',
    ] as const) {
      row.check(column, order[column]);
    }
    row.check('time_s', order.row.num('time_us') / 1e6);
    for (const column of MONEY) row.check(column, Number(order[column]) / quanta_per_unit);
  });
  const missing = orders[rows.length];
  missing?.row.differs('row', `${rows.length} rows in the table liquidations`);
}

/** Rows of `losses`: one a step, as in the journal. */
export function checkLosses(rows: readonly Row[], journal: readonly Row[], { quanta_per_unit }: Terms): void {
  rows.forEach((row, i) => {
    const step = journal[i] ?? row.differs('liquidation', `one of ${journal.length} losses`);
    for (const column of ['liquidation', 'account', 'lots', 'price']) row.check(column, step.num(column));
    row.check('borne', step.num('quanta') / quanta_per_unit);
    row.check('time_s', step.num('time_us') / 1e6);
  });
  journal[rows.length]?.differs('seq', `${rows.length} rows in the table losses`);
}
