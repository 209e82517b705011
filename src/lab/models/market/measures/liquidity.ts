/** What the cascade did to the book: depth that went, and the spread at its widest. */
import { within } from '../../../../stats/estimate.ts';
import { meanInterval } from '../../../../stats/mean.ts';
import { liquidityLost } from '../../../../stats/liquidity-lost.ts';
import { finite, positiveMean } from '../estimates.ts';
import type { Measure } from '../measure.ts';

export const liquidity: Measure = {
  columns: [
    {
      name: 'depth_lost',
      type: 'DOUBLE',
      unit: 'share',
      about: 'Of the bids within 1 % of the middle at the shock, the share gone at worst; samples 1 s apart.',
    },
    {
      name: 'depth_lost_mean',
      type: 'DOUBLE',
      unit: 'share',
      about: 'The same, averaged over the samples.',
    },
    {
      name: 'spread_widening',
      type: 'DOUBLE',
      unit: 'ratio',
      about: 'Widest spread over the one at the shock; infinite where a side was empty.',
    },
  ],
  atEnd(run) {
    const { fallen } = run.path;
    const found = fallen && liquidityLost(fallen.bid_depth, fallen.spread);
    run.set('depth_lost', found?.depth_lost ?? NaN);
    run.set('depth_lost_mean', found?.depth_lost_mean ?? NaN);
    run.set('spread_widening', found?.spread_widening ?? NaN);
  },
  metrics: (runs) => ({
    depth_lost: within(meanInterval(finite(runs['depth_lost']!)), -Infinity, 1),
    depth_lost_mean: within(meanInterval(finite(runs['depth_lost_mean']!)), -Infinity, 1),
    spread_widening: positiveMean(finite(runs['spread_widening']!)),
  }),
};
