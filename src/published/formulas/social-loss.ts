/**
 * A loss that nobody else bears, spread over all deposits: what each unit of deposit loses. Above 1 the deposits do not
 * suffice. Nothing is rounded. Source: Drift v2, math/liquidation.rs (cumulative deposit interest); Mango v4.
 */
import type { Exact } from './exact.ts';
import { formula } from './formula.ts';
import type { Sheet } from './sheet.ts';

const haircut = formula('h', 'loss/deposits', 'loss of each unit of deposit');

/** `deposits` above 0. */
export function socialLossDepositHaircut(sheet: Sheet, loss: Exact, deposits: Exact): Exact {
  sheet.given('loss', loss, 'loss to spread');
  sheet.given('deposits', deposits, 'all deposits');
  return sheet.work(haircut);
}
