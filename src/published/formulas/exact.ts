/**
 * Exact numbers for formulas that stand outside the loop: decimals of 50 digits, printed with at most 40.
 *
 * Why two lengths: sums and products of ordinary inputs are exact in 50 digits; quotients and roots are not, and the
 * 10 digits between hide what a chain of them loses, so that a third of three is 1. Rounding is half to even.
 */
import { Decimal } from 'decimal.js';

export const Exact = Decimal.clone({ precision: 50, rounding: Decimal.ROUND_HALF_EVEN });
export type Exact = Decimal;

export const ZERO = new Exact(0);
export const ONE = new Exact(1);

const PRINTED = 40;
const SHOWN = 12;

/** Plain digits without an exponent, 40 significant ones at most. */
export function plain(value: Exact): string {
  return digits(value, PRINTED);
}

/** The same with 12, to be read by a person. */
export function short(value: Exact): string {
  return digits(value, SHOWN);
}

function digits(value: Exact, most: number): string {
  if (value.isZero()) return '0'; // never -0
  return (value.precision() > most ? value.toSignificantDigits(most) : value).toFixed();
}
