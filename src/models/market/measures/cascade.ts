/** The cascade: who was liquidated, by whom, and whether it counts as systemic. */
import { cascadeOfRun, peakWithinWindow } from '../../../stats/cascade/cascade.ts';
import { pairedDifference, pairedProportionDifference } from '../../../stats/pairs/paired.ts';
import { shareOf } from '../../lost-runs.ts';
import { quantileInterval } from '../../../stats/intervals/quantile.ts';
import { pairedRatioDifference, ratioInterval } from '../../../stats/intervals/ratio.ts';
import type { RunColumns } from '../../model.ts';
import { positiveMean } from '../estimates.ts';
import type { MarketRun } from '../market-run.ts';
import type { Measure } from '../measure.ts';
import { dropOf } from './price.ts';
import { int, real } from '../../columns.ts';

export const cascade: Measure = {
  columns: [
    int('systemic', '0/1', '1: the predicate systemic_when held after the shock.'),
    int('accounts', 'accounts', 'Accounts liquidated from the shock on.'),
    int('roots', 'accounts', 'Of these, not triggered by another liquidation.'),
    real('share', 'share', 'Liquidated notional over open interest at the shock.'),
    real('peak', 'share, accounts or quanta', 'Most that systemic_when saw in its window.'),
    int('generations', '', 'Deepest generation of liquidations.'),
    int('largest_tree', 'accounts', 'Accounts in the largest cascade tree.'),
    int('before', 'accounts', 'Accounts liquidated before the shock.'),
  ],
  atShock(run) {
    run.set('before', run.firstLiquidation);
  },
  atEnd(run) {
    const found = cascadeOfRun(run.liquidations);
    run.set('accounts', found.accounts);
    run.set('roots', found.roots);
    run.set('share', run.share(found.notional));
    if (!run.experiment.systemic.caused) judge(run);
    run.set('generations', found.deepest_generation);
    run.set('largest_tree', found.largest_tree_accounts);
  },
  atTwinEnd(run) {
    if (run.experiment.systemic.caused) judge(run);
  },
  metrics: (runs) => ({
    p_systemic: shareOf(sum(runs['systemic']!), runs['systemic']!.length),
    accounts_mean: positiveMean(runs['accounts']!),
    accounts_p95: quantileInterval(runs['accounts']!, 0.95),
    share_mean: positiveMean(runs['share']!),
    share_p95: quantileInterval(runs['share']!, 0.95),
    liquidated_p95: quantileInterval(liquidatedNotional(runs), 0.95),
    branching_ratio: ratioInterval(later(runs), runs['accounts']!, { min: 0, max: 1 }),
    deepest_generation: positiveMean(runs['generations']!),
    accounts_before: positiveMean(runs['before']!),
  }),
  differences: (a, b) => ({
    p_systemic: pairedProportionDifference(a['systemic']!, b['systemic']!),
    accounts_mean: pairedDifference(a['accounts']!, b['accounts']!),
    share_mean: pairedDifference(a['share']!, b['share']!),
    branching_ratio: pairedRatioDifference(
      { numerators: later(a), denominators: a['accounts']! },
      { numerators: later(b), denominators: b['accounts']! },
    ),
  }),
};

function judge(run: MarketRun): void {
  const peak = systemicPeak(run);
  run.set('peak', peak);
  run.set('systemic', peak >= run.experiment.systemic.threshold ? 1 : 0);
}

/** The amount that systemic_when looks at, at its largest in any window. */
function systemicPeak(run: MarketRun): number {
  const { metric, caused, of, within_us } = run.experiment.systemic;
  if (metric === 'drop') return Math.max(0, run.get('drop') - dropOf(run.venue));
  const { liquidations } = run;
  let amount = metric === 'notional' ? liquidations.notional : firstRows(liquidations.account);
  if (caused) {
    const broken = run.breachedInTwin;
    amount = amount.map((one, row) => (broken.has(liquidations.account[row]!) ? 0 : one));
  }
  const peak = peakWithinWindow(liquidations.time_us, amount, within_us);
  if (of === 'open_interest') return run.share(peak);
  if (of === 'accounts') return peak / run.venue.layout.traders;
  return peak;
}

/** 1 for the first row of each account, 0 for its later ones. */
function firstRows(account: ArrayLike<number>): Float64Array {
  const seen = new Set<number>();
  return Float64Array.from(account, (one) => {
    if (seen.has(one)) return 0;
    seen.add(one);
    return 1;
  });
}

/** In money. */
function liquidatedNotional(runs: RunColumns): Float64Array {
  return runs['share']!.map((share, i) => share * runs['open_interest']![i]!);
}

/** Accounts that another liquidation triggered. */
function later(runs: RunColumns): Float64Array {
  return runs['accounts']!.map((accounts, i) => accounts - runs['roots']![i]!);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
