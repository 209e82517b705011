/**
 * Comparisons of two policies on the same runs, and ratios of sums. The runs are cascades: Poisson roots, each account
 * infects Poisson more; the other policy prevents a share of the infections, and what those would have caused.
 */
import { exp } from '../../core/maths.ts';
import { normalCdf, normalQuantile } from '../../core/quantiles.ts';
import type { Rng } from '../../core/rng.ts';
import { smallestFailure } from '../cascade/absorption.ts';
import { capacityDifferences } from '../pairs/paired-capacity.ts';
import { pairedDifference, pairedProportionDifference } from '../pairs/paired.ts';
import { pairedRatioDifference, ratioInterval } from '../intervals/ratio.ts';
import { standardInterval } from '../intervals/standard-interval.ts';
import { batchSize, count, defineEstimator, positive, probability } from './trial.ts';

const cascades = {
  theta: positive('θ: mean number of roots.', { most: 1000 }),
  m: probability('m: branching ratio.'),
  n: batchSize,
};
const prevented = probability('Share of infections that the other policy prevents.');

interface Pair {
  readonly roots: Float64Array;
  /** Accounts liquidated. */
  readonly dense: Float64Array;
  readonly thin: Float64Array;
}

/** n pairs of runs: the thin one is the dense one without a share of its infections. */
function pairs(rng: Rng, n: number, theta: number, m: number, share: number): Pair {
  const pair = { roots: new Float64Array(n), dense: new Float64Array(n), thin: new Float64Array(n) };
  for (let i = 0; i < n; i++) {
    const roots = poisson(rng, theta);
    pair.roots[i] = roots;
    // Accounts liquidated under both policies, and under the first alone.
    for (let both = roots, only = 0; both + only > 0;) {
      pair.dense[i]! += both + only;
      pair.thin[i]! += both;
      only = poisson(rng, share * m * both) + poisson(rng, m * only);
      both = poisson(rng, (1 - share) * m * both);
    }
  }
  return pair;
}

/** How many exponential waits fit into `mean`. */
function poisson(rng: Rng, mean: number): number {
  let count = -1;
  for (let t = 0; t < mean; count++) t += rng.exponential(1);
  return Math.max(0, count);
}

const less = (a: Float64Array, b: Float64Array) => a.map((x, i) => x - b[i]!);

export const ratio = defineEstimator({
  estimator: 'ratio',
  about: 'Branching ratio 1 − Σ roots / Σ accounts, with a jackknife interval.',
  shape: cascades,
  trial({ theta, m, n }) {
    return {
      truth: m,
      estimate(rng) {
        const { roots, dense } = pairs(rng, n, theta, m, 0);
        return ratioInterval(less(dense, roots), dense, { min: 0, max: 1 });
      },
    };
  },
});

export const pairedRatio = defineEstimator({
  estimator: 'paired-ratio',
  about: 'Difference of two branching ratios on the same runs, with a jackknife interval.',
  shape: { ...cascades, prevented },
  trial({ theta, m, n, prevented: share }) {
    return {
      truth: share * m,
      estimate(rng) {
        const { roots, dense, thin } = pairs(rng, n, theta, m, share);
        return pairedRatioDifference(
          { numerators: less(dense, roots), denominators: dense },
          { numerators: less(thin, roots), denominators: thin },
        );
      },
    };
  },
});

export const pairedMean = defineEstimator({
  estimator: 'paired-mean',
  about: 'Difference of two mean sizes on the same runs.',
  shape: { ...cascades, prevented },
  trial({ theta, m, n, prevented: share }) {
    return {
      truth: theta / (1 - m) - theta / (1 - (1 - share) * m),
      estimate(rng) {
        const { dense, thin } = pairs(rng, n, theta, m, share);
        return pairedDifference(dense, thin);
      },
    };
  },
});

export const pairedProportion = defineEstimator({
  estimator: 'paired-proportion',
  about: 'Difference of two probabilities on the same runs, whose events have a common normal cause.',
  shape: {
    p: probability('Probability under one policy.'),
    q: probability('Probability under the other.'),
    correlation: probability('Of the two normal causes.'),
    n: batchSize,
  },
  trial({ p, q, correlation, n }) {
    const own = Math.sqrt(1 - correlation);
    const shared = Math.sqrt(correlation);
    const [under, over] = [normalQuantile(p), normalQuantile(q)];
    return {
      truth: normalCdf(under) - normalCdf(over),
      estimate(rng) {
        const a = new Float64Array(n);
        const b = new Float64Array(n);
        for (let i = 0; i < n; i++) {
          const common = shared * rng.normal();
          a[i] = common + own * rng.normal() < under ? 1 : 0;
          b[i] = common + own * rng.normal() < over ? 1 : 0;
        }
        return pairedProportionDifference(a, b);
      },
    };
  },
});

export const pairedCapacity = defineEstimator({
  estimator: 'paired-capacity',
  about:
    'Difference of two absorption capacities on the same runs: critical sales are lognormal with common luck, and searched.',
  shape: {
    sigma: positive('σ of the logarithm; the median under one policy is 1000.'),
    less: probability('Share by which those under the other policy are smaller.'),
    correlation: probability('Of their logarithms.'),
    share: probability('Share of continuations that must take the capacity.').default(0.95),
    n: batchSize,
    continuations: count('Continuations of a run: there are n times so many.'),
    resamples: count('Resamples.').default(500),
  },
  trial({ sigma, less: smaller, correlation, share, n, continuations, resamples }) {
    const own = Math.sqrt(1 - correlation);
    const shared = Math.sqrt(correlation);
    const search = { first: 150, step: 1.5, precision: 0.1, most: 40 };
    const columns = () => Array.from({ length: continuations }, () => new Float64Array(n));
    return {
      truth: smaller * 1000 * exp(sigma * normalQuantile(1 - share)),
      estimate(rng, seed) {
        const policies = [1000, (1 - smaller) * 1000].map((median) => ({
          median,
          probability: share,
          lows: columns(),
          highs: columns(),
        }));
        for (let slot = 0; slot < continuations; slot++) {
          for (let i = 0; i < n; i++) {
            const common = shared * rng.normal();
            for (const { median, lows, highs } of policies) {
              const critical = median * exp(sigma * (common + own * rng.normal()));
              const { low, high } = smallestFailure((size) => size >= critical, search);
              lows[slot]![i] = low;
              highs[slot]![i] = high;
            }
          }
        }
        const [found] = capacityDifferences(policies, [[0, 1]], { seed, resamples });
        return standardInterval(found!.bootstrap);
      },
    };
  },
});
