/**
 * How much of a cascade liquidations caused: the accounts that are liquidated in the run and never come to their maintenance
 * margin in its twin, in which nobody is called or liquidated from the shock on. The branching ratio counts who gave the last
 * push; this counts who would have stood without any of the others.
 */
import { pairedRatioDifference, ratioInterval } from '../../../stats/intervals/ratio.ts';
import type { RunColumns } from '../../model.ts';
import type { MarketRun } from '../market-run.ts';
import type { Measure } from '../measure.ts';
import { int } from '../../columns.ts';

export const caused: Measure = {
  columns: [
    int(
      'breached_in_twin',
      'accounts',
      'Of the accounts liquidated from the shock on, those that come to maintenance margin in the twin, too, looked at each second.',
    ),
  ],
  sampleTwin: (run) => {
    lookAtTwin(run);
  },
  atTwinEnd(run) {
    run.set('breached_in_twin', run.breachedInTwin.size);
  },
  metrics: (runs) => {
    const { numerators, denominators } = sums(runs);
    return { caused_share: ratioInterval(numerators, denominators, { min: 0, max: 1 }) };
  },
  differences: (a, b) => ({ caused_share: pairedRatioDifference(sums(a), sums(b)) }),
};

/** Accounts that would have stood, over all. */
function sums(runs: RunColumns) {
  const accounts = runs['accounts']!;
  return {
    numerators: accounts.map((all, i) => all - runs['breached_in_twin']![i]!),
    denominators: accounts,
  };
}

/** Notes which of the liquidated accounts are at or below maintenance margin in the twin now. */
function lookAtTwin({ venue, liquidatedAccounts, breachedInTwin }: MarketRun): void {
  const { ledger, house } = venue;
  for (const account of liquidatedAccounts) {
    if (breachedInTwin.has(account) || ledger.isFlat(account)) continue;
    if (ledger.equity(account) <= house.requirement.maintenance(account)) breachedInTwin.add(account);
  }
}
