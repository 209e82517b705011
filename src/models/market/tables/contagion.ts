/** Who infected whom, by kind of trader, by leverage and by instrument. */
import { contagionOf } from '../../../stats/cascade/contagion.ts';
import type { MarketRun } from '../market-run.ts';
import type { DetailTable } from '../table.ts';
import { LEVERAGE_BANDS } from '../traders.ts';
import { int, text } from '../../columns.ts';

/** What stands for ordinary flow and the shock, which infect the roots. */
const NOBODY = 'none';

export const contagion: DetailTable = {
  info: {
    name: 'contagion',
    about:
      'From the shock on, accounts of one category that accounts of another triggered, for all that had any.',
    columns: [
      text('by', 'What categories are: kind, leverage or instrument.'),
      text('from', 'Category of the infecting account; none: a root.'),
      text('to', 'Category of the infected one.'),
      int('infected', 'accounts', 'How many.'),
      int(
        'parents',
        'accounts',
        'Accounts of `from` that were liquidated: Σ infected / Σ parents is the mean offspring; 0 for roots.',
      ),
    ],
  },
  atEnd(run, add) {
    for (const { by, names, category } of categoriesOf(run)) {
      const { infections, roots, accounts } = contagionOf(run.liquidations, category, names.length);
      roots.forEach((count, to) => {
        if (count > 0) add([by, NOBODY, names[to]!, count, 0]);
      });
      infections.forEach((count, i) => {
        const from = Math.floor(i / names.length);
        const parents = accounts[from]!;
        if (parents > 0) add([by, names[from]!, names[i % names.length]!, count, parents]);
      });
    }
  },
};

interface Categories {
  readonly by: string;
  readonly names: readonly string[];
  /** Of each liquidation. */
  readonly category: ArrayLike<number>;
}

/** Kind and leverage are the account's, the instrument is that of its first forced order. */
function categoriesOf({ liquidations, traders, venue }: MarketRun): Categories[] {
  const { account, instrument } = liquidations;
  return [
    { by: 'kind', names: traders.kinds, category: account.map((who) => traders.kind[who]!) },
    { by: 'leverage', names: LEVERAGE_BANDS, category: account.map((who) => traders.bandOf(who)) },
    { by: 'instrument', names: venue.spec.instruments.map(({ name }) => name), category: instrument },
  ];
}
