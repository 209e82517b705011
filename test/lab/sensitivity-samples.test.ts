/** Runs of points that are compared are of the same seeds; what a point lost counts in its own mean only. */
import { describe, expect, test } from 'vitest';
import {
  meanOf,
  missingOutput,
  pairedNumbers,
  PointSample,
  whyNoIndices,
} from '../../src/lab/sensitivity/samples.ts';

/** A cell of these runs, in which x is ten times the run's number, plus `shift`. */
const cell = (runs: readonly number[], shift = 0) => ({
  run: Float64Array.from(runs),
  x: Float64Array.from(runs, (run) => 10 * run + shift),
});

describe('the runs of a point', () => {
  test('are those that finished in every cell; an output is its mean over the cells', () => {
    const sample = new PointSample([cell([0, 1, 3, 4]), cell([1, 2, 3], 4)]);
    expect([...sample.numbers]).toEqual([1, 3]);
    expect([...sample.of('x')]).toEqual([12, 32]);
    expect([...sample.of('x', Float64Array.of(3))]).toEqual([32]);
    expect(meanOf(sample.of('x'))).toBe(22);
  });

  test('of several points are paired by their numbers, never by their places', () => {
    const points = [[0, 1, 2, 3], [1, 2, 3], [0, 1, 3]].map((runs) => new PointSample([cell(runs)])); // prettier-ignore
    const paired = pairedNumbers(points.map(({ numbers }) => numbers));
    expect([...paired]).toEqual([1, 3]);
    for (const point of points) expect([...point.of('x', paired)]).toEqual([10, 30]);
    expect([...pairedNumbers([])]).toEqual([]);
  });

  test('are no result without a common run, or without a value', () => {
    expect(missingOutput([cell([0, 1])], ['x'])).toBeUndefined();
    expect(missingOutput([cell([0]), cell([1])], ['x'])).toBe('no run finished under all shocks');
    const { run } = cell([0, 1]);
    expect(missingOutput([{ run, x: run, y: Float64Array.of(1, NaN) }], ['x', 'y'])).toBe('a run has no y');
  });
});

test('there are no indices of a design with a hole', () => {
  const sample = new PointSample([cell([0, 1])]);
  expect(whyNoIndices([sample, sample], 2, 2)).toBeUndefined();
  expect(whyNoIndices([sample, sample], 1, 1)).toBeUndefined();
  expect(whyNoIndices([sample, undefined], 2, 2)).toBe('indices need every point, and 1 of 2 failed');
  expect(whyNoIndices([sample, sample], 1, 2)).toBe(
    'indices need 2 runs that finished at every point, and there is 1',
  );
});
