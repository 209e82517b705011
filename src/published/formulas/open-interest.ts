/**
 * Initial margin that grows with a market's open interest: IMF = base while OI ≤ lower, 1 once OI ≥ upper, and on a
 * line between. An upper cap of 0 switches it off. The requirement is rounded up to a quantum of money.
 * Source: dYdX v4, x/perpetuals/types/liquidity_tier.go. (Its later versions also cut the rate to whole ppm before they
 * multiply, which lowers IM by less than 10⁻⁶ of the notional; here the rate stays exact.)
 */
import type { Exact } from './exact.ts';
import { ONE } from './exact.ts';
import { formula } from './formula.ts';
import type { Sheet } from './sheet.ts';

export interface OpenInterest {
  /** Initial margin fraction while open interest is low, 0 to 1. */
  readonly base: Exact;
  /** Notional of open interest at which the fraction begins to rise, and at which it reaches 1. */
  readonly lower: Exact;
  readonly upper: Exact;
  /** Notional of open interest now. */
  readonly value: Exact;
}

const scaled = formula(
  'IMF',
  'min(base + (OI − lower)/(upper − lower)·(1 − base), 1)',
  'initial margin fraction, scaled by open interest',
);
const ppm = formula('IMFppm', 'floor(IMF·1000000)', 'in whole parts per million, rounded down');
const requirement = formula('IM', 'ceil(N·IMF/u)·u', 'initial margin, rounded up to a quantum');

/** The initial margin fraction, exact. */
export function scaledImf(sheet: Sheet, { base, lower, upper, value }: OpenInterest): Exact {
  if (upper.isZero() || value.lte(lower)) {
    sheet.given('IMF', base, 'initial margin fraction: the base, since open interest does not scale it');
  } else if (value.gte(upper)) {
    sheet.given(
      'IMF',
      ONE,
      'initial margin fraction: all of the notional, open interest is at its upper cap',
    );
  } else {
    sheet.given('base', base, 'base initial margin fraction');
    sheet.given('OI', value, 'open interest, notional');
    sheet.given('lower', lower, 'open interest from which the fraction rises');
    sheet.given('upper', upper, 'open interest at which it is 1');
    sheet.work(scaled);
  }
  return sheet.value('IMF');
}

/** The same in whole parts per million, as the chain keeps it. */
export function scaledImfPpm(sheet: Sheet, openInterest: OpenInterest): Exact {
  scaledImf(sheet, openInterest);
  return sheet.work(ppm);
}

/** Initial margin of a notional; `quantum` is the smallest unit of money. */
export function scaledInitialMargin(
  sheet: Sheet,
  openInterest: OpenInterest,
  notional: Exact,
  quantum: Exact,
): Exact {
  scaledImf(sheet, openInterest);
  sheet.given('N', notional, 'notional');
  return initialMarginAt(sheet, quantum);
}

/** Initial margin of the notional N at the fraction IMF, both on the sheet. */
export function initialMarginAt(sheet: Sheet, quantum: Exact): Exact {
  sheet.given('u', quantum, 'quantum of money');
  return sheet.work(requirement);
}
