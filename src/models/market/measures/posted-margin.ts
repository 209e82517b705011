/** What a policy costs: the margin that it makes traders hold, averaged over time. */
import { positiveMeans } from '../estimates.ts';
import type { MarketRun } from '../market-run.ts';
import type { Measure } from '../measure.ts';
import { real } from '../../columns.ts';

/** Not a column: how many samples the means are of. */
const SAMPLES = 'margin samples';

export const postedMargin: Measure = {
  columns: [
    real(
      'margin_posted',
      'share',
      'Equity of margined accounts with positions over open interest (its long side, at the marks); mean of samples ' +
        '1 s apart, from just before the shock to the end.',
    ),
    real('margin_required', 'share', 'The same of their initial margin requirements.'),
  ],
  atShock(run) {
    run.set(SAMPLES, 0);
    run.set('margin_posted', NaN);
    run.set('margin_required', NaN);
    addSample(run);
  },
  sample: addSample,
  metrics: (runs) => positiveMeans(runs, ['margin_posted', 'margin_required']),
};

/** Moves the means on by one sample. Without open interest there is nothing to be a share of, and no sample. */
function addSample(run: MarketRun): void {
  const interest = run.openInterestNow;
  if (interest === 0) return;
  const { equity, initial } = run.marginUse;
  const n = run.get(SAMPLES) + 1;
  run.set(SAMPLES, n);
  addTo(run, 'margin_posted', equity / interest, n);
  addTo(run, 'margin_required', initial / interest, n);
}

function addTo(run: MarketRun, column: string, value: number, n: number): void {
  const before = n === 1 ? 0 : run.get(column);
  run.set(column, before + (value - before) / n);
}
