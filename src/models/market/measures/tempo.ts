/** How fast the cascade ran: durations, speeds, and clusters of orders in time. */
import { SECOND } from '../../../core/units.ts';
import { clustersOf } from '../../../stats/cascade/clusters.ts';
import { tempoOf } from '../../../stats/cascade/tempo.ts';
import { positiveMeans } from '../estimates.ts';
import type { Measure } from '../measure.ts';
import { int, real } from '../../columns.ts';

/** Forced orders further apart than this belong to different clusters, µs. */
const CLUSTER_GAP_US = SECOND;

export const tempo: Measure = {
  columns: [
    real('duration_s', 's', 'From the first forced order after the shock to the last; NaN without any.'),
    real('accounts_per_s', 'accounts/s', 'Accounts liquidated over duration_s.'),
    real('peak_accounts_per_s', 'accounts/s', 'Most accounts first liquidated within any second.'),
    real(
      'generation_s',
      's',
      'Mean time from the liquidation of an account to that of one which it triggered.',
    ),
    int('clusters', 'clusters', 'Groups of forced orders that follow each other within 1 s.'),
    real('largest_cluster', 'share', 'Notional of the largest of them over open interest at the shock.'),
  ],
  atEnd(run) {
    const found = tempoOf(run.liquidations);
    const clusters = clustersOf(run.liquidations, CLUSTER_GAP_US);
    run.set('duration_s', found.duration_s);
    run.set('accounts_per_s', found.accounts_per_s);
    run.set('peak_accounts_per_s', found.peak_accounts_per_s);
    run.set('generation_s', found.generation_s);
    run.set('clusters', clusters.first.length);
    run.set('largest_cluster', run.share(Math.max(0, ...clusters.notional)));
  },
  metrics: (runs) =>
    positiveMeans(
      runs,
      ['duration_s', 'accounts_per_s', 'generation_s', 'clusters', 'largest_cluster', 'peak_accounts_per_s'],
      'too few were liquidated',
    ),
};
