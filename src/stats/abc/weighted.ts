/** Moments and quantiles of values with weights, as draws from a posterior have them. Weights need not add up to 1. */
import type { Column } from '../estimate.ts';

export function weightedMean(values: Column, weights: Column): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sum += weights[i]! * values[i]!;
    total += weights[i]!;
  }
  return sum / total;
}

/** About the weighted mean, without a correction for few values. */
export function weightedSd(values: Column, weights: Column): number {
  const mean = weightedMean(values, weights);
  const squares = Array.from(values, (value) => (value - mean) * (value - mean));
  return Math.sqrt(weightedMean(squares, weights));
}

/** The least value below which, with half of its own weight, lies a share p of the weight; linear between. NaN of no value. */
export function weightedQuantile(values: Column, weights: Column, p: number): number {
  const order = Array.from(values, (_, i) => i)
    .filter((i) => weights[i]! > 0)
    .sort((a, b) => values[a]! - values[b]!);
  if (order.length === 0) return NaN;
  const total = order.reduce((sum, i) => sum + weights[i]!, 0);
  let below = 0;
  let before: readonly [share: number, value: number] | undefined;
  for (const i of order) {
    const share = (below + weights[i]! / 2) / total;
    if (share >= p) {
      if (before === undefined) return values[i]!;
      const [from, low] = before;
      return low + ((p - from) / (share - from)) * (values[i]! - low);
    }
    before = [share, values[i]!];
    below += weights[i]!;
  }
  return before![1];
}

/** (Σw)² / Σw²: how many values of equal weight would say as much. Source: L. Kish, Survey Sampling (1965). */
export function effectiveSize(weights: Column): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i]!;
    squares += weights[i]! * weights[i]!;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}
