/** Pressure: how far a price has fallen here or elsewhere; the fall elsewhere comes first, and pulls the mark after it. */
import type { Score } from './score.ts';

export const pressure: Score = {
  name: 'pressure',
  about:
    'Fall of the mark or of the price on other venues, whichever is deeper, as a share; of several instruments the deepest.',
  keeps: (instruments) => 2 * instruments,
  begin({ ledger, tables }, kept) {
    kept.set(ledger.marks);
    kept.set(tables.prices.index, ledger.instruments);
  },
  now({ ledger, tables }, kept) {
    const { instruments, marks } = ledger;
    let deepest = 0;
    for (let i = 0; i < instruments; i++) {
      const here = 1 - marks[i]! / kept[i]!;
      const elsewhere = 1 - tables.prices.index[i]! / kept[instruments + i]!;
      deepest = Math.max(deepest, here, elsewhere);
    }
    return deepest;
  },
};
