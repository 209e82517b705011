/** What the cascade did to the book: depth that went, and the spread at its widest. */
import { liquidityLost } from '../../../stats/cascade/liquidity-lost.ts';
import { meanOfThose } from '../estimates.ts';
import type { Measure } from '../measure.ts';
import { real } from '../../columns.ts';

export const liquidity: Measure = {
  columns: [
    real(
      'depth_lost',
      'share',
      'Of the bids within 1 % of the middle at the shock, the share gone at worst; samples 1 s apart.',
    ),
    real('depth_lost_mean', 'share', 'The same, averaged over the samples.'),
    real(
      'spread_widening',
      'ratio',
      'Widest spread over the one at the shock; infinite where a side was empty.',
    ),
  ],
  atEnd(run) {
    const { fallen } = run.path;
    const found = fallen && liquidityLost(fallen.bid_depth, fallen.spread);
    run.set('depth_lost', found?.depth_lost ?? NaN);
    run.set('depth_lost_mean', found?.depth_lost_mean ?? NaN);
    run.set('spread_widening', found?.spread_widening ?? NaN);
  },
  metrics: (runs) => ({
    depth_lost: meanOfThose(runs['depth_lost']!, 'there were no bids at the shock', -Infinity, 1),
    depth_lost_mean: meanOfThose(runs['depth_lost_mean']!, 'there were no bids at the shock', -Infinity, 1),
    spread_widening: meanOfThose(runs['spread_widening']!, 'a side of the book was empty', 0),
  }),
};
