/** Forced orders as the auditor adds them up: what each executed, paid in fees, and who bore what of its loss. */
import type { Row } from './row.ts';

export interface Order {
  readonly row: Row;
  readonly account: number;
  readonly instrument: number;
  readonly event: number;
  readonly lots: bigint;
  readonly generation: number;
  readonly parent: number;
  readonly root: number;
  /** When its call began, µs. */
  readonly breach_us: number;
  filled: bigint;
  taken_over: bigint;
  notional: bigint;
  fee: bigint;
  insured: bigint;
  shared: bigint;
  written_off: bigint;
  surplus: bigint;
  /** Fills that its execution has not been told of yet. */
  openLots: bigint;
  openValue: bigint;
}

/** What must stand in the order's row at the end. */
const TOTALS = [
  'filled',
  'taken_over',
  'notional',
  'fee',
  'insured',
  'shared',
  'written_off',
  'surplus',
] as const;

export class Orders {
  readonly all: Order[] = [];

  get(row: Row, column: string): Order {
    const found = this.all[row.num(column)];
    return found ?? row.differs(column, `one of ${this.all.length} forced orders so far`);
  }

  open(
    row: Row,
    {
      account,
      instrument,
      generation,
      parent,
      breach_us,
    }: Pick<Order, 'account' | 'instrument' | 'generation' | 'parent' | 'breach_us'>,
  ): Order {
    row.check('row', this.all.length);
    row.check('generation', generation);
    row.check('parent', parent);
    const root = parent < 0 ? this.all.length : this.all[parent]!.root;
    row.check('root', root);
    const zero = {
      filled: 0n,
      taken_over: 0n,
      notional: 0n,
      fee: 0n,
      insured: 0n,
      shared: 0n,
      written_off: 0n,
    };
    const order: Order = {
      row,
      account,
      instrument,
      event: row.num('event'),
      lots: row.big('lots'),
      generation,
      parent,
      root,
      breach_us,
      ...zero,
      surplus: 0n,
      openLots: 0n,
      openValue: 0n,
    };
    this.all.push(order);
    return order;
  }

  /** At the end of the run. */
  checkTotals(): void {
    for (const order of this.all) for (const total of TOTALS) order.row.check(total, order[total]);
  }
}
