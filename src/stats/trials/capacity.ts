/**
 * The absorption capacity where some continuations fail at a size and take a larger one: critical sizes are lognormal, and
 * a share of the continuations fails on a stretch of smaller sizes besides.
 */
import { exp, log } from '../../core/maths.ts';
import { normalCdf } from '../../core/quantiles.ts';
import { capacityInterval, smallestFailure } from '../cascade/absorption.ts';
import { CONFIDENCE } from '../estimate.ts';
import { batchSize, defineEstimator, positive, probability } from './trial.ts';

/** The stretch begins at a size that is uniform in its logarithm between these, and is so many times as long. */
const FIRST = 300;
const LAST = 900;
const STRETCH = 1.5;

export const capacity = defineEstimator({
  estimator: 'capacity',
  about:
    'Size taken with a probability, from searches; some continuations fail at a size and take a larger one.',
  shape: {
    sigma: positive('σ of the logarithm of critical sizes; their median is 1000.'),
    failing: probability('Share of continuations that fail on a stretch of smaller sizes.'),
    share: probability('Share of continuations that must take the capacity.').default(0.95),
    n: batchSize,
  },
  trial({ sigma, failing, share, n }) {
    const taken = (size: number): number =>
      (1 - normalCdf(log(size / 1000) / sigma)) * (1 - failing * onStretch(size));
    const search = { first: 150, step: 1.5, precision: 0.1, most: 40 };
    return {
      truth: whereIt(taken, share),
      estimate(rng) {
        const found = Array.from({ length: n }, () => {
          const critical = 1000 * exp(sigma * rng.normal());
          const begins = rng.chance(failing) ? FIRST * exp(rng.uniform53() * log(LAST / FIRST)) : Infinity;
          return smallestFailure(
            (size) => size >= critical || (size >= begins && size <= STRETCH * begins),
            search,
          );
        });
        const column = (part: 'low' | 'high' | 'from' | 'to') => found.map((one) => one[part]);
        const again = { from: column('from'), to: column('to') };
        return capacityInterval(column('low'), column('high'), share, CONFIDENCE, again);
      },
    };
  },
});

/** P(a stretch covers the size). */
function onStretch(size: number): number {
  const covered = Math.min(LAST, size) / Math.max(FIRST, size / STRETCH);
  return covered > 1 ? log(covered) / log(LAST / FIRST) : 0;
}

/** Where a falling function comes down to a value. */
function whereIt(f: (size: number) => number, value: number): number {
  let [low, high] = [1, 1e6];
  while (high / low > 1 + 1e-12) {
    const middle = Math.sqrt(low * high);
    if (f(middle) > value) low = middle;
    else high = middle;
  }
  return low;
}
