/** Excess kurtosis about 0, for returns, whose mean is far below their spread. */
import type { Column } from './estimate.ts';

/** Fourth moment over the squared second, less 3; NaN where all are 0. */
export function excessKurtosis(returns: Column): number {
  let second = 0;
  let fourth = 0;
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i]!;
    second += r * r;
    fourth += r * r * r * r;
  }
  return (fourth * returns.length) / (second * second) - 3;
}
