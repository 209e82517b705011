/**
 * OKX, linear contracts: the tier's rate holds for the whole position (published tables have no amounts; a table or an
 * account that gives one has it counted), and equity must also cover the fee of closing.
 * LP = (E − s·margin/q)/(1 − s·(MMR + fee)), so + for a short. Nothing is rounded.
 * Source: OKX Help Centre, "Margin calculation: isolated margin" and "Position tiers".
 */
import { formula } from '../formulas/formula.ts';
import type { Venue } from './venue.ts';
import { MAINTENANCE } from './venue.ts';

/** Equity covers maintenance margin and the fee of closing. */
export const COVERS_FEE = {
  valuedAt: 'mark',
  maintenance: MAINTENANCE,
  closing: formula('CF', 'N·fee', 'fee of closing, which equity must cover too'),
  liquidation: [
    formula('A', 'WB − MMo + UPNLo + cum', 'margin that answers for the position'),
    formula(
      'LP',
      '(E − s·A/q)/(1 − s·(MMR + fee))',
      'liquidation price: equity equals maintenance margin and the fee of closing',
    ),
  ],
} as const;

export const okx: Venue = {
  ...COVERS_FEE,
  name: 'okx',
  about: "The tier's rate holds for the whole position; equity must cover the fee of closing too.",
  source: 'OKX Help Centre: margin calculation, position tiers',
  tiers: { amounts: 'none', rates: 'given' },
};
