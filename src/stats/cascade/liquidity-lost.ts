/**
 * What a cascade does to the book: depth that went, and the spread at its widest.
 */
import type { Column } from '../estimate.ts';
import { requireSameLength } from '../estimate.ts';

export type LiquidityLost = {
  /** Share of the first depth that is gone where it is least; below 0 where there never was less. NaN: no first depth. */
  readonly depth_lost: number;
  /** Mean over the samples of the share that is gone. */
  readonly depth_lost_mean: number;
  /** Widest spread over the first one; Infinity where a side was empty. NaN: no first spread. */
  readonly spread_widening: number;
};

/**
 * Of samples at equal distances from just before the shock on. `spread`: relative or in ticks; Infinity or NaN stands for a
 * side without orders. Throws an Error at empty columns and columns of unequal length.
 */
export function liquidityLost(depth: Column, spread: Column): LiquidityLost {
  requireSameLength(depth, spread, 'liquidity');
  const n = depth.length;
  if (n === 0) throw new Error('liquidity: no samples');
  let least = Infinity;
  let sum = 0;
  let widest = -Infinity;
  for (let i = 1; i < n; i++) {
    least = Math.min(least, depth[i]!);
    sum += depth[i]!;
    widest = Math.max(widest, Number.isFinite(spread[i]!) ? spread[i]! : Infinity);
  }
  const had = depth[0]! > 0 ? depth[0]! : NaN;
  const was = Number.isFinite(spread[0]!) && spread[0]! > 0 ? spread[0]! : NaN;
  return {
    depth_lost: n === 1 ? NaN : 1 - least / had,
    depth_lost_mean: n === 1 ? NaN : 1 - sum / (n - 1) / had,
    spread_widening: n === 1 ? NaN : widest / was,
  };
}
