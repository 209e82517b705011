/**
 * A liquidation fee that rises while nobody liquidates: the base fee before the grace has passed, then
 * base + slots·perSlot (all slots, those of the grace too), at most max. Nothing is rounded.
 * Source: Drift v2, math/liquidation.rs, get_liquidation_fee.
 */
import type { Exact } from './exact.ts';
import { formula } from './formula.ts';
import type { Sheet } from './sheet.ts';

export interface FeeRamp {
  readonly base: Exact;
  readonly max: Exact;
  /** Slots since the account was last active, those before the fee rises, and the rise in each. */
  readonly elapsed: Exact;
  readonly grace: Exact;
  readonly perSlot: Exact;
}

const ramp = formula('fee', 'min(base + t·perSlot, max)', 'liquidation fee');

export function liquidationFee(sheet: Sheet, { base, max, elapsed, grace, perSlot }: FeeRamp): Exact {
  if (elapsed.lt(grace)) {
    sheet.given('fee', base, 'liquidation fee: the base, within the grace');
    return base;
  }
  sheet.given('base', base, 'base fee');
  sheet.given('t', elapsed, 'slots elapsed');
  sheet.given('perSlot', perSlot, 'rise a slot');
  sheet.given('max', max, 'highest fee');
  return sheet.work(ramp);
}
