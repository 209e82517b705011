/** How a market answers to what is done to it: laws fitted to impacts, and times of recovery. */
import { log } from '../../core/maths.ts';
import type { Column } from '../estimate.ts';

/**
 * Exponent of a power law, impact ∝ size^δ, by least squares of the logarithms; NaN where an impact is not above 0.
 * Throws an Error with fewer than two sizes.
 */
export function impactExponent(sizes: Column, impacts: Column): number {
  const n = sizes.length;
  if (n < 2 || impacts.length !== n)
    throw new Error('impactExponent: needs an impact for each of two sizes or more');
  const x = Float64Array.from(sizes, log);
  const y = Float64Array.from(impacts, (impact) => (impact > 0 ? log(impact) : NaN));
  const meanX = mean(x);
  const meanY = mean(y);
  let covariance = 0;
  let variance = 0;
  for (let i = 0; i < n; i++) {
    covariance += (x[i]! - meanX) * (y[i]! - meanY);
    variance += (x[i]! - meanX) * (x[i]! - meanX);
  }
  return covariance / variance;
}

/**
 * Time until half of what was missing first is there again: the first at which it is, by a straight line from the look
 * before. 0 where nothing was missing at the first look; Infinity where half of it still is at the last.
 */
export function halfLife(times: Column, missing: Column): number {
  const half = missing[0]! / 2;
  if (!(half > 0)) return 0;
  for (let i = 1; i < times.length; i++) {
    const [before, now] = [missing[i - 1]!, missing[i]!];
    if (now > half) continue;
    return times[i - 1]! + ((before - half) / (before - now)) * (times[i]! - times[i - 1]!);
  }
  return Infinity;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
