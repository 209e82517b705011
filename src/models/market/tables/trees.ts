/** Trees of the cascade. */
import { treesOf } from '../../../stats/cascade/trees.ts';
import type { DetailTable } from '../table.ts';
import { int, real } from '../../columns.ts';

export const trees: DetailTable = {
  info: {
    name: 'trees',
    about: 'One tree of liquidations from the shock on a row: a root and all that it led to.',
    columns: [
      int('root', '', 'Row of the root in `liquidations`.'),
      int('accounts', 'accounts', 'Accounts in it.'),
      int('orders', 'orders', 'Their forced orders.'),
      real('notional', 'money', 'Executed by these.'),
      real('share', 'share', 'notional over open interest at the shock.'),
      int('generations', '', 'Longest chain of accounts; 1: a root alone.'),
      real('duration_s', 's', 'From its first order to its last.'),
    ],
  },
  atEnd(run, add) {
    const found = treesOf(run.liquidations);
    found.root.forEach((root, t) => {
      add([
        run.firstLiquidation + root,
        found.accounts[t]!,
        found.orders[t]!,
        run.money(found.notional[t]!),
        run.share(found.notional[t]!),
        found.generations[t]!,
        (found.last_us[t]! - found.first_us[t]!) / 1e6,
      ]);
    });
  },
};
