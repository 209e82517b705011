/** Processes in time: self-exciting events, and order signs of metaorders. */
import { autocorrelation, metaorderAutocorrelation } from '../intervals/autocorrelation.ts';
import { bootstrapInterval } from '../intervals/bootstrap.ts';
import { dispersionOf, hawkesDispersion, windowCounts } from '../intervals/dispersion.ts';
import { withoutInterval } from '../estimate.ts';
import { number } from '../../core/settings.ts';
import { exp, pow } from '../../core/maths.ts';
import type { Rng } from '../../core/rng.ts';
import { count, defineEstimator, positive, probability } from './trial.ts';

export const hawkes = defineEstimator({
  estimator: 'hawkes-dispersion',
  about: 'Variance over mean of the event counts of a Hawkes process in equal windows.',
  shape: {
    branching: probability('n: events that an event causes, on average.'),
    decay: positive('β of the kernel n β e^(−β t).'),
    rate: positive('Events without cause, per unit of time.', { most: 1000 }).default(1),
    window: positive('Length of a window.', { most: 1000 }),
    windows: count('Windows of a batch.', { most: 100_000 }),
    resamples: count('Of the bootstrap.').default(100),
  },
  trial({ branching, decay, rate, window, windows, resamples }) {
    const burn = 50 / (decay * (1 - branching));
    return {
      truth: hawkesDispersion(branching, decay, window),
      estimate(rng, seed) {
        const until = burn + windows * window;
        const counts = windowCounts(hawkesTimes(rng, { branching, decay, rate, until }), burn, until, window);
        // Windows remember about 1/(β (1 − n)): in blocks of ten times as long they are as good as independent.
        const block_rows = Math.max(1, Math.ceil(10 / (decay * (1 - branching)) / window));
        return bootstrapInterval([counts], ([x]) => dispersionOf(x!), { seed, resamples, block_rows });
      },
    };
  },
});

interface HawkesSettings {
  readonly branching: number;
  readonly decay: number;
  readonly rate: number;
  readonly until: number;
}

/**
 * Event times from 0, starting without a past, by thinning: between events the intensity only falls, so that the one just
 * after the last event bounds it. Source: Y. Ogata, IEEE Trans. Inf. Theory 27 (1981) 23.
 */
function hawkesTimes(rng: Rng, { branching, decay, rate, until }: HawkesSettings): number[] {
  const times: number[] = [];
  let excited = 0; // intensity above `rate`
  let now = 0;
  for (;;) {
    const most = rate + excited;
    const wait = rng.exponential(1 / most);
    now += wait;
    if (now >= until) return times;
    excited *= exp(-decay * wait);
    if (rng.uniform() * most >= rate + excited) continue;
    times.push(now);
    excited += branching * decay;
  }
}

export const signs = defineEstimator({
  estimator: 'sign-autocorrelation',
  about:
    'Autocorrelation of order signs where metaorders with P(L >= n) = n^−a are traded one after the other.',
  shape: {
    exponent: number({ above: 1, most: 100 }).describe('a.'),
    orders: count('Orders of a batch.'),
    lag: count('Lag, orders.'),
  },
  trial({ exponent, orders, lag }) {
    return {
      truth: metaorderAutocorrelation(exponent, lag),
      estimate(rng) {
        const series = new Int8Array(orders);
        for (let at = 0; at < orders;) {
          const length = Math.floor(pow(1 - rng.uniform53(), -1 / exponent)); // P(≥ n) = n^−a
          const end = Math.min(orders, at + length);
          series.fill(rng.chance(0.5) ? 1 : -1, at, end);
          at = end;
        }
        return withoutInterval(autocorrelation(series, lag));
      },
    };
  },
});
