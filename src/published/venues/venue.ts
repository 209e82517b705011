/**
 * What a venue is, to `unwind margin`: formulas as text, each the price or money that its symbol names, with the
 * symbols below. Nothing is rounded unless the formula says so.
 *
 * | symbol | is |
 * |---|---|
 * | s, q, E, P | +1 long or −1 short; size; entry price; mark |
 * | WB | wallet: the position's margin (isolated) or the account's balance (cross) |
 * | MMo, UPNLo | maintenance margin and open profit of the account's other positions; 0 if isolated |
 * | N | notional, at the mark or at entry as `valuedAt` says |
 * | MMR, cum | maintenance rate and amount of the tier |
 * | L, fee | leverage, at most that of the tier; taker fee |
 * | EQ, IM, MM | equity, initial and maintenance margin |
 */
import type { ExactTier, TierConvention } from '../formulas/tier-table.ts';
import type { Formula } from '../formulas/formula.ts';
import { formula } from '../formulas/formula.ts';
import type { Sheet } from '../formulas/sheet.ts';
import type { Account } from './account.ts';

export interface Venue {
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  readonly source: string;
  /** The price at which requirements value the position. */
  readonly valuedAt: 'mark' | 'entry';
  /** How it fills gaps of a tier table; undefined if it has no tiers. */
  readonly tiers: TierConvention | undefined;
  /** Its table for this account where that is no matter of tiers. */
  readonly table?: (account: Account, sheet: Sheet) => readonly ExactTier[];
  /** Whether a market's open interest counts. */
  readonly scalesByOpenInterest?: true;
  /** Puts IM on the sheet, or returns false when the account does not say enough. Default: N/L. */
  readonly initial?: (account: Account, sheet: Sheet) => boolean;
  readonly maintenance: Formula;
  /** A cost of closing that equity must cover on top of MM. */
  readonly closing?: Formula;
  /** The liquidation price, last, and what it is made from. */
  readonly liquidation: readonly Formula[];
  /** A second, lower threshold: at this share of MM the position goes to the backstop. */
  readonly backstop?: {
    readonly share: readonly [number, number];
    readonly price: Formula;
    readonly threshold: Formula;
  };
}

export const MAINTENANCE = formula('MM', 'N·MMR − cum', 'maintenance margin');

/** Where equity equals a requirement of N·MMR − cum, for a wallet that is not touched by the price. */
export const LINEAR_LIQUIDATION = formula(
  'LP',
  '(WB − MMo + UPNLo + cum − s·q·E)/(q·MMR − s·q)',
  'liquidation price: equity equals maintenance margin',
);
