/** Outputs of a point's runs, paired by their numbers; a design with a hole, or with lost runs, has no indices. */
import { describe, expect, test } from 'vitest';
import { meanOf, missingOutput, PointSample, whyNoIndices } from '../../../src/design/sensitivity/samples.ts';

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
    expect(meanOf(sample.of('x'))).toBe(22);
  });

  test('are no result without a common run, or without a value', () => {
    expect(missingOutput([cell([0, 1])], ['x'])).toBeUndefined();
    expect(missingOutput([cell([0]), cell([1])], ['x'])).toBe('no run finished under all shocks');
    const { run } = cell([0, 1]);
    expect(missingOutput([{ run, x: run, y: Float64Array.of(1, NaN) }], ['x', 'y'])).toBe('a run has no y');
  });
});

test('there are no indices of a design with a hole, or where the worst runs may be lost', () => {
  expect(whyNoIndices(2, 0, 0)).toBeUndefined();
  expect(whyNoIndices(2, 1, 0)).toBe('indices need every point, and 1 of 2 failed');
  expect(whyNoIndices(9, 0, 2)).toBe(
    'indices need every run, and 2 of 9 points lost some, which may be the worst',
  );
});
