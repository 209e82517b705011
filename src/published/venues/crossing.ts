/**
 * The price at which an account's health (equity less requirement) first reaches zero, over a table of tiers.
 *
 * Within a tier health is a line in the price. The search starts at the mark and goes from tier to tier, against the
 * position while it is healthy and in its favour once it is not, so that it ends in the one tier that is consistent
 * with its own answer, also where a table jumps between tiers and several would be.
 */
import type { Exact } from '../formulas/exact.ts';
import { ONE, ZERO } from '../formulas/exact.ts';
import type { ExactTier } from '../formulas/tier-table.ts';
import { tierAt } from '../formulas/tier-table.ts';

/** Equity less requirement under a tier's terms at a notional (size·price): a line in it. */
export type Health = (tier: ExactTier, notional: Exact) => Exact;

export interface Crossing {
  readonly tier: number;
  /** Set where health jumps over zero at a border of tiers: its notional. Else health is zero within the tier. */
  readonly border: Exact | undefined;
}

/**
 * The first crossing from the notional at the mark, or undefined when no price above 0 is one. `direction` is +1 for a
 * long position, −1 for a short one.
 */
export function firstCrossing(
  table: readonly ExactTier[],
  atMark: Exact,
  direction: 1 | -1,
  health: Health,
): Crossing | undefined {
  let tier = tierAt(table, atMark);
  const now = health(table[tier]!, atMark);
  if (now.isZero()) return { tier, border: undefined };
  const sound = now.isPositive();
  const step = sound ? -direction : direction;
  /** Health has the sign it had at the mark. */
  const same = (value: Exact): boolean => !value.isZero() && value.isPositive() === sound;
  for (;;) {
    const row = table[tier]!;
    const end = step < 0 ? row.floor : row.cap;
    if (!end.isFinite()) {
      const slope = health(row, ONE).minus(health(row, ZERO));
      return slope.isZero() || same(slope) ? undefined : { tier, border: undefined };
    }
    const atEnd = health(row, end);
    // At the price 0 itself nothing can trade.
    if (!same(atEnd)) return end.isZero() && atEnd.isZero() ? undefined : { tier, border: undefined };
    tier += step;
    if (tier < 0) return undefined;
    if (!same(health(table[tier]!, end))) return { tier, border: end };
  }
}
