/**
 * Sobol indices of the expectation of a random output, from several runs at each point, run r of all points having the same
 * seed or not.
 *
 * Why not the indices of the points' means with a noise variance taken off (sobol.ts): with common seeds the noise of two
 * points that differ in one parameter goes together, the more the less that parameter matters, so that no one number is
 * right for all of them. Products of different replicates have no noise in their expectation, whatever goes together.
 */
import type { ResamplingOptions, Statistics } from '../intervals/bootstrap.ts';
import { bootstrap, intervalOf } from '../intervals/bootstrap.ts';
import { CONFIDENCE, requireFinite, requireSameLength } from '../estimate.ts';
import { total } from '../intervals/moments.ts';
import type { SobolIndices } from './sobol.ts';
import { replicateNoise } from './sobol.ts';

/** A sample of the design: for each row the output of each run at its point. */
export type Replicates = readonly Float64Array[];

/**
 * As `sobolIndices`, with ⟨u, v⟩ = Σ_{r ≠ s} u_r v_s / (R (R − 1)) for the products of row j's outputs:
 *
 *   S_i = 1/N Σ ⟨y_B, y_ABi − y_A⟩ / V     T_i = 1/2N Σ ⟨y_A − y_ABi, y_A − y_ABi⟩ / V     V = 1/2N Σ (⟨y_A, y_A⟩ + ⟨y_B, y_B⟩)
 *
 * Outputs are centred run by run first, over A and B (V: times 2N/(2N − 1) for that), so that what a seed does to all points
 * alike is no difference between them. The noise share is that of `replicateNoise` in the variance of the points' means.
 * Intervals: bootstrap over rows. NaN where V is not above 0: the design shows nothing but noise.
 * Source: A. Saltelli et al., Comput. Phys. Commun. 181 (2010) 259, (b) and (f); of products without noise: A. B. Owen,
 * ACM TOMACS 23 (2013) 11.
 * Throws an Error at samples or rows of unequal length, values that aren't finite, fewer than 2 rows or 2 replicates.
 */
export function sobolOfReplicates(
  a: Replicates,
  b: Replicates,
  ab: readonly Replicates[],
  options: ResamplingOptions & { readonly confidence?: number },
): SobolIndices {
  const { confidence = CONFIDENCE, ...resampling } = options;
  check([a, b, ...ab]);
  const [ya, yb, ...yab] = centred([a, b, ...ab]);
  const d = ab.length;
  const columns = [
    rowwise(a.length, (j) => cross(ya![j]!, ya![j]!) + cross(yb![j]!, yb![j]!)),
    ...yab.map((mixed) => rowwise(a.length, (j) => cross(yb![j]!, minus(mixed[j]!, ya![j]!)))),
    ...yab.map((mixed) => {
      const steps = mixed.map((row, j) => minus(ya![j]!, row));
      return rowwise(a.length, (j) => cross(steps[j]!, steps[j]!));
    }),
  ];
  const indices: Statistics = (rows, out) => {
    const explained = total(rows[0]!) / (2 * rows[0]!.length - 1);
    const scale = explained > 0 ? rows[0]!.length * explained : NaN;
    for (let i = 0; i < d; i++) {
      out[i] = total(rows[1 + i]!) / scale;
      out[d + i] = total(rows[1 + d + i]!) / (2 * scale);
    }
  };
  const found = bootstrap(columns, indices, 2 * d, resampling).map((one) => intervalOf(one, confidence));
  const noise = replicateNoise([...a, ...b]);
  const variance = total(columns[0]!) / (2 * a.length - 1) + noise;
  return {
    first: found.slice(0, d),
    total: found.slice(d),
    variance,
    noise_share: variance > 0 ? noise / variance : NaN,
  };
}

function check(samples: readonly Replicates[]): void {
  const [first] = samples;
  const runs = first![0]?.length ?? 0;
  if (first!.length < 2 || runs < 2) {
    throw new Error(`sobol: needs at least 2 rows and 2 replicates, has ${first!.length} and ${runs}`);
  }
  for (const sample of samples) {
    requireSameLength(sample.map(() => 0), first!.map(() => 0), 'sobol: samples'); // prettier-ignore
    for (const row of sample) {
      requireSameLength(row, first![0]!, 'sobol: replicates of a row');
      requireFinite(row, 'sobol: output');
    }
  }
}

/** Each run's outputs less their mean over the first two samples. */
function centred(samples: readonly Replicates[]): Float64Array[][] {
  const [a, b] = samples;
  const means = a![0]!.map((_, r) => {
    let sum = 0;
    for (let j = 0; j < a!.length; j++) sum += a![j]![r]! + b![j]![r]!;
    return sum / (2 * a!.length);
  });
  return samples.map((sample) => sample.map((row) => row.map((y, r) => y - means[r]!)));
}

/** ⟨u, v⟩ above. */
function cross(u: Float64Array, v: Float64Array): number {
  let sumU = 0;
  let sumV = 0;
  let same = 0;
  for (let r = 0; r < u.length; r++) {
    sumU += u[r]!;
    sumV += v[r]!;
    same += u[r]! * v[r]!;
  }
  return (sumU * sumV - same) / (u.length * (u.length - 1));
}

function minus(u: Float64Array, v: Float64Array): Float64Array {
  return u.map((x, r) => x - v[r]!);
}

function rowwise(rows: number, value: (row: number) => number): Float64Array {
  return Float64Array.from({ length: rows }, (_, j) => value(j));
}
