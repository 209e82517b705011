// Sobol indices of random outputs: Ishigami's function with noise that goes together between points, or does not.
import { expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { sobolPoints } from '../../../src/stats/designs/sobol-sequence.ts';
import { sobolOfReplicates } from '../../../src/stats/designs/sobol-replicates.ts';

const PI = Math.PI;

/** Ishigami, a = 7, b = .1 (V10): S = .3139 .4424 0, T = .5576 .4424 .2437; a fourth parameter does nothing. */
function ishigami([x1, x2, x3]: readonly number[]): number {
  const s = Math.sin(x1!);
  return s + 7 * Math.sin(x2!) * Math.sin(x2!) + 0.1 * x3! * x3! * x3! * x3! * s;
}

const EXACT = { first: [0.3139, 0.4424, 0, 0], total: [0.5576, 0.4424, 0.2437, 0] };

type Noise = (place: readonly number[], run: number) => number;

function indicesOf(noise: Noise, runs: number, count = 1024) {
  const both = sobolPoints(count, 8, createRng('points')).map((place) => [...place]);
  const [a, b] = [both.map((place) => place.slice(0, 4)), both.map((place) => place.slice(4))];
  const outputs = (places: readonly number[][]) =>
    places.map((place) => {
      const expected = ishigami(place.map((u) => (2 * u - 1) * PI));
      return Float64Array.from({ length: runs }, (_, run) => expected + noise(place, run));
    });
  const mixed = [0, 1, 2, 3].map((i) => a.map((place, j) => place.map((u, d) => (d === i ? b[j]![d]! : u))));
  return sobolOfReplicates(outputs(a), outputs(b), mixed.map(outputs), { seed: 'rows', resamples: 500 });
}

const luck = [1.3, -0.4, 0.7, -2.1];

test.each<[string, Noise]>([
  ['none', () => 0],
  ['of a seed that moves all points alike', (_, run) => 20 * luck[run]!],
  [
    'independent at each point',
    (
      (rng) => () =>
        4 * rng.normal()
    )(createRng('noise')),
  ],
  ['of a seed, more where the first parameter is large', ([u], run) => 2 * luck[run]! * (u! - 0.5)],
])('with noise %s the indices are those of the expectation', (name, noise) => {
  const { first, total } = indicesOf(noise, 4);
  const tolerance = name.startsWith('independent') ? 0.1 : 0.04;
  EXACT.first.forEach((value, i) => expect(Math.abs(first[i]!.value - value)).toBeLessThan(tolerance));
  EXACT.total.forEach((value, i) => expect(Math.abs(total[i]!.value - value)).toBeLessThan(tolerance));
});

test('a parameter without effect has a total of exactly 0 on common seeds, for all the noise there is', () => {
  const { total, noise_share } = indicesOf(([u], run) => 8 * luck[run]! * (u! - 0.5), 4);
  expect(total[3]).toEqual({ value: 0, low: 0, high: 0 });
  expect(noise_share).toBeGreaterThan(0.1);
});

test('intervals cover, and the noise share is the one that was put in', () => {
  const rng = createRng('noise');
  const { first, total, noise_share } = indicesOf(() => 4 * rng.normal(), 4);
  [...first, ...total].forEach(({ low, high }, i) => {
    const exact = [...EXACT.first, ...EXACT.total][i]!;
    expect(low).toBeLessThan(exact + 0.01);
    expect(high).toBeGreaterThan(exact - 0.01);
  });
  const explained = 13.8446; // variance of the function
  expect(noise_share).toBeCloseTo(4 / (4 + explained), 1);
});

test('one run a point, unequal rows and numbers that are none are refused', () => {
  const rows = (...sizes: number[]) => sizes.map((size) => new Float64Array(size));
  expect(() => sobolOfReplicates(rows(1, 1), rows(1, 1), [], { seed: '' })).toThrow(
    '2 rows and 2 replicates',
  );
  expect(() => sobolOfReplicates(rows(2, 2), rows(2), [], { seed: '' })).toThrow('1 rows against 2');
  expect(() => sobolOfReplicates(rows(2, 2), rows(2, 3), [], { seed: '' })).toThrow('3 rows against 2');
  expect(() => sobolOfReplicates(rows(2, 2), [new Float64Array([1, NaN]), new Float64Array(2)], [], { seed: '' })).toThrow('output[1] is NaN'); // prettier-ignore
});
