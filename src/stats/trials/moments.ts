/** Means, standard deviations, quantiles, probabilities and survival curves of independent runs. */
import { meanInterval, sdInterval } from '../intervals/mean.ts';
import { wilson } from '../intervals/proportion.ts';
import { quantileInterval } from '../intervals/quantile.ts';
import { survivalBand, survivalCurve } from '../intervals/survival.ts';
import { lawOf, lawSchema, sample } from './laws.ts';
import { batchSize, count, defineEstimator, probability } from './trial.ts';
import { number } from '../../core/settings.ts';

const ofLaw = { law: lawSchema, n: batchSize };

export const mean = defineEstimator({
  estimator: 'mean',
  about: 'Mean, with the t interval corrected for skewness.',
  shape: ofLaw,
  trial({ law: settings, n }) {
    const law = lawOf(settings);
    return { truth: law.mean, estimate: (rng) => meanInterval(sample(law, n, rng)) };
  },
});

export const sd = defineEstimator({
  estimator: 'sd',
  about: 'Standard deviation, with the interval of its jackknife pseudo-values.',
  shape: ofLaw,
  trial({ law: settings, n }) {
    const law = lawOf(settings);
    return { truth: law.sd, estimate: (rng) => sdInterval(sample(law, n, rng)) };
  },
});

export const quantile = defineEstimator({
  estimator: 'quantile',
  about: 'Quantile, with the interval of order statistics.',
  shape: { ...ofLaw, p: probability('Level of the quantile.') },
  trial({ law: settings, n, p }) {
    const law = lawOf(settings);
    return { truth: law.quantile(p), estimate: (rng) => quantileInterval(sample(law, n, rng), p) };
  },
});

export const proportion = defineEstimator({
  estimator: 'proportion',
  about: 'Share of batches in which something happened, with Wilson’s interval.',
  shape: { p: probability('Probability that it happens.'), n: batchSize },
  trial({ p, n }) {
    const law = lawOf({ bernoulli: p });
    return {
      truth: p,
      estimate: (rng) =>
        wilson(
          sample(law, n, rng).reduce((sum, x) => sum + x, 0),
          n,
        ),
    };
  },
});

export const survival = defineEstimator({
  estimator: 'survival',
  about: 'P(size >= at), one point of a survival curve, with Wilson’s interval.',
  shape: { ...ofLaw, at: number().describe('Size.') },
  trial({ law: settings, n, at }) {
    const law = lawOf(settings);
    return { truth: law.tail(at), estimate: (rng) => survivalCurve(sample(law, n, rng), [at])[0]! };
  },
});

export const band = defineEstimator({
  estimator: 'survival-band',
  about: 'How far the whole survival curve leaves its simultaneous band, at worst; 0 or below: nowhere.',
  shape: { ...ofLaw, up_to: count('Sizes 1 … up_to are looked at.', { most: 1_000_000 }) },
  trial({ law: settings, n, up_to }) {
    const law = lawOf(settings);
    const at = Array.from({ length: up_to }, (_, i) => i + 1);
    const truth = at.map((size) => law.tail(size));
    return {
      truth: 0,
      estimate(rng) {
        const outside = survivalBand(sample(law, n, rng), at).map(({ low, high }, i) =>
          Math.max(low - truth[i]!, truth[i]! - high),
        );
        const worst = Math.max(...outside);
        return { value: Math.max(0, worst), low: worst, high: Infinity };
      },
    };
  },
});
