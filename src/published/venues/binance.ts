/**
 * Binance USD-M: tiers by notional at the mark, made continuous by the maintenance amount cum; one-way mode.
 * LP = (WB − MMo + UPNLo + cum − s·q·E)/(q·MMR − s·q), with the rate and amount of the tier in which q·LP falls.
 * Nothing is rounded (the venue rounds LP to a tick against the account).
 * Source: Binance Support, "How to Calculate Liquidation Price of USDⓈ-M Futures Contracts"; leverage and margin tables.
 */
import type { Venue } from './venue.ts';
import { LINEAR_LIQUIDATION, MAINTENANCE } from './venue.ts';

export const binance: Venue = {
  name: 'binance',
  about: 'Tiers by notional at the mark, continuous through the maintenance amount.',
  source: 'Binance Support: How to Calculate Liquidation Price of USDⓈ-M Futures Contracts',
  valuedAt: 'mark',
  tiers: { amounts: 'continuous', rates: 'given' },
  maintenance: MAINTENANCE,
  liquidation: [LINEAR_LIQUIDATION],
};
