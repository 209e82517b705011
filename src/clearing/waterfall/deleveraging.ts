/**
 * The arithmetic of auto-deleveraging: which opposite position loses how many lots, and how much of the loss goes with
 * them. Pure functions of claims, one an opposite position: weight is its rank (queue) or its share (pro rata).
 */
import { quotientOf } from '../../core/exact.ts';
import type { Claims } from './allocation.ts';
import { byRank, cappedProRata, proRata } from './allocation.ts';

export type ClosingOrder = 'queue' | 'pro-rata';

/**
 * Lots that a position of `size` can lose at most (its claim's cap): not so many that its equity would not bear
 * them, when `lots` lots lose `loss` quanta.
 */
export function closable(size: number, equity: number, loss: number, lots: number): number {
  if (loss <= equity) return size;
  const borne = quotientOf(equity, lots, loss);
  return borne < size ? borne : size;
}

/** Shares out `lots`; the parts are left in the claims' caps. Returns the lots that found an opposite position. */
export function shareLots(claims: Claims, lots: number, order: ClosingOrder): number {
  const taken = order === 'queue' ? byRank(claims, lots) : cappedProRata(claims, lots);
  claims.cap.set(claims.part.subarray(0, claims.count));
  return taken;
}

/** Shares out `loss` quanta in proportion to the lots in the caps, by largest remainder. The parts are quanta. */
export function shareLoss(claims: Claims, loss: number): void {
  claims.weight.set(claims.cap.subarray(0, claims.count));
  proRata(claims, loss);
}
