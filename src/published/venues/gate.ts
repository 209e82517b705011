/**
 * Gate, linear contracts: as OKX, LP = (E − s·margin/q)/(1 − s·(MMR + fee)), but with tables of risk limits that carry a
 * deduction, so that the requirement is continuous. Nothing is rounded.
 * Source: Gate Help Centre, "Liquidation price"; its API's risk limit tiers.
 */
import { COVERS_FEE } from './okx.ts';
import type { Venue } from './venue.ts';

export const gate: Venue = {
  ...COVERS_FEE,
  name: 'gate',
  about: 'Tiers with a deduction; equity must cover the fee of closing too.',
  source: 'Gate Help Centre: liquidation price, risk limits',
  tiers: { amounts: 'continuous', rates: 'given' },
};
