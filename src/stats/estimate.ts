/**
 * What every estimator of this folder returns, and the checks that they share.
 *
 * Why one shape: the report, the terminal and the JSON print any estimate the same way, and a number without
 * its interval can't slip through.
 */
import { normalQuantile, studentQuantile } from '../core/quantiles.ts';

/**
 * A value with its confidence interval (95 % unless the call says otherwise), low <= value <= high. `low`
 * and `high` are NaN where the sample is too small to say anything of them; `value` is NaN where there is
 * no data at all. An interval is never made up: who prints it must print "unknown" for NaN.
 */
export type Estimate = { readonly value: number; readonly low: number; readonly high: number };

/** A column of numbers: Float64Array, Int32Array, Uint8Array or an ordinary array. Never written to. */
export type Column = ArrayLike<number>;

/** The level of an interval where the caller doesn't say. */
export const CONFIDENCE = 0.95;

/** One estimate of a record that holds other things, too. Throws an Error where it is none. */
export function estimateIn(values: Readonly<Record<string, unknown>>, name: string): Estimate {
  const found = values[name];
  if (typeof found === 'object' && found !== null && 'value' in found) return found as Estimate;
  throw new Error(`${name} is no estimate`);
}

/** An estimate whose interval is unknown. */
export function withoutInterval(value: number): Estimate {
  return { value, low: NaN, high: NaN };
}

/**
 * The same estimate for a quantity that can't leave [min, max], such as a count, a ratio or a price.
 * Only the interval is cut. Throws an Error where the value itself is outside: then the range is wrong.
 */
export function within(estimate: Estimate, min: number, max: number): Estimate {
  const { value, low, high } = estimate;
  if (value < min || value > max) throw new Error(`the estimate ${value} is outside [${min}, ${max}]`);
  return { value, low: low < min ? min : low, high: high > max ? max : high };
}

/** z with P(|Z| <= z) = confidence. Throws an Error unless 0 < confidence < 1. */
export function normalBound(confidence: number): number {
  return normalQuantile(upperTail(confidence));
}

/** t with P(|T| <= t) = confidence, T Student's with `df` >= 1. Throws an Error unless 0 < confidence < 1. */
export function studentBound(confidence: number, df: number): number {
  return studentQuantile(upperTail(confidence), df);
}

/** Probability beyond either end of an interval. Throws an Error unless 0 < confidence < 1. */
export function tailOf(confidence: number): number {
  return 1 - upperTail(confidence);
}

function upperTail(confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) throw new Error(`confidence must be in (0, 1), got ${confidence}`);
  return 0.5 + confidence / 2;
}

/**
 * Throws an Error that names the first value which is NaN or infinite: dropping it would be the caller's
 * choice.
 */
export function requireFinite(values: Column, what: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!))
      throw new Error(`${what}[${i}] is ${values[i]!}: filter it or fix it first`);
  }
}

/** Throws an Error unless both columns have a row for each run. */
export function requireSameLength(a: Column, b: Column, what: string): void {
  if (a.length !== b.length) throw new Error(`${what}: ${a.length} rows against ${b.length}`);
}
