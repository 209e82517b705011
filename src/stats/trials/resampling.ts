/** Bootstrap intervals, of statistics that have no other. */
import { fraction } from '../../core/settings.ts';
import { median } from 'simple-statistics';
import type { Statistic } from '../intervals/bootstrap.ts';
import { bootstrapInterval } from '../intervals/bootstrap.ts';
import { total } from '../intervals/moments.ts';
import { lawOf, lawSchema, sample } from './laws.ts';
import { batchSize, count, defineEstimator, probability } from './trial.ts';

const resamples = count('Resamples.').default(2000);

const meanOf: Statistic = ([x]) => total(x!) / x!.length;
/** It only indexes and sorts a copy. */
const medianOf: Statistic = ([x]) => median(x as unknown as number[]);

/** Pearson's r. */
const correlationOf: Statistic = ([x, y]) => {
  const [mx, my] = [meanOf([x!]), meanOf([y!])];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x!.length; i++) {
    const [dx, dy] = [x![i]! - mx, y![i]! - my];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xy / Math.sqrt(xx * yy);
};

export const bootstrapMean = defineEstimator({
  estimator: 'bootstrap-mean',
  about: 'Mean, with a BCa bootstrap interval (for comparison: means have a better one).',
  shape: { law: lawSchema, n: batchSize, resamples },
  trial({ law: settings, n, resamples: draws }) {
    const law = lawOf(settings);
    return {
      truth: law.mean,
      estimate: (rng, seed) => bootstrapInterval([sample(law, n, rng)], meanOf, { seed, resamples: draws }),
    };
  },
});

export const bootstrapMedian = defineEstimator({
  estimator: 'bootstrap-median',
  about: 'Median of a continuous law, with a BCa bootstrap interval.',
  shape: { law: lawSchema, n: batchSize, resamples },
  trial({ law: settings, n, resamples: draws }) {
    const law = lawOf(settings);
    return {
      truth: law.quantile(0.5),
      estimate: (rng, seed) => bootstrapInterval([sample(law, n, rng)], medianOf, { seed, resamples: draws }),
    };
  },
});

export const bootstrapCorrelation = defineEstimator({
  estimator: 'bootstrap-correlation',
  about: 'Correlation of two normal columns, resampled by rows, with a BCa bootstrap interval.',
  shape: { correlation: probability('Their correlation.'), n: batchSize, resamples },
  trial({ correlation, n, resamples: draws }) {
    const own = Math.sqrt(1 - correlation * correlation);
    return {
      truth: correlation,
      estimate(rng, seed) {
        const x = Float64Array.from({ length: n }, () => rng.normal());
        const y = x.map((value) => correlation * value + own * rng.normal());
        return bootstrapInterval([x, y], correlationOf, { seed, resamples: draws });
      },
    };
  },
});

export const blockBootstrap = defineEstimator({
  estimator: 'block-bootstrap-mean',
  about: 'Mean of an autoregressive series, with a circular block bootstrap interval.',
  shape: {
    memory: fraction({ below: 1 }).describe('Correlation of neighbours.'),
    n: batchSize,
    block_rows: count('Rows of a block.'),
    resamples,
  },
  trial({ memory, n, block_rows, resamples: draws }) {
    const shock = Math.sqrt(1 - memory * memory);
    return {
      truth: 0,
      estimate(rng, seed) {
        let x = rng.normal();
        const series = Float64Array.from({ length: n }, () => (x = memory * x + shock * rng.normal()));
        return bootstrapInterval([series], meanOf, { seed, resamples: draws, block_rows });
      },
    };
  },
});
