/** How far collateral is used up, before the shock and at its worst. What the two ratios are: src/sim/margin-use.ts. */
import { meanInterval } from '../../../../stats/mean.ts';
import { finite, positiveMeans } from '../estimates.ts';
import type { Measure } from '../measure.ts';

export const use: Measure = {
  columns: [
    {
      name: 'utilisation',
      type: 'DOUBLE',
      unit: '',
      about: 'Initial margin over equity of margined accounts with positions, just before the shock.',
    },
    {
      name: 'worst_utilisation',
      type: 'DOUBLE',
      unit: '',
      about: 'The same at its highest after it, of samples 1 s apart; infinite where no equity was left.',
    },
    {
      name: 'compression',
      type: 'DOUBLE',
      unit: '',
      about: 'Equity over maintenance margin of these accounts, just before the shock; 1: at the brink.',
    },
    {
      name: 'worst_compression',
      type: 'DOUBLE',
      unit: '',
      about: 'The same at its lowest after it, of samples 1 s apart.',
    },
  ],
  atShock(run) {
    const { utilisation, compression } = run.marginUse;
    run.set('utilisation', utilisation);
    run.set('compression', compression);
    run.set('worst_utilisation', NaN);
    run.set('worst_compression', NaN);
  },
  sample(run) {
    const { utilisation, compression } = run.marginUse;
    // NaN, that nobody holds a position, is no sample.
    if (!(run.get('worst_utilisation') >= utilisation) && !Number.isNaN(utilisation)) {
      run.set('worst_utilisation', utilisation);
    }
    if (!(run.get('worst_compression') <= compression) && !Number.isNaN(compression)) {
      run.set('worst_compression', compression);
    }
  },
  metrics: (runs) => ({
    ...positiveMeans(runs, ['utilisation', 'worst_utilisation']),
    compression: meanInterval(finite(runs['compression']!)),
    worst_compression: meanInterval(finite(runs['worst_compression']!)),
  }),
};
