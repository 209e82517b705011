/** When an estimate says too little: the one rule for cells and for the frontier. */
import type { Estimate } from '../../stats/estimate.ts';

/**
 * True where the interval is wider than the estimate itself. Of 0 that cannot be said: there the end of the interval tells
 * how little is known.
 */
export function isWide({ value, low, high }: Estimate): boolean {
  return value !== 0 && high - low > Math.abs(value);
}
