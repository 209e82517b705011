/**
 * Draws from a fixed list of weights in constant time: Walker's aliases. Each of n slots is as likely and holds at most
 * two of the numbers 0 … n − 1: its own, with probability `keep`, and its alias.
 * Source: A. J. Walker, ACM Trans. Math. Software 3 (1977) 253; in the one pass of M. D. Vose, IEEE Trans. Software Eng.
 * 17 (1991) 972.
 */
import { InvariantError } from './errors.ts';
import type { Rng } from './rng.ts';

export class AliasTable {
  private readonly keep: Float64Array;
  private readonly other: Int32Array;

  /** Weights of 0 … n − 1: at least 0, with a sum above 0. */
  constructor(weights: readonly number[]) {
    const n = weights.length;
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (!(sum > 0 && sum < Infinity && weights.every((weight) => weight >= 0))) {
      throw new InvariantError(`weights ${weights.join(' ')}: needs numbers from 0 on, not all 0`);
    }
    this.keep = Float64Array.from(weights, (weight) => (weight * n) / sum);
    this.other = Int32Array.from(weights, (_, i) => i);
    const small: number[] = [];
    const large: number[] = [];
    for (let i = 0; i < n; i++) (this.keep[i]! < 1 ? small : large).push(i);
    while (small.length > 0 && large.length > 0) {
      const short = small.pop()!;
      const long = large.pop()!;
      this.other[short] = long;
      this.keep[long] = this.keep[long]! - (1 - this.keep[short]!);
      (this.keep[long] < 1 ? small : large).push(long);
    }
    // What is left lacks or exceeds 1 by roundings only, and keeps to its own slot.
    for (const i of [...small, ...large]) this.keep[i] = 1;
  }

  /** Two draws, hardly ever more. */
  draw(rng: Rng): number {
    const slot = rng.below(this.keep.length);
    return rng.chance(this.keep[slot]!) ? slot : this.other[slot]!;
  }
}
