/**
 * How much of a position to close so that a shortage of margin is just covered.
 *
 * Closing x frees x·p·pq·(MR − lf) of requirement, less what the liquidator and the fund take, so
 * x = shortage/(p·pq·(MR − lf) − p·ff). No size suffices when that is not above 0: then all of it is closed.
 * Nothing is rounded. Source: Drift v2, math/liquidation.rs.
 */
import type { Exact } from './exact.ts';
import { ZERO } from './exact.ts';
import { formula } from './formula.ts';
import type { Sheet } from './sheet.ts';

export interface Shortage {
  /** Margin requirement less collateral, in quote money. */
  readonly shortage: Exact;
  /** Requirement a unit of notional. */
  readonly marginRatio: Exact;
  /** Shares of notional that the liquidator and the insurance fund take. */
  readonly liquidatorFee: Exact;
  readonly fundFee: Exact;
  /** Price of the position's asset in quote, and of quote in money. */
  readonly price: Exact;
  readonly quotePrice: Exact;
}

const freed = formula('F', 'p·pq·(MR − lf) − p·ff', 'margin that closing one unit frees');
const size = formula('x', 'shortage/F', 'size to close');

/** The size, or undefined when no size covers the shortage. */
export function closeSizeForShortage(sheet: Sheet, input: Shortage): Exact | undefined {
  sheet.given('shortage', input.shortage, 'margin that is missing');
  sheet.given('MR', input.marginRatio, 'margin requirement a unit of notional');
  sheet.given('lf', input.liquidatorFee, "liquidator's fee");
  sheet.given('ff', input.fundFee, "insurance fund's fee");
  sheet.given('p', input.price, 'price');
  sheet.given('pq', input.quotePrice, 'price of the quote asset');
  return sheet.work(freed).gt(ZERO) ? sheet.work(size) : undefined;
}
