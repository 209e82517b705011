/** Forced orders, with their causes. */
import type { DetailTable } from '../table.ts';

export const liquidations: DetailTable = {
  info: {
    name: 'liquidations',
    about: 'One forced order a row, in time order within a run.',
    columns: [
      { name: 'row', type: 'INT32', unit: '', about: 'Number of the forced order within the run.' },
      {
        name: 'parent',
        type: 'INT32',
        unit: '',
        about: 'Row whose fill carried the price across the trigger; -1: a root.',
      },
      { name: 'root', type: 'INT32', unit: '', about: 'Row at the top of the tree.' },
      { name: 'generation', type: 'INT32', unit: '', about: '1 for a root.' },
      { name: 'account', type: 'INT32', unit: '', about: 'Number of the account.' },
      { name: 'instrument', type: 'INT32', unit: '', about: 'Number of the instrument.' },
      { name: 'time_s', type: 'DOUBLE', unit: 's', about: 'When the order was given.' },
      { name: 'lots', type: 'INT32', unit: 'lots', about: 'Ordered; negative: sold.' },
      { name: 'filled', type: 'INT32', unit: 'lots', about: 'Executed.' },
      { name: 'notional', type: 'DOUBLE', unit: 'money', about: 'Executed.' },
      { name: 'fee', type: 'DOUBLE', unit: 'money', about: 'Liquidation fee.' },
      { name: 'insured', type: 'DOUBLE', unit: 'money', about: 'Loss paid by the insurance fund.' },
      { name: 'shared', type: 'DOUBLE', unit: 'money', about: 'Loss borne by other accounts.' },
      { name: 'written_off', type: 'DOUBLE', unit: 'money', about: 'Loss paid by nobody.' },
      { name: 'kind', type: 'STRING', unit: '', about: 'Kind of trader.' },
      {
        name: 'leverage',
        type: 'DOUBLE',
        unit: '',
        about:
          'Notional of all positions over equity, just before the shock; null without a position then, Infinity without equity.',
        nullable: true,
      },
    ],
  },
  atShock(run) {
    run.noteTraders();
  },
  atEnd(run, add) {
    const { kinds, kind, leverage } = run.traders;
    const { liquidations: rows, liquidationCount } = run.venue.house;
    for (let row = 0; row < liquidationCount; row++) {
      add([
        row,
        rows.parent[row]!,
        rows.root[row]!,
        rows.generation[row]!,
        rows.account[row]!,
        rows.instrument[row]!,
        rows.time_us[row]! / 1e6,
        rows.lots[row]!,
        rows.filled[row]!,
        run.money(rows.notional[row]!),
        run.money(rows.fee[row]!),
        run.money(rows.insured[row]!),
        run.money(rows.shared[row]!),
        run.money(rows.written_off[row]!),
        kinds[kind[rows.account[row]!]!]!,
        leverage[rows.account[row]!]!,
      ]);
    }
  },
};
