/**
 * Deribit futures: rates that rise with the size in coins, IM = (2 % + 0.005 %·q)·N and MM = (1 % + 0.005 %·q)·N. The size
 * is fixed while the price moves, so the liquidation price is that of one rate. A maintenance rate given with the account
 * replaces the 1 %. Linear contract; nothing is rounded. Source: Deribit Insights, "Initial and maintenance margin".
 */
import { Exact, ZERO } from '../formulas/exact.ts';
import { formula } from '../formulas/formula.ts';
import { oneTier } from '../formulas/tier-table.ts';
import type { Venue } from './venue.ts';
import { LINEAR_LIQUIDATION } from './venue.ts';

const INITIAL = new Exact('0.02');
const MAINTENANCE_BASE = new Exact('0.01');
const SLOPE = new Exact('0.00005');

const rate = formula('MMR', 'b + k·q', 'maintenance rate of this size');
const initial = formula('IM', '(a + k·q)·N', 'initial margin');

export const deribit: Venue = {
  name: 'deribit',
  about: 'Rates that rise with the size in coins.',
  source: 'Deribit: initial and maintenance margin of futures',
  valuedAt: 'mark',
  tiers: undefined,
  table(account, sheet) {
    sheet.given('b', account.rate ?? MAINTENANCE_BASE, 'maintenance rate of the smallest size');
    sheet.given('k', SLOPE, 'rise of the rates a coin');
    return oneTier(sheet.work(rate), ZERO);
  },
  initial(_account, sheet) {
    sheet.given('a', INITIAL, 'initial rate of the smallest size');
    sheet.work(initial);
    return true;
  },
  maintenance: formula('MM', 'N·MMR', 'maintenance margin'),
  liquidation: [LINEAR_LIQUIDATION],
};
