/** Trees of the cascade. */
import { treesOf } from '../../../stats/cascade/trees.ts';
import type { DetailTable } from '../table.ts';

export const trees: DetailTable = {
  info: {
    name: 'trees',
    about: 'One tree of liquidations from the shock on a row: a root and all that it led to.',
    columns: [
      { name: 'root', type: 'INT32', unit: '', about: 'Row of the root in `liquidations`.' },
      { name: 'accounts', type: 'INT32', unit: 'accounts', about: 'Accounts in it.' },
      { name: 'orders', type: 'INT32', unit: 'orders', about: 'Their forced orders.' },
      { name: 'notional', type: 'DOUBLE', unit: 'money', about: 'Executed by these.' },
      { name: 'share', type: 'DOUBLE', unit: 'share', about: 'notional over open interest at the shock.' },
      { name: 'generations', type: 'INT32', unit: '', about: 'Longest chain of accounts; 1: a root alone.' },
      { name: 'duration_s', type: 'DOUBLE', unit: 's', about: 'From its first order to its last.' },
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
