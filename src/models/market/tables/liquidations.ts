/** Forced orders, with their causes. */
import type { DetailTable } from '../table.ts';
import { int, real, realOrNull, text } from '../../columns.ts';

export const liquidations: DetailTable = {
  info: {
    name: 'liquidations',
    about: 'One forced order a row, in time order within a run.',
    columns: [
      int('row', '', 'Number of the forced order within the run.'),
      int('parent', '', 'Row whose fill carried the price across the trigger; -1: a root.'),
      int('root', '', 'Row at the top of the tree.'),
      int('generation', '', '1 for a root.'),
      int('account', '', 'Number of the account.'),
      int('instrument', '', 'Number of the instrument.'),
      real('time_s', 's', 'When the order was given.'),
      int('lots', 'lots', 'Ordered; negative: sold.'),
      int('filled', 'lots', 'Executed.'),
      real('notional', 'money', 'Executed.'),
      real('fee', 'money', 'Liquidation fee.'),
      real('insured', 'money', 'Loss paid by the insurance fund.'),
      real('shared', 'money', 'Loss borne by other accounts.'),
      real('written_off', 'money', 'Loss paid by nobody.'),
      text('kind', 'Kind of trader.'),
      realOrNull(
        'leverage',
        '',
        'Notional of all positions over equity, just before the shock; null without a position then, Infinity without equity.',
      ),
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
