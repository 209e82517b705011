/**
 * How much of a fall was overshoot: how far the price came back, and how soon.
 */
import type { Column } from '../estimate.ts';
import { requireFinite, requireSameLength } from '../estimate.ts';

export type Rebound = {
  /** Fall from the first price to the lowest, as a share of the first. */
  readonly fall: number;
  /** Of the first price, what the lowest lay below the last: the part of the fall that did not stay. */
  readonly overshoot: number;
  /** overshoot / fall: 1 if all of it came back, more if the price ended above where it began; NaN without a fall. */
  readonly recovered: number;
  /** From the lowest price (the first time there) until half of the fall is made up; NaN: never, or no fall. */
  readonly half_recovery_s: number;
};

/**
 * Of a path of prices from just before the shock to the end. For a rise, pass the reciprocals.
 * Throws an Error at an empty path, prices that are not above 0, times that aren't in order.
 */
export function reboundOf(time_us: Column, price: Column): Rebound {
  requireSameLength(time_us, price, 'rebound');
  requireFinite(price, 'price');
  const n = price.length;
  if (n === 0) throw new Error('rebound: the path is empty');
  let lowest = 0;
  for (let i = 0; i < n; i++) {
    if (!(price[i]! > 0)) throw new Error(`rebound: price ${i} is ${price[i]!}, not above 0`);
    if (i > 0 && !(time_us[i]! >= time_us[i - 1]!))
      throw new Error(`rebound: time ${i} is before the one above`);
    if (price[i]! < price[lowest]!) lowest = i;
  }
  const before = price[0]!;
  const low = price[lowest]!;
  const fall = (before - low) / before;
  const back = price[n - 1]! - low;
  let half = lowest;
  while (half < n && price[half]! < (before + low) / 2) half++;
  const never = fall === 0 || half === n;
  return {
    fall,
    overshoot: back / before,
    recovered: fall > 0 ? back / (before - low) : NaN,
    half_recovery_s: never ? NaN : (time_us[half]! - time_us[lowest]!) / 1e6,
  };
}
