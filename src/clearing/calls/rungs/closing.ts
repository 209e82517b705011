/** What rungs that give orders have in common: the worst price at which a forced order may trade. */
import { z } from 'zod';
import { factor, multiple, share } from '../../../core/settings.ts';
import type { Decision } from './rung.ts';
import { AT_ANY_PRICE, AT_BANKRUPTCY, AT_FILLABLE, FROM_MARK } from './rung.ts';

export const orderSettings = {
  limit: z
    .union([
      z.literal('none'),
      z.literal('bankruptcy'),
      share({ above: 0, most: 1 }),
      z.strictObject({
        adjustment: factor({ above: 0 }).default(1).describe('How fast it moves away as health falls.'),
        spread: multiple({ above: 0 })
          .prefault('10 %')
          .describe('Most distance, over the maintenance margin.'),
      }),
    ])
    .default('none')
    .describe(
      'Worst price of the order: none, bankruptcy (where equity is zero), a distance from the mark such as 2 %, or ' +
        '{ adjustment, spread }: the fillable price of dYdX v4.',
    ),
  fill_or_kill: z
    .boolean()
    .default(false)
    .describe('True: the order trades as a whole or not at all; false: what can trade does.'),
};

export interface OrderSettings {
  readonly limit: 'none' | 'bankruptcy' | number | { readonly adjustment: number; readonly spread: number };
  readonly fill_or_kill: boolean;
}

/** Sets the order's limits in a decision. */
export function placeLimit(settings: OrderSettings, decision: Decision): void {
  const { limit } = settings;
  decision.fill_or_kill = settings.fill_or_kill;
  if (limit === 'none') decision.limit = AT_ANY_PRICE;
  else if (limit === 'bankruptcy') decision.limit = AT_BANKRUPTCY;
  else if (typeof limit === 'number') {
    decision.limit = FROM_MARK;
    decision.limit_ppm = Math.round(limit * 1_000_000);
  } else {
    decision.limit = AT_FILLABLE;
    decision.limit_ppm = Math.round(limit.spread * 1_000_000);
    decision.adjustment = limit.adjustment;
  }
}
