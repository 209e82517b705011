/** Fund used: how much of the insurance fund is gone. */
import { INSURANCE } from '../../../clearing/schema.ts';
import type { Score } from './score.ts';

export const fundUsed: Score = {
  name: 'fund-used',
  about:
    'What the insurance fund has lost, positions that it took over at the mark, as a share of what it had; 0 without a fund.',
  keeps: () => 1,
  begin({ ledger }, kept) {
    kept[0] = ledger.equity(INSURANCE);
  },
  now({ ledger }, kept) {
    const had = kept[0]!;
    return had > 0 ? Math.max(0, 1 - ledger.equity(INSURANCE) / had) : 0;
  },
};
