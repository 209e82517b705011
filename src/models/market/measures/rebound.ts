/** How much of the fall was overshoot, and how soon half of it was made up. */
import { shareOf } from '../../lost-runs.ts';
import { reboundOf } from '../../../stats/cascade/rebound.ts';
import { meanOfThose } from '../estimates.ts';
import type { Measure } from '../measure.ts';
import { real } from '../../columns.ts';

/** Also takes the samples of the run's price path, for whoever reads it at the end. */
export const rebound: Measure = {
  columns: [
    real(
      'overshoot',
      'share',
      'Of the price at the shock, what the lowest middle lay below the last one; of samples 1 s apart.',
    ),
    real(
      'recovered',
      'share',
      'overshoot over the fall; 1: all came back. NaN without a fall, and in forks.',
    ),
    real(
      'half_recovery_s',
      's',
      'From the lowest middle until half of the fall was made up; NaN: not within the run.',
    ),
  ],
  atShock(run) {
    run.path.sample(run.venue);
  },
  sample(run) {
    run.path.sample(run.venue);
  },
  atEnd(run) {
    const { fallen } = run.path;
    const found = fallen && reboundOf(fallen.time_us, fallen.middle);
    run.set('overshoot', found?.overshoot ?? NaN);
    run.set('recovered', found?.recovered ?? NaN);
    run.set('half_recovery_s', found?.half_recovery_s ?? NaN);
  },
  metrics: (runs) => ({
    overshoot: meanOfThose(runs['overshoot']!, 'there is no price', 0),
    recovered: meanOfThose(runs['recovered']!, 'the price does not fall'),
    // Of those that recovered: the others would take longer, or for ever.
    half_recovery_s: meanOfThose(
      runs['half_recovery_s']!,
      'half of the fall was not made up before the end',
      0,
    ),
    p_half_recovered: shareOf(
      runs['half_recovery_s']!.filter((time) => Number.isFinite(time)).length,
      runs['half_recovery_s']!.length,
    ),
  }),
};
