/**
 * P(a push of a size is taken), by size, as a curve that falls, from systems that need not take less and less: some fail at a
 * size and take a larger one. Reading the smallest failure of each would call the others failed at every larger size.
 *
 * Of each continuation three numbers are known: the largest size up to which it took all (`low`), and from where to where
 * it took them again above its first failure (`from`, `to`; NaN: nowhere). The share that takes a size is made a falling
 * function of it by isotonic regression (weights: length in log size), which pools sizes only where the share would rise.
 * Source: M. Ayer et al., Ann. Math. Statist. 26 (1955) 641 (pool adjacent violators).
 */
import { log } from '../../core/maths.ts';
import type { Column } from '../estimate.ts';

/** Row i of all columns the same continuation. */
export interface TakenSizes {
  readonly lows: Column;
  readonly from: Column;
  readonly to: Column;
}

/**
 * Critical sizes, in order, of as many continuations that would each fail at every larger size and together give the same
 * falling curve: where none takes a larger size again, just the `lows`.
 */
export function fallingSizes(taken: TakenSizes): Float64Array {
  const { lows, from, to } = taken;
  const n = lows.length;
  if (!hasAgain(taken)) return Float64Array.from(lows).sort();
  const edges = edgesOf(taken);
  const changes = new Float64Array(edges.length + 1); // of the count, from one segment (edge k − 1, edge k] to the next
  const placeOf = new Map(Array.from(edges, (edge, k) => [edge, k]));
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (lows[i]! > 0) {
      count++;
      changes[placeOf.get(lows[i]!)! + 1]!--;
    }
    if (Number.isNaN(from[i]!)) continue;
    changes[placeOf.get(from[i]!)! + 1]!++;
    changes[placeOf.get(to[i]!)! + 1]!--;
  }
  const counts = new Float64Array(edges.length);
  const weights = new Float64Array(edges.length);
  for (let k = 0; k < edges.length; k++) {
    count += changes[k]!;
    counts[k] = count;
    weights[k] = log(k === 0 ? 2 : edges[k]! / edges[k - 1]!);
  }
  return sizesOf(edges, falling(counts, weights), n);
}

/** Least-squares falling fit: neighbours that rise are pooled. */
export function falling(values: Float64Array, weights: Float64Array): Float64Array {
  const means: number[] = [];
  const sums: number[] = [];
  const lengths: number[] = [];
  for (let k = 0; k < values.length; k++) {
    means.push(values[k]!);
    sums.push(weights[k]!);
    lengths.push(1);
    while (means.length > 1 && means.at(-2)! < means.at(-1)!) {
      const [mean, sum, length] = [means.pop()!, sums.pop()!, lengths.pop()!];
      const last = means.length - 1;
      means[last] = (means[last]! * sums[last]! + mean * sum) / (sums[last]! + sum);
      sums[last]! += sum;
      lengths[last]! += length;
    }
  }
  return Float64Array.from(means.flatMap((mean, i) => new Array<number>(lengths[i]!).fill(mean)));
}

export function hasAgain({ from }: TakenSizes): boolean {
  for (let i = 0; i < from.length; i++) if (!Number.isNaN(from[i]!)) return true;
  return false;
}

/** All sizes at which something changes, in order. */
function edgesOf({ lows, from, to }: TakenSizes): Float64Array {
  const all = new Set<number>();
  for (let i = 0; i < lows.length; i++) {
    if (lows[i]! > 0) all.add(lows[i]!);
    if (Number.isNaN(from[i]!)) continue;
    all.add(from[i]!);
    all.add(to[i]!);
  }
  return Float64Array.from(all).sort();
}

/** The j-th of n is the largest size that n − j + 1 of them take, counts between whole ones rounded. */
function sizesOf(edges: Float64Array, counts: Float64Array, n: number): Float64Array {
  const sizes = new Float64Array(n);
  let k = edges.length - 1;
  for (let j = n; j >= 1; j--) {
    while (k >= 0 && counts[k]! < n - j + 0.5) k--;
    sizes[j - 1] = k < 0 ? 0 : edges[k]!;
  }
  return sizes;
}
