/**
 * Weighted least squares with a small ridge, of several outputs on the same inputs:
 *
 *   least Σᵢ wᵢ·(yᵢ − a − b·xᵢ)² + ridge·W·Σⱼ (bⱼ·σⱼ)²,   W = Σᵢ wᵢ,  σⱼ: standard deviation of input j
 *
 * The ridge is in units of the inputs' own spread; it keeps inputs apart that say the same. Source: A. E. Hoerl, R. W. Kennard,
 * Technometrics 12 (1970) 55.
 */
import { requireFinite } from '../estimate.ts';

export interface LinearFit {
  /** Outputs at an input. */
  at(x: ArrayLike<number>): Float64Array;
  /** Of each row its leverage, how far its own output moves what is fitted there: h = w·(1/W + x·A⁻¹x). */
  leverages(): Float64Array;
}

/** Rows of inputs and of outputs; a weight a row, all equal if left out. Throws an Error unless all are finite. */
export function linearFit(
  x: readonly ArrayLike<number>[],
  y: readonly ArrayLike<number>[],
  { weights = new Float64Array(x.length).fill(1), ridge = 1e-6 }: FitOptions = {},
): LinearFit {
  for (const row of [...x, ...y]) requireFinite(row, 'row');
  const inputs = centred(x, weights);
  const outputs = centred(y, weights);
  const { rows, means, spread } = inputs;
  const p = means.length;
  const matrix = Array.from({ length: p }, () => new Float64Array(p));
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < p; j++) {
      const weighted = weights[i]! * rows[i]![j]!;
      for (let k = 0; k <= j; k++) matrix[j]![k] = matrix[j]![k]! + weighted * rows[i]![k]!;
    }
  }
  const total = sumOf(weights);
  for (let j = 0; j < p; j++) {
    // An input without any spread has a slope of 0.
    const own = spread[j]! > 0 ? ridge * total * spread[j]! * spread[j]! : 1;
    matrix[j]![j] = matrix[j]![j]! + own;
  }
  factor(matrix);
  const slopes = Array.from(outputs.means, (_, o) => {
    const right = new Float64Array(p);
    for (let i = 0; i < rows.length; i++)
      for (let j = 0; j < p; j++) right[j] = right[j]! + weights[i]! * rows[i]![j]! * outputs.rows[i]![o]!;
    return solved(matrix, right);
  });
  const at = (input: ArrayLike<number>): Float64Array =>
    outputs.means.map((mean, o) => {
      let value = mean;
      for (let j = 0; j < p; j++) value += slopes[o]![j]! * (input[j]! - means[j]!);
      return value;
    });
  const leverages = (): Float64Array =>
    Float64Array.from(rows, (row, i) => {
      const turned = solved(matrix, row);
      return weights[i]! * row.reduce((sum, value, j) => sum + value * turned[j]!, 1 / total);
    });
  return { at, leverages };
}

/** Ridges that are tried, weakest first. */
const RIDGES = [1e-3, 0.03, 0.3, 3];

export interface PredictingFit extends Pick<LinearFit, 'at'> {
  /** Of each output how many coefficients the line has in effect: the sum of leverages. */
  readonly spent: readonly number[];
}

/**
 * A line whose ridge is chosen for each output: the one with the least squares of what each row misses a line through all
 * other rows by, (y − ŷ)/(1 − h). Source: D. M. Allen, Technometrics 16 (1974) 125.
 */
export function predictingFit(
  x: readonly ArrayLike<number>[],
  y: readonly ArrayLike<number>[],
): PredictingFit {
  const fits = RIDGES.map((ridge) => {
    const fit = linearFit(x, y, { ridge });
    const leverages = fit.leverages();
    const missed = x.map((row, i) =>
      fit.at(row).map((fitted, o) => (y[i]![o]! - fitted) / (1 - leverages[i]!)),
    );
    return { fit, spent: sumOf(leverages), missed };
  });
  const best = Array.from(y[0]!, (_, o) => {
    const squares = fits.map(({ missed }) => missed.reduce((sum, row) => sum + row[o]! * row[o]!, 0));
    return fits[squares.indexOf(Math.min(...squares))]!;
  });
  return {
    at: (input) => Float64Array.from(best, ({ fit }, o) => fit.at(input)[o]!),
    spent: best.map(({ spent }) => spent),
  };
}

export interface FitOptions {
  readonly weights?: ArrayLike<number>;
  readonly ridge?: number;
}

function centred(rows: readonly ArrayLike<number>[], weights: ArrayLike<number>) {
  const width = rows[0]?.length ?? 0;
  const total = sumOf(weights);
  const means = new Float64Array(width);
  rows.forEach((row, i) => {
    for (let j = 0; j < width; j++) means[j] = means[j]! + (weights[i]! * row[j]!) / total;
  });
  const about = rows.map((row) => means.map((mean, j) => row[j]! - mean));
  const spread = means.map((_, j) =>
    Math.sqrt(about.reduce((sum, row, i) => sum + weights[i]! * row[j]! * row[j]!, 0) / total),
  );
  return { rows: about, means, spread };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** Cholesky's factor in place of the lower triangle. */
function factor(matrix: readonly Float64Array[]): void {
  for (let j = 0; j < matrix.length; j++) {
    for (let k = 0; k <= j; k++) {
      let rest = matrix[j]![k]!;
      for (let m = 0; m < k; m++) rest -= matrix[j]![m]! * matrix[k]![m]!;
      matrix[j]![k] = j === k ? Math.sqrt(Math.max(rest, Number.MIN_VALUE)) : rest / matrix[k]![k]!;
    }
  }
}

function solved(factors: readonly Float64Array[], right: Float64Array): Float64Array {
  const n = right.length;
  const x = right.slice();
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) x[j] = x[j]! - factors[j]![k]! * x[k]!;
    x[j] = x[j]! / factors[j]![j]!;
  }
  for (let j = n - 1; j >= 0; j--) {
    for (let k = j + 1; k < n; k++) x[j] = x[j]! - factors[k]![j]! * x[k]!;
    x[j] = x[j]! / factors[j]![j]!;
  }
  return x;
}
