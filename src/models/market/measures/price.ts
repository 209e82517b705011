/** How far the price falls, with liquidations and without. */
import type { Venue } from '../../../sim/venue/venue.ts';
import { pairedDifference } from '../../../stats/pairs/paired.ts';
import { differenceOfThose, meanOfThose, positiveMean } from '../estimates.ts';
import type { Measure } from '../measure.ts';
import { real } from '../../columns.ts';

/** Why a run has no amplification. */
const NO_FALL = 'the price does not fall without liquidations';

export const price: Measure = {
  columns: [
    real('drop', 'share', 'Fall of the traded price below its level at the shock.'),
    real('twin_drop', 'share', 'The same with the liquidation engine off.'),
    real('amplification', '', 'drop / twin_drop; NaN if the twin does not fall.'),
  ],
  atEnd(run) {
    run.set('drop', dropOf(run.venue));
  },
  atTwinEnd(run) {
    const twin = dropOf(run.venue);
    run.set('twin_drop', twin);
    run.set('amplification', twin > 0 ? run.get('drop') / twin : NaN);
  },
  metrics: (runs) => ({
    worst_move: positiveMean(runs['drop']!),
    amplification: meanOfThose(runs['amplification']!, NO_FALL, 0),
  }),
  differences: (a, b) => ({
    worst_move: pairedDifference(a['drop']!, b['drop']!),
    amplification: differenceOfThose(a['amplification']!, b['amplification']!, NO_FALL),
  }),
};

/** Largest relative fall of a traded price below its level at the shock, over instruments. */
export function dropOf(venue: Venue): number {
  const { reference, low } = venue.tables.prices;
  let worst = 0;
  for (let i = 0; i < reference.length; i++) {
    if (reference[i]! > 0) worst = Math.max(worst, (reference[i]! - low[i]!) / reference[i]!);
  }
  return worst;
}
