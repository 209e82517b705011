/**
 * Sobol points: they fill the unit cube more evenly than random ones, so that fewer are needed. In Gray-code order
 * (I. A. Antonov, V. M. Saleev 1979), with the direction numbers of S. Joe and F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008)
 * 2635 (their file new-joe-kuo-6), whose pairs of dimensions fit together well.
 */
import type { Rng } from '../../core/rng.ts';

/** Dimensions from the second on: [a, m_1 … m_s]; a = the inner coefficients of a primitive polynomial of degree s. */
const DIRECTIONS: readonly (readonly [a: number, ...m: number[]])[] = [
  [0, 1],
  [1, 1, 3],
  [1, 1, 3, 1],
  [2, 1, 1, 1],
  [1, 1, 1, 3, 3],
  [4, 1, 3, 5, 13],
  [2, 1, 1, 5, 5, 17],
  [4, 1, 1, 5, 5, 5],
  [7, 1, 1, 7, 11, 19],
  [11, 1, 1, 5, 1, 1],
  [13, 1, 1, 1, 3, 11],
  [14, 1, 3, 5, 5, 31],
  [1, 1, 3, 3, 9, 7, 49],
  [13, 1, 1, 1, 15, 21, 21],
  [16, 1, 3, 1, 13, 27, 49],
  [19, 1, 1, 1, 15, 7, 5],
  [22, 1, 3, 1, 15, 13, 25],
  [25, 1, 1, 5, 5, 19, 61],
  [1, 1, 3, 7, 11, 23, 15, 103],
];

export const MOST_SOBOL_DIMENSIONS = DIRECTIONS.length + 1;

const BITS = 32;
const PER_32 = 1 / 4294967296;

/**
 * The first `count` points in `dimensions` dimensions, each in [0, 1). With `rng` all points of a dimension are shifted by
 * the same random bits (exclusive or): as even as before, without the corner 0. Counts that are powers of two are best.
 * Throws an Error at more than MOST_SOBOL_DIMENSIONS dimensions or 2^31 points.
 */
export function sobolPoints(count: number, dimensions: number, rng?: Rng): Float64Array[] {
  if (!(dimensions >= 1 && dimensions <= MOST_SOBOL_DIMENSIONS)) {
    throw new Error(`sobol: 1 to ${MOST_SOBOL_DIMENSIONS} dimensions, got ${dimensions}`);
  }
  if (!(count >= 0 && count <= 2147483648)) throw new Error(`sobol: too many points: ${count}`);
  const directions = Array.from({ length: dimensions }, (_, d) => directionsOf(d));
  const state = directions.map(() => rng?.int32() ?? 0);
  const points: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    points.push(Float64Array.from(state, (bits) => (bits >>> 0) * PER_32));
    const changed = lowestZero(i);
    for (let d = 0; d < dimensions; d++) state[d] = state[d]! ^ directions[d]![changed]!;
  }
  return points;
}

/** v_1 … v_32 as words, v_k = m_k / 2^k; m_k from the recurrence of the dimension's polynomial. */
function directionsOf(dimension: number): Int32Array {
  const v = new Int32Array(BITS);
  if (dimension === 0) {
    for (let k = 0; k < BITS; k++) v[k] = 1 << (BITS - 1 - k);
    return v;
  }
  const [a, ...m] = DIRECTIONS[dimension - 1]!;
  const s = m.length;
  for (let k = 0; k < s; k++) v[k] = m[k]! << (BITS - 1 - k);
  for (let k = s; k < BITS; k++) {
    let word = v[k - s]! ^ (v[k - s]! >>> s);
    for (let j = 1; j < s; j++) if ((a >>> (s - 1 - j)) & 1) word ^= v[k - j]!;
    v[k] = word;
  }
  return v;
}

/** Place of the lowest bit of i that is 0. */
function lowestZero(i: number): number {
  let place = 0;
  while (i & 1) {
    i >>>= 1;
    place++;
  }
  return place;
}
