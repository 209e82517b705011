/** Sobol indices of a function whose indices are known. */
import { sin } from '../../core/maths.ts';
import { z } from 'zod';
import { factor, number } from '../../core/settings.ts';
import type { Rng } from '../../core/rng.ts';
import { sobolIndices } from '../designs/sobol.ts';
import { batchSize, count, defineEstimator } from './trial.ts';

/**
 * Ishigami's function sin x1 + a sin² x2 + b x3⁴ sin x1 of three uniform parameters on [−π, π]. Variances of its parts:
 *
 *   V1 = ½ (1 + b π⁴/5)²,   V2 = a²/8,   V13 = b² π⁸ (1/18 − 1/50)
 *
 * Source: T. Ishigami, T. Homma, Proc. ISUMA'90 (1990) 398.
 */
export const ishigami = defineEstimator({
  estimator: 'sobol-ishigami',
  about:
    'Sobol index of a parameter of Ishigami’s function, Saltelli’s or Jansen’s estimator, bootstrap interval.',
  shape: {
    a: number({ least: -1000, most: 1000 }).default(7),
    b: number({ least: -1000, most: 1000 }).default(0.1),
    index: z.enum(['first', 'total']),
    of: count('The parameter.', { most: 3 }),
    n: batchSize,
    noise: factor().default(0).describe('Standard deviation of noise on each output, as if simulated.'),
    resamples: count('Of the bootstrap.').default(200),
  },
  trial({ a, b, index, of, n, noise, resamples }) {
    const pi4 = power4(Math.PI);
    const scaled = 1 + (b * pi4) / 5;
    const v1 = (scaled * scaled) / 2;
    const v2 = (a * a) / 8;
    const v13 = b * b * pi4 * pi4 * (1 / 18 - 1 / 50);
    const alone = [v1, v2, 0][of - 1]!;
    const withOthers = index === 'total' && of !== 2 ? v13 : 0;
    const output = ([first, second, third]: readonly number[], rng: Rng) => {
      const other = sin(second!);
      return sin(first!) * (1 + b * power4(third!)) + a * other * other + noise * rng.normal();
    };
    return {
      truth: (alone + withOthers) / (v1 + v2 + v13),
      estimate(rng, seed) {
        const points = () => Array.from({ length: n }, () => [angle(rng), angle(rng), angle(rng)]);
        const [A, B] = [points(), points()];
        const outputs = (all: readonly number[][]) => Float64Array.from(all, (x) => output(x, rng));
        const mixed = outputs(A.map((x, row) => x.with(of - 1, B[row]![of - 1]!)));
        const found = sobolIndices(outputs(A), outputs(B), [mixed], {
          seed,
          resamples,
          noise_variance: noise * noise,
        });
        return found[index][0]!;
      },
    };
  },
});

function angle(rng: Rng): number {
  return (2 * rng.uniform53() - 1) * Math.PI;
}

function power4(x: number): number {
  const square = x * x;
  return square * square;
}
