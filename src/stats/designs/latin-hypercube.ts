/**
 * Latin hypercube: n points of which each dimension has exactly one in each of n equal strata. For any number of points
 * and dimensions. Source: M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979) 239.
 */
import type { Rng } from '../../core/rng.ts';

/** `count` points in `dimensions` dimensions, each in [0, 1), at a random place of its stratum. */
export function latinHypercube(count: number, dimensions: number, rng: Rng): Float64Array[] {
  const points = Array.from({ length: count }, () => new Float64Array(dimensions));
  const strata = new Float64Array(count);
  for (let d = 0; d < dimensions; d++) {
    for (let i = 0; i < count; i++) strata[i] = i;
    for (let i = count - 1; i > 0; i--) {
      const j = rng.below(i + 1);
      [strata[i], strata[j]] = [strata[j]!, strata[i]!];
    }
    points.forEach((point, i) => (point[d] = (strata[i]! + rng.uniform()) / count));
  }
  return points;
}
