/** Excess kurtosis about 0, for returns, whose mean is far below their spread. */
import type { Column } from '../estimate.ts';

/** How many, and the sums of their second and fourth powers. */
export interface EvenPowers {
  readonly n: number;
  readonly second: number;
  readonly fourth: number;
}

export function evenPowers(returns: Column): EvenPowers {
  let second = 0;
  let fourth = 0;
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i]!;
    second += r * r;
    fourth += r * r * r * r;
  }
  return { n: returns.length, second, fourth };
}

/** Fourth moment over the squared second, less 3, of all of them together; NaN where all are 0. */
export function pooledKurtosis(all: readonly EvenPowers[]): number {
  let [n, second, fourth] = [0, 0, 0];
  for (const one of all) {
    n += one.n;
    second += one.second;
    fourth += one.fourth;
  }
  return (fourth * n) / (second * second) - 3;
}

/** … of one column. */
export function excessKurtosis(returns: Column): number {
  return pooledKurtosis([evenPowers(returns)]);
}
