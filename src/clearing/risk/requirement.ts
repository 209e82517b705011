/**
 * What a policy's margin compiles to: how much equity a whole account needs. The clearing house, its ladder, the waterfall,
 * the order check and the watch ask a requirement and nothing else, so that margin may be a sum over positions
 * (additive.ts), or a scan of the portfolio in which positions offset each other.
 *
 * Money is whole quanta, at the present marks unless a price is given (ticks); lots are signed unless said otherwise.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { MarginRule } from '../margin/rule.ts';

/** How a requirement changes in time: what the margin's clock does with it. */
export type Changes = Pick<MarginRule, 'update' | 'interval_us' | 'reset' | 'schedule'>;

/** A mark that cannot be reached: the price cannot fall below one tick, nor rise without bound. */
export const NEVER = 0;
/** The highest mark that the watch can tell from others, ticks. */
export const HIGHEST_PRICE = 0x3ffffffe;

/** Both requirements of an account, quanta. */
export interface Needs {
  initial: number;
  maintenance: number;
}

export interface Requirement {
  /** Both of the next two at once, for passes over all accounts. False where the account holds nothing. */
  needs(account: number, into: Needs): boolean;
  /**
   * Both of a position of so many lots (unsigned), whoever holds it. Given where an account without a chosen leverage needs the
   * sum of these over its positions; left out, positions are not to be looked at one by one.
   */
  needsOf?(instrument: number, lots: number, into: Needs): void;
  /** Equity at or below which the account is called. */
  maintenance(account: number): number;
  /** Equity needed to open what it holds. Never less. */
  initial(account: number): number;
  /** The same if its position in an instrument were `lots`. */
  initialWith(account: number, instrument: number, lots: number): number;
  /** Maintenance if this share (ppm) of every position were closed, rounded up to lots. */
  maintenanceAfter(account: number, closed_ppm: number): number;
  /** A position's part in the maintenance requirement; the parts of all positions sum to it. */
  part(account: number, instrument: number): number;
  /** Maintenance of an account that held these lots, by instrument. */
  maintenanceOfAll(lots: Int32Array): number;
  /** Maintenance of `lots` (unsigned) of one instrument, held alone, at a price. */
  maintenanceOf(instrument: number, lots: number, price: number): number;
  /** Initial margin of the same; more than the rule's own if the account chose a lower leverage. */
  initialOf(account: number, instrument: number, lots: number, price: number): number;
  /** Most lots (unsigned) of a position that need less by so many tiers; 0: there is no such tier. */
  stepDown(account: number, instrument: number, tiers: number): number;
  /** Most lots (unsigned) of a long, or of a short, that orders may lead to; Infinity: as many as margin carries. */
  positionLimit(instrument: number, isShort: boolean): number;
  /** What a move of an instrument's mark acts on, unsigned: its part of the slack is in proportion; 0: it does not matter. */
  exposure(account: number, instrument: number): number;
  /** What of the slack above `level_ppm` of maintenance may be shared out among instruments and assets. */
  spare(account: number, slack: number, level_ppm: number): number;
  /**
   * The watch's only question: the nearest mark below the present one (`step` −1) or above it (1) at which, by this mark's
   * move alone, the account's equity may have come `slack` nearer to `level_ppm` of its maintenance. NEVER: at none. A mark
   * that is nearer is certainly safe.
   */
  band(account: number, instrument: number, step: -1 | 1, slack: number, level_ppm: number): number;
}

/** What a compiled policy holds. */
export interface Margin {
  /** What its numbers follow from, in time. */
  readonly changes: Changes;
  /** The requirement of the accounts of a ledger. */
  of(ledger: Ledger): Requirement;
}
