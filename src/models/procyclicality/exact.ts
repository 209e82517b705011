/**
 * Measures of how much a margin requirement swings, on a series of requirements per notional. Source: D. Murphy, M.
 * Vasios, N. Vause, "An investigation into the procyclicality of risk-based initial margin models", Bank of England
 * Financial Stability Paper 29 (2014).
 */
import { log } from '../../core/maths.ts';
import type { Column } from '../../stats/estimate.ts';

/** Highest over lowest requirement of the whole series: max_t M_t / min_t M_t. NaN for an empty one. */
export function peakToTrough(margins: Column): number {
  let low = Infinity;
  let high = -Infinity;
  for (let t = 0; t < margins.length; t++) {
    if (margins[t]! < low) low = margins[t]!;
    if (margins[t]! > high) high = margins[t]!;
  }
  return margins.length === 0 ? NaN : high / low;
}

/** Largest rise from an earlier low: max_t (M_t / min_{s≤t} M_s). NaN for an empty series. */
export function troughToPeak(margins: Column): number {
  let low = Infinity;
  let most = NaN;
  for (let t = 0; t < margins.length; t++) {
    if (margins[t]! < low) low = margins[t]!;
    const ratio = margins[t]! / low;
    if (!(ratio <= most)) most = ratio;
  }
  return most;
}

/** Largest call within n steps: max_t (M_{t+n} − M_t), in the unit of the margins. NaN for a shorter series. */
export function largestCall(margins: Column, n: number): number {
  let most = NaN;
  for (let t = n; t < margins.length; t++) {
    const call = margins[t]! - margins[t - n]!;
    if (!(call <= most)) most = call;
  }
  return most;
}

export function meanOf(margins: Column): number {
  let sum = 0;
  for (let t = 0; t < margins.length; t++) sum += margins[t]!;
  return sum / margins.length;
}

export interface BreachCount {
  /** Periods of `horizon` steps that do not overlap. */
  readonly periods: number;
  /** Of these, those in which a long position lost more than its margin at the beginning (log return below −M). */
  readonly long: number;
  /** … and a short one. */
  readonly short: number;
}

/** Losses beyond the margin held at the beginning of each period. `prices` go with `margins`. */
export function countBreaches(margins: Column, prices: Column, horizon: number): BreachCount {
  let periods = 0;
  let long = 0;
  let short = 0;
  for (let t = 0; t + horizon < margins.length; t += horizon) {
    const r = log(prices[t + horizon]! / prices[t]!);
    periods++;
    if (-r > margins[t]!) long++;
    if (r > margins[t]!) short++;
  }
  return { periods, long, short };
}
