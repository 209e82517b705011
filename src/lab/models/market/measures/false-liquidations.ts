/**
 * False liquidations: accounts that were liquidated and would have survived. What would have been is the run's twin, in which
 * from the shock on nobody is called or liquidated, and so nobody brings money either: an account survives if in the twin
 * its equity is not below 0 at any sample (every second from the shock) nor at the end of the run.
 */
import { pairedDifference } from '../../../../stats/paired.ts';
import { ratioInterval } from '../../../../stats/ratio.ts';
import { positiveMean } from '../estimates.ts';
import type { MarketRun } from '../market-run.ts';
import type { Measure } from '../measure.ts';

export const falseLiquidations: Measure = {
  columns: [
    {
      name: 'false_liquidations',
      type: 'INT32',
      unit: 'accounts',
      about:
        'Accounts liquidated from the shock on whose equity in the twin is never below 0, looked at each second.',
    },
    {
      name: 'false_share',
      type: 'DOUBLE',
      unit: 'share',
      about: 'false_liquidations / accounts; NaN if none was liquidated.',
    },
  ],
  sampleTwin: (run) => {
    lookAtTwin(run);
  },
  atTwinEnd(run) {
    const accounts = run.liquidatedAccounts.size;
    const survivors = accounts - run.ruined.size;
    run.set('false_liquidations', survivors);
    run.set('false_share', accounts > 0 ? survivors / accounts : NaN);
  },
  metrics: (runs) => ({
    false_liquidations: positiveMean(runs['false_liquidations']!),
    false_share: ratioInterval(runs['false_liquidations']!, runs['accounts']!, { min: 0, max: 1 }),
  }),
  differences: (a, b) => ({
    false_liquidations: pairedDifference(a['false_liquidations']!, b['false_liquidations']!),
  }),
};

/** Notes which of the liquidated accounts are bankrupt in the twin now. */
function lookAtTwin({ simulation, liquidatedAccounts, ruined }: MarketRun): void {
  for (const account of liquidatedAccounts) {
    if (simulation.ledger.equity(account) < 0) ruined.add(account);
  }
}
