/**
 * The last W values of a series, in a rule's memory, kept in order of time and in order of size: a new value takes the
 * place of the oldest, and quantiles and tail means are read off without sorting.
 */

/** Numbers of memory for a window of W values: count, place of the oldest, the values by time and by size. */
export function windowSlots(length: number): number {
  return 2 + 2 * length;
}

export class RollingWindow {
  private readonly state: Float64Array;
  private readonly stride: number;
  private readonly offset: number;
  private readonly length: number;

  /** The window of instrument i lies at i · stride + offset. */
  constructor(state: Float64Array, stride: number, offset: number, length: number) {
    this.state = state;
    this.stride = stride;
    this.offset = offset;
    this.length = length;
  }

  clear(instrument: number): void {
    const at = instrument * this.stride + this.offset;
    this.state[at] = 0;
    this.state[at + 1] = 0;
  }

  count(instrument: number): number {
    return this.state[instrument * this.stride + this.offset]!;
  }

  push(instrument: number, value: number): void {
    const { state, length } = this;
    const at = instrument * this.stride + this.offset;
    const ring = at + 2;
    const sorted = ring + length;
    const next = state[at + 1]!;
    let n = state[at]!;
    if (n === length) {
      const old = this.lowerBound(sorted, n, state[ring + next]!);
      state.copyWithin(sorted + old, sorted + old + 1, sorted + n);
      n--;
    }
    const place = this.lowerBound(sorted, n, value);
    state.copyWithin(sorted + place + 1, sorted + place, sorted + n);
    state[sorted + place] = value;
    state[ring + next] = value;
    state[at] = n + 1;
    state[at + 1] = next + 1 === length ? 0 : next + 1;
  }

  /** The ⌈p·n⌉-th smallest value: the least one that a share p of all do not exceed. NaN for an empty window. */
  quantile(instrument: number, p: number): number {
    const n = this.count(instrument);
    return n === 0 ? NaN : this.ranked(instrument, rankOf(p, n));
  }

  /**
   * Mean of the largest share 1 − p of the values; the value on its edge counts with the part of it that is inside
   * (Acerbi and Tasche 2002). NaN for an empty window.
   */
  upperMean(instrument: number, p: number): number {
    const n = this.count(instrument);
    if (n === 0) return NaN;
    const rank = rankOf(p, n);
    let sum = (rank - p * n) * this.ranked(instrument, rank);
    for (let k = rank + 1; k <= n; k++) sum += this.ranked(instrument, k);
    return sum / ((1 - p) * n);
  }

  /** The same of the negated values: the quantile p of −x, and the mean of the smallest share 1 − p of −x. */
  lowerQuantile(instrument: number, p: number): number {
    const n = this.count(instrument);
    return n === 0 ? NaN : -this.ranked(instrument, n + 1 - rankOf(p, n));
  }

  lowerMean(instrument: number, p: number): number {
    const n = this.count(instrument);
    if (n === 0) return NaN;
    const rank = rankOf(p, n);
    let sum = (rank - p * n) * this.ranked(instrument, n + 1 - rank);
    for (let k = rank + 1; k <= n; k++) sum += this.ranked(instrument, n + 1 - k);
    return -sum / ((1 - p) * n);
  }

  /** The k-th smallest value, k from 1. */
  private ranked(instrument: number, k: number): number {
    return this.state[instrument * this.stride + this.offset + 1 + this.length + k]!;
  }

  /** Number of the n sorted values that are below `value`. */
  private lowerBound(sorted: number, n: number, value: number): number {
    let low = 0;
    let high = n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.state[sorted + middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** ⌈p·n⌉, at least 1; the small amount forgives p its binary rounding. */
function rankOf(p: number, n: number): number {
  const rank = Math.ceil(p * n - 1e-9);
  return rank < 1 ? 1 : rank;
}
