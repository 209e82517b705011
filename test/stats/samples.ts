// Samplers with known means and spreads, and the counting of how often an interval holds the truth.
import type { Rng } from '../../src/core/rng.ts';
import { createRng } from '../../src/core/rng.ts';
import { exp } from '../../src/core/maths.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import { LONG } from '../setup/long.ts';

/** Poisson: how many exponential waits fit into `mean`. */
export function poisson(rng: Rng, mean: number): number {
  let count = -1;
  for (let t = 0; t < mean; count++) t += rng.exponential(1);
  return Math.max(0, count);
}

/** The solvable cascade (V5) itself: Poisson(theta) roots, each liquidation causes Poisson(m) more. */
export function cascade(rng: Rng, theta: number, m: number): { roots: number; total: number } {
  const roots = poisson(rng, theta);
  let total = 0;
  for (let living = roots; living > 0; living = poisson(rng, m * living)) total += living;
  return { roots, total };
}

/** Student's t: a normal value over the root of a mean of `df` squared ones. */
function student(rng: Rng, df: number): number {
  let squares = 0;
  for (let i = 0; i < df; i++) squares += rng.normal() ** 2;
  return rng.normal() / Math.sqrt(squares / df);
}

/** A law, with its mean and standard deviation. */
export type Law = { name: string; mean: number; sd: number; draw: (rng: Rng) => number };

const E = exp(1);

/** V5 has theta = m at j = 1, hence means .5/.5 and .8/.2, variances .5/.125 and .8/.008. */
export const LAWS: readonly Law[] = [
  { name: 'normal', mean: 0, sd: 1, draw: (rng) => rng.normal() },
  { name: 'exponential', mean: 1, sd: 1, draw: (rng) => rng.exponential(1) },
  { name: 'lognormal', mean: exp(0.5), sd: Math.sqrt((E - 1) * E), draw: (rng) => rng.lognormal(0, 1) },
  { name: 'lognormal .5', mean: exp(0.125), sd: Math.sqrt((exp(0.25) - 1) * exp(0.25)), draw: (rng) => rng.lognormal(0, 0.5) }, // prettier-ignore
  { name: 'Student 5', mean: 0, sd: Math.sqrt(5 / 3), draw: (rng) => student(rng, 5) },
  { name: 'cascade .5', mean: 1, sd: 2, draw: (rng) => cascade(rng, 0.5, 0.5).total },
  { name: 'cascade .8', mean: 4, sd: 10, draw: (rng) => cascade(rng, 0.8, 0.8).total },
];

/** Those whose coverage `npm test` measures, the hardest of all; `npm run long-test` takes all. */
export const SOME_LAWS = LAWS.filter(({ name }) => LONG || ['lognormal', 'cascade .8'].includes(name));

/** In how many of 100 batches the interval holds the truth; NaN bounds hold nothing. Seeded by name and n. */
export function coverage(
  batches: number,
  name: string,
  n: number,
  truth: number,
  batch: (rng: Rng) => Estimate,
): number {
  const rng = createRng(`coverage ${name} ${n}`);
  let held = 0;
  for (let i = 0; i < batches; i++) {
    const { low, high } = batch(rng);
    if (low <= truth && truth <= high) held++;
  }
  return (100 * held) / batches;
}

/** n draws of a law. */
export function sample(rng: Rng, law: Law, n: number): Float64Array {
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = law.draw(rng);
  return values;
}
