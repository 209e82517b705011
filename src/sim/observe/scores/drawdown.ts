/** Drawdown: how far a mark has fallen. */
import type { Score } from './score.ts';

export const drawdown: Score = {
  name: 'drawdown',
  about: 'Fall of the mark price below what it was, as a share of that; of several instruments the deepest.',
  keeps: (instruments) => instruments,
  begin({ ledger }, kept) {
    kept.set(ledger.marks);
  },
  now({ ledger }, kept) {
    let deepest = 0;
    for (let i = 0; i < kept.length; i++) {
      const fall = 1 - ledger.marks[i]! / kept[i]!;
      if (fall > deepest) deepest = fall;
    }
    return deepest;
  },
};
