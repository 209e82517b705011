/**
 * dYdX v4: MM = N·MMF, IM = N·IMF with IMF scaled by the market's open interest and IM rounded up to a quantum of USDC
 * (10⁻⁶); nothing else is rounded. Without open interest IMF is 1/L.
 * LP is where net collateral equals total maintenance margin: the account's quote balance is WB − s·q·E.
 * Source: dYdX v4, lib/margin and x/perpetuals/types/liquidity_tier.go; documentation, "Margin".
 */
import { USDC_QUANTUM } from '../formulas/dydx-liquidation.ts';
import { formula } from '../formulas/formula.ts';
import { initialMarginAt, scaledImf } from '../formulas/open-interest.ts';
import type { Venue } from './venue.ts';
import { LINEAR_LIQUIDATION } from './venue.ts';

const fromLeverage = formula('IMF', '1/L', 'initial margin fraction');

export const dydx: Venue = {
  name: 'dydx',
  about: 'One maintenance fraction; the initial margin fraction rises with open interest.',
  source: 'dYdX v4 chain: liquidity tiers; documentation: Margin',
  valuedAt: 'mark',
  tiers: undefined,
  scalesByOpenInterest: true,
  initial({ openInterest, leverage }, sheet) {
    if (openInterest !== undefined) {
      scaledImf(sheet, openInterest);
    } else if (leverage !== undefined) {
      sheet.given('L', leverage, 'leverage');
      sheet.work(fromLeverage);
    } else {
      return false;
    }
    initialMarginAt(sheet, USDC_QUANTUM);
    return true;
  },
  maintenance: formula('MM', 'N·MMR', 'maintenance margin'),
  liquidation: [LINEAR_LIQUIDATION],
};
