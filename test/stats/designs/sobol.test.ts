// Sobol indices against functions whose indices are known, with and without replicate noise.
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Rng } from '../../../src/core/rng.ts';
import { replicateNoise, sobolIndices } from '../../../src/stats/designs/sobol.ts';

type Model = (x: readonly number[], rng: Rng) => number;

/** Outputs of the design of d uniform parameters. */
function design(model: Model, d: number, n: number, seed: string) {
  const rng = createRng(seed);
  const point = () => Array.from({ length: d }, () => rng.uniform());
  const A = Array.from({ length: n }, point);
  const B = Array.from({ length: n }, point);
  const outputs = (points: number[][]) => Float64Array.from(points, (x) => model(x, rng));
  const ab = Array.from({ length: d }, (_, i) => outputs(A.map((x, j) => x.with(i, B[j]![i]!))));
  return { a: outputs(A), b: outputs(B), ab };
}

/** Variances of its terms with inputs on [0, 1]: 1/12 and 4/12. */
const LINEAR: Model = ([x, y]) => x! + 2 * y!;

test('of a sum, first order and total are the shares of variance', () => {
  const { a, b, ab } = design(LINEAR, 3, 4000, 'linear');
  const { first, total, variance, noise_share } = sobolIndices(a, b, ab, { seed: 's', resamples: 200 });
  [0.2, 0.8, 0].forEach((share, i) => {
    expect(first[i]!.value).toBeCloseTo(share, 1);
    expect(total[i]!.value).toBeCloseTo(share, 1);
    expect(first[i]!.low).toBeLessThan(share + 1e-9);
    expect(first[i]!.high).toBeGreaterThan(share - 1e-9);
  });
  expect(variance).toBeCloseTo(5 / 12, 1);
  expect(noise_share).toBe(0);
  expect(total[2]!.value).toBe(0); // the third parameter never changes anything
});

test('of a product of centred factors, all is interaction', () => {
  const { a, b, ab } = design(([x, y]) => (x! - 0.5) * (y! - 0.5), 2, 8000, 'product');
  const { first, total } = sobolIndices(a, b, ab, { seed: 's', resamples: 100 });
  for (const i of [0, 1]) {
    expect(Math.abs(first[i]!.value)).toBeLessThan(0.05);
    expect(Math.abs(total[i]!.value - 1)).toBeLessThan(0.05);
  }
});

describe('replicate noise', () => {
  const noisy: Model = (x, rng) => LINEAR(x, rng) + Math.sqrt(5 / 12) * rng.normal();

  test('as large as the signal is half of the variance, and is reported apart', () => {
    const { a, b, ab } = design(noisy, 2, 20_000, 'noisy');
    const plain = sobolIndices(a, b, ab, { seed: 's', resamples: 50 });
    const { first, total, noise_share } = sobolIndices(a, b, ab, {
      seed: 's',
      resamples: 50,
      noise_variance: 5 / 12,
    });
    expect(noise_share).toBeCloseTo(0.5, 1);
    [0.2, 0.8].forEach((share, i) => {
      expect(Math.abs(first[i]!.value - share)).toBeLessThan(0.05);
      expect(Math.abs(total[i]!.value - share)).toBeLessThan(0.05);
      expect(plain.total[i]!.value).toBeGreaterThan(share / 2 + 0.4); // uncorrected, noise looks like interaction
    });
  });

  test('nothing but noise has no indices', () => {
    const { a, b, ab } = design(LINEAR, 2, 50, 'none');
    const { first, noise_share } = sobolIndices(a, b, ab, { seed: 's', resamples: 50, noise_variance: 9 });
    expect(noise_share).toBeGreaterThan(1);
    expect(first[0]).toEqual({ value: NaN, low: NaN, high: NaN });
  });

  test('is estimated from replicates, without what a seed does to all points', () => {
    const rng = createRng('replicates');
    const seeds = Array.from({ length: 8 }, () => 10 * rng.normal());
    const points = Array.from({ length: 3000 }, () => {
      const level = 5 * rng.normal();
      return Float64Array.from(seeds, (shared) => level + shared + 2 * rng.normal());
    });
    expect(replicateNoise(points)).toBeCloseTo(4 / 8, 1);
    expect(replicateNoise([Float64Array.of(1, 2)])).toBeNaN();
  });
});

test('what is no design is refused', () => {
  const two = Float64Array.of(1, 2);
  expect(() => sobolIndices(two, two, [Float64Array.of(1)], { seed: '' })).toThrow(/1 rows against 2/);
  expect(() => sobolIndices(two, Float64Array.of(1, NaN), [two], { seed: '' })).toThrow('output[1] is NaN');
  expect(() => sobolIndices(Float64Array.of(1), Float64Array.of(1), [], { seed: '' })).toThrow(/2 rows/);
});
