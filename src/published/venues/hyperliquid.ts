/**
 * Hyperliquid: maintenance rate l = 1/(2·max leverage) by tier of notional, continuous through a deduction.
 * LP = P − s·A/q/(1 − l·s) with A = equity − MM at the mark P, by the rate and deduction of the tier in which q·LP falls;
 * equity is that of the position (isolated) or of the account (cross). Equity below 2/3 of the maintenance margin goes to
 * the backstop vault: BSP is the price at which that is so, BST the equity there. Nothing is rounded.
 * Source: Hyperliquid documentation, "Liquidations" and "Margin tiers".
 */
import { formula } from '../formulas/formula.ts';
import type { Venue } from './venue.ts';
import { MAINTENANCE } from './venue.ts';

export const hyperliquid: Venue = {
  name: 'hyperliquid',
  about: 'Half of one over the highest leverage by tier, with a deduction; a backstop below 2/3 of it.',
  source: 'Hyperliquid documentation: Liquidations, Margin tiers',
  valuedAt: 'mark',
  tiers: { amounts: 'continuous', rates: 'from-leverage' },
  maintenance: MAINTENANCE,
  liquidation: [
    formula('A', 'EQ − MMo − (q·P·MMR − cum)', 'margin available above maintenance, at the mark'),
    formula(
      'LP',
      'P − s·A/q/(1 − MMR·s)',
      'liquidation price: equity equals maintenance margin; MMR is one over the maintenance leverage',
    ),
  ],
  backstop: {
    share: [2, 3],
    price: formula(
      'BSP',
      '(3·(WB + UPNLo − s·q·E) + 2·(cum − MMo))/(2·q·MMR − 3·s·q)',
      'backstop price: equity equals 2/3 of maintenance margin',
    ),
    threshold: formula('BST', '2·(q·BSP·MMR − cum + MMo)/3', 'backstop threshold: equity there'),
  },
};
