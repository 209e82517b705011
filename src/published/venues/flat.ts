/** One rate for every size: IM = N/L, MM = N·MMR. No venue's own, but the simplest there is. Nothing is rounded. */
import { formula } from '../formulas/formula.ts';
import type { Venue } from './venue.ts';
import { LINEAR_LIQUIDATION } from './venue.ts';

export const flat: Venue = {
  name: 'flat',
  about: 'One maintenance rate for every size.',
  source: 'definition',
  valuedAt: 'mark',
  tiers: undefined,
  maintenance: formula('MM', 'N·MMR', 'maintenance margin'),
  liquidation: [LINEAR_LIQUIDATION],
};
