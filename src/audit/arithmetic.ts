/** Whole-number arithmetic without limits: money in quanta, rates in parts per million. */
import { Decimal } from 'decimal.js';

export const PPM = 1_000_000n;

/** ⌈a / b⌉ and ⌊a / b⌋ for b > 0 and any a. */
function ceilDiv(a: bigint, b: bigint): bigint {
  return a > 0n ? (a + b - 1n) / b : -(-a / b);
}
export function floorDiv(a: bigint, b: bigint): bigint {
  return -ceilDiv(-a, b);
}

/** ⌈amount · ppm / 10⁶⌉. */
export function share(amount: bigint, ppm: bigint): bigint {
  return ceilDiv(amount * ppm, PPM);
}

/** A rate as whole ppm, rounded up; an excess below 10⁻⁶ ppm is a rounding of the rate itself. */
export function ppmUp(rate: Decimal.Value): bigint {
  return BigInt(new Decimal(rate).times(1e6).minus(1e-6).ceil().plus(0).toFixed(0));
}

/** A share as whole ppm, to the nearest. */
export function ppmNear(rate: number): bigint {
  return BigInt(new Decimal(rate).times(1e6).round().toFixed(0));
}

export function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
export function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
