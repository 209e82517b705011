/**
 * a · b / c of whole numbers, exactly, though a · b has up to 106 bits: money shared out in proportion must add up to the
 * last quantum. The product is kept as the sum of two doubles (Dekker 1971, "A floating-point technique for extending
 * the available precision"), so that the estimated quotient can be corrected by its exact remainder.
 */
import { InvariantError } from './errors.ts';

/** 2^27 + 1: splits a double of 53 bits into two halves whose products are exact (Veltkamp). */
const SPLITTER = 134217729;

/** What `a · b` rounded to a double leaves out. */
function productError(a: number, b: number, product: number): number {
  const aLarge = SPLITTER * a;
  const aHigh = aLarge - (aLarge - a);
  const aLow = a - aHigh;
  const bLarge = SPLITTER * b;
  const bHigh = bLarge - (bLarge - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** a · b − q · c, exactly, for whole numbers up to 2^53 whose result is below 2^53. */
export function remainderOf(a: number, b: number, c: number, q: number): number {
  const product = a * b;
  const part = q * c;
  return product - part + (productError(a, b, product) - productError(q, c, part));
}

/** 2^53: above it the doubles have gaps. */
const MOST = 9007199254740992;

/**
 * ⌊a · b / c⌋, exactly, for whole numbers 0 ≤ a, b ≤ 2^53 and 0 < c ≤ 2^53. Throws InvariantError where the result is above
 * 2^53, which no double need hold.
 */
export function quotientOf(a: number, b: number, c: number): number {
  let q = Math.floor((a * b) / c);
  // The estimate is off by a few units at most; its remainder says which way. Beyond 2^53 a correction may change nothing.
  if (q >= MOST) q = MOST;
  for (let rest = remainderOf(a, b, c, q); ; rest = remainderOf(a, b, c, q)) {
    if (rest < 0) q -= Math.max(1, Math.floor(-rest / c));
    else if (rest >= c && q < MOST) q += Math.max(1, Math.floor(rest / c));
    else if (rest < c) return q;
    else throw new InvariantError(`${a} · ${b} / ${c} is above 2^53, and money is exact up to there only`);
  }
}
