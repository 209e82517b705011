/**
 * Liquidations that waiting would have spared: of the accounts liquidated from the shock on, how many would meet their
 * maintenance margin again so long after their first forced order, at the run's own marks then, with the money and positions
 * that they had before it (frozen-accounts.ts). Horizons are fixed, so that it does not depend on how long the run goes on;
 * accounts whose moment lies beyond the end are not looked at, and how many were is told.
 */
import { SECOND } from '../../../core/units.ts';
import { pairedRatioDifference, ratioInterval } from '../../../stats/intervals/ratio.ts';
import type { RunColumns } from '../../model.ts';
import { FrozenAccounts } from '../frozen-accounts.ts';
import type { Measure } from '../measure.ts';
import { int, real } from '../../columns.ts';

/** After the first forced order, s. */
const HORIZONS_S = [10, 60, 300, 900] as const;

export const healthyAgain: Measure = {
  columns: HORIZONS_S.flatMap((s) => [
    int(
      `looked_at_${s}s`,
      'accounts',
      `Of the accounts liquidated, those whose first forced order was ${s} s or more before the end.`,
    ),
    int(
      `healthy_again_${s}s`,
      'accounts',
      `Of these, those that would meet maintenance margin again ${s} s after it, at the marks then, had they been left alone.`,
    ),
    real(
      `looked_at_notional_${s}s`,
      'share',
      `Notional before it of looked_at_${s}s, over open interest at the shock.`,
    ),
    real(
      `healthy_again_notional_${s}s`,
      'share',
      `Notional before it of healthy_again_${s}s, over open interest at the shock.`,
    ),
  ]),
  atShock(run) {
    const horizons_us = HORIZONS_S.map((s) => s * SECOND);
    run.frozen = new FrozenAccounts(run.venue, run.firstLiquidation, horizons_us);
  },
  sample: (run) => run.frozen?.sample(run.venue),
  atEnd(run) {
    if (run.frozen === undefined) return; // a fork, which nobody has looked at
    run.frozen.seen.forEach(({ accounts, notional, again, againNotional }, h) => {
      const s = HORIZONS_S[h]!;
      run.set(`looked_at_${s}s`, accounts);
      run.set(`healthy_again_${s}s`, again);
      run.set(`looked_at_notional_${s}s`, run.share(notional));
      run.set(`healthy_again_notional_${s}s`, run.share(againNotional));
    });
  },
  metrics: (runs) =>
    Object.fromEntries(
      HORIZONS_S.flatMap((s) =>
        (['', 'notional_'] as const).map((of) => {
          const { numerators, denominators } = sums(runs, s, of);
          return [`healthy_again_${of}${s}s`, ratioInterval(numerators, denominators, { min: 0, max: 1 })];
        }),
      ),
    ),
  differences: (a, b) => ({
    healthy_again_60s: pairedRatioDifference(sums(a, 60, ''), sums(b, 60, '')),
  }),
};

function sums(runs: RunColumns, s: number, of: '' | 'notional_') {
  return { numerators: runs[`healthy_again_${of}${s}s`]!, denominators: runs[`looked_at_${of}${s}s`]! };
}
