// Banded systems: what is found meets all of the equations.
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { solveBanded } from '../../../src/models/depletion/banded.ts';

describe('the unknowns meet the equations', () => {
  test.each([
    [1, 1],
    [2, 1],
    [3, 5],
    [40, 1],
    [60, 7],
  ])('of %d rows and a band of ± %d', (n, width) => {
    const rng = createRng(`banded/${n}/${width}`);
    const stride = 2 * width + 1;
    const coefficients = new Float64Array(n * stride);
    const right = Float64Array.from({ length: n }, () => rng.normal());
    for (let row = 0; row < n; row++) {
      let others = 0;
      for (let column = Math.max(0, row - width); column <= Math.min(n - 1, row + width); column++) {
        const value = rng.normal();
        coefficients[row * stride + column - row + width] = value;
        others += Math.abs(value);
      }
      coefficients[row * stride + width] = others + 0.1;
    }
    const found = solveBanded({ coefficients: coefficients.slice(), width, right: right.slice() });
    for (let row = 0; row < n; row++) {
      let sum = 0;
      for (let at = 0; at < stride; at++)
        sum += coefficients[row * stride + at]! * (found[row + at - width] ?? 0);
      expect(sum).toBeCloseTo(right[row]!, 10);
    }
  });
});
