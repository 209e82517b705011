/**
 * Bybit, linear contracts: IM and MM stand at the value at entry, so the requirement does not move with the price.
 * LP = E − s·(IM − MM)/q, less extra margin added; IM and the extra are the isolated wallet together. In cross mode the
 * wallet is the balance, and the other positions count. Nothing is rounded. The fee to close, which Bybit also sets
 * aside, is left out, as in the published worked cases.
 * Source: Bybit Help Centre, "Liquidation Price Calculation under Isolated Mode (USDT Contract)".
 */
import { formula } from '../formulas/formula.ts';
import type { Venue } from './venue.ts';
import { MAINTENANCE } from './venue.ts';

export const bybit: Venue = {
  name: 'bybit',
  about: 'Requirements stand at the value at entry.',
  source: 'Bybit Help Centre: Liquidation Price Calculation under Isolated Mode (USDT Contract)',
  valuedAt: 'entry',
  tiers: { amounts: 'continuous', rates: 'given' },
  maintenance: MAINTENANCE,
  liquidation: [
    formula(
      'LP',
      'E − s·(WB − MMo + UPNLo − MM)/q',
      'liquidation price: equity equals maintenance margin at entry',
    ),
  ],
};
