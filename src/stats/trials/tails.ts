/** Tail indices, and the generalised Poisson law fitted to sizes of cascades. */
import { studentQuantile, studentUpperTail } from '../../core/quantiles.ts';
import type { Rng } from '../../core/rng.ts';
import { hillInterval } from '../intervals/hill.ts';
import { fitGeneralisedPoisson, goodnessOfFit } from '../intervals/tail-fit.ts';
import { lawOf, sample } from './laws.ts';
import { batchSize, count, defineEstimator, positive, probability } from './trial.ts';

const share = probability('Share of values that count as the tail.');
const cascades = {
  theta: positive('θ: mean number of roots.', { most: 1000 }),
  m: probability('m: branching ratio.'),
  n: batchSize,
};

export const hillStudent = defineEstimator({
  estimator: 'hill-student',
  about:
    'Hill’s tail index of Student’s t, whose tail is a power far out only: near its end it is df, at the share it is less.',
  shape: {
    df: count('Degrees of freedom: the index at the end of the tail.'),
    n: batchSize,
    share,
  },
  trial({ df, n, share: tail }) {
    return {
      truth: studentIndex(df, tail),
      estimate: (rng) =>
        hillInterval(
          Float64Array.from({ length: n }, () => student(rng, df)),
          tail,
        ),
    };
  },
});

/** What Hill's estimator tends to if the share stays: 1 / E[ln(X/q) | X > q], X = |t|, P(X > q) = share; df at share 0. */
function studentIndex(df: number, tail: number): number {
  const q = studentQuantile(1 - tail / 2, df);
  // E[ln(X/q); X > q] = ∫ P(X > q/u)/u du over (0, 1), smooth as u^(df-1) at 0; by Simpson's rule.
  const at = (u: number): number => (2 * studentUpperTail(q / u, df)) / u;
  const intervals = 1000;
  let sum = at(1e-9) + at(1);
  for (let i = 1; i < intervals; i++) sum += (i % 2 === 1 ? 4 : 2) * at(i / intervals);
  return tail / (sum / (3 * intervals));
}

export const hillPareto = defineEstimator({
  estimator: 'hill-pareto',
  about: 'Hill’s tail index of a Pareto law, whose tail is a power everywhere.',
  shape: { index: positive('The true index.'), n: batchSize, share },
  trial({ index, n, share: tail }) {
    return {
      truth: index,
      estimate: (rng) =>
        hillInterval(
          Float64Array.from({ length: n }, () => rng.pareto(1, index)),
          tail,
        ),
    };
  },
});

export const fitM = defineEstimator({
  estimator: 'fit-m',
  about: 'Branching ratio from sizes alone, with a likelihood interval.',
  shape: cascades,
  trial({ theta, m, n }) {
    const law = lawOf({ cascade: { theta, m } });
    return { truth: m, estimate: (rng) => fitGeneralisedPoisson(sample(law, n, rng)).m };
  },
});

export const fitTheta = defineEstimator({
  estimator: 'fit-theta',
  about: 'First push from sizes alone, with a likelihood interval.',
  shape: cascades,
  trial({ theta, m, n }) {
    const law = lawOf({ cascade: { theta, m } });
    return { truth: theta, estimate: (rng) => fitGeneralisedPoisson(sample(law, n, rng)).theta };
  },
});

export const goodness = defineEstimator({
  estimator: 'goodness-of-fit',
  about: 'p-value of the fit where the law is right: above 5 % in 95 % of batches.',
  shape: { ...cascades, resamples: count('Batches drawn.', { least: 19, most: 100_000 }).default(39) },
  trial({ theta, m, n, resamples }) {
    const law = lawOf({ cascade: { theta, m } });
    return {
      truth: 0.05,
      estimate(rng, seed) {
        const { p_value } = goodnessOfFit(sample(law, n, rng), { seed, resamples });
        // Held: 5 % is below the p-value.
        return { value: p_value, low: -Infinity, high: p_value - 1e-9 };
      },
    };
  },
});

/** Normal over the root of a mean of squares of normals. */
function student(rng: Rng, df: number): number {
  let squares = 0;
  for (let i = 0; i < df; i++) {
    const z = rng.normal();
    squares += z * z;
  }
  return rng.normal() / Math.sqrt(squares / df);
}
