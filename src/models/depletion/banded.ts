/**
 * Linear systems whose matrix is zero but for a band around its diagonal, such as those of birth–death chains.
 */

/** Row r has 2w + 1 coefficients, of the unknowns r − w … r + w; those outside of the system must be 0. */
export interface BandedSystem {
  readonly coefficients: Float64Array;
  /** w: the farthest coefficient from the diagonal. */
  readonly width: number;
  readonly right: Float64Array;
}

/**
 * Solves the system in place, by elimination without exchange of rows, in n·w² steps; returns the unknowns (the array of
 * the right side). Stable where the diagonal of each row outweighs the rest, as in the equations of absorption of a
 * chain: no pivot is ever small then (G. H. Golub, C. F. Van Loan, Matrix Computations, 4.1 and 4.3).
 */
export function solveBanded({ coefficients, width, right }: BandedSystem): Float64Array {
  const n = right.length;
  const stride = 2 * width + 1;
  for (let pivot = 0; pivot < n; pivot++) {
    const diagonal = pivot * stride + width;
    const last = Math.min(width, n - 1 - pivot);
    for (let down = 1; down <= last; down++) {
      const entry = diagonal + down * stride - down; // of row pivot + down, in the column of the pivot
      const factor = coefficients[entry]! / coefficients[diagonal]!;
      if (factor === 0) continue;
      for (let along = 1; along <= last; along++) {
        coefficients[entry + along] = coefficients[entry + along]! - factor * coefficients[diagonal + along]!;
      }
      right[pivot + down] = right[pivot + down]! - factor * right[pivot]!;
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    const diagonal = row * stride + width;
    let sum = right[row]!;
    for (let along = Math.min(width, n - 1 - row); along >= 1; along--) {
      sum -= coefficients[diagonal + along]! * right[row + along]!;
    }
    right[row] = sum / coefficients[diagonal]!;
  }
  return right;
}
