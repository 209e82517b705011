/** How far collateral is used up, before the shock and at its worst. What the two ratios are: src/sim/observe/margin-use.ts. */
import { meanOfThose } from '../estimates.ts';
import type { Measure } from '../measure.ts';
import { real } from '../../columns.ts';

/** Why a run has no such number. */
const NOBODY = 'nobody held a position';
const NO_EQUITY = 'no equity was left, or nobody held a position';

export const use: Measure = {
  columns: [
    real(
      'initial_over_equity',
      '',
      'Initial margin over equity of margined accounts with positions, just before the shock.',
    ),
    real(
      'worst_initial_over_equity',
      '',
      'The same at its highest after it, of samples 1 s apart; infinite where no equity was left.',
    ),
    real(
      'equity_over_maintenance',
      '',
      'Equity over maintenance margin of these accounts, just before the shock; 1: at the brink.',
    ),
    real('worst_equity_over_maintenance', '', 'The same at its lowest after it, of samples 1 s apart.'),
  ],
  atShock(run) {
    const { initialOverEquity, equityOverMaintenance } = run.marginUse;
    run.set('initial_over_equity', initialOverEquity);
    run.set('equity_over_maintenance', equityOverMaintenance);
    run.set('worst_initial_over_equity', NaN);
    run.set('worst_equity_over_maintenance', NaN);
  },
  sample(run) {
    const { initialOverEquity: initial, equityOverMaintenance: maintenance } = run.marginUse;
    // NaN, that nobody holds a position, is no sample.
    if (!(run.get('worst_initial_over_equity') >= initial) && !Number.isNaN(initial)) {
      run.set('worst_initial_over_equity', initial);
    }
    if (!(run.get('worst_equity_over_maintenance') <= maintenance) && !Number.isNaN(maintenance)) {
      run.set('worst_equity_over_maintenance', maintenance);
    }
  },
  metrics: (runs) => ({
    initial_over_equity: meanOfThose(runs['initial_over_equity']!, NOBODY, 0),
    worst_initial_over_equity: meanOfThose(runs['worst_initial_over_equity']!, NO_EQUITY, 0),
    equity_over_maintenance: meanOfThose(runs['equity_over_maintenance']!, NOBODY),
    worst_equity_over_maintenance: meanOfThose(runs['worst_equity_over_maintenance']!, NOBODY),
  }),
};
