/** The liquidation fee of an order (ppm), by the time from the breach: base, after the grace base + ⌊t · rise⌋, at most `most`. */
import { least, ppmUp } from './arithmetic.ts';
import type { LiquidationFee } from './terms.ts';

export function liquidationFee(fee: LiquidationFee, elapsed_us: number): bigint {
  if (typeof fee === 'number') return ppmUp(fee);
  const { base, rise, grace, most } = fee;
  if (elapsed_us < grace || ppmUp(rise) === 0n) return ppmUp(base);
  return least(ppmUp(base) + (BigInt(elapsed_us) * ppmUp(rise)) / 1_000_000n, ppmUp(most));
}
