/**
 * JSON with the digits as they were written: a number that a double holds as written is a number, any other a
 * LosslessNumber, which keeps its text. So nothing is rounded before arithmetic that is exact.
 */
import { isLosslessNumber, isSafeNumber, LosslessNumber, parse, stringify } from 'lossless-json';

export type Read = { readonly value: unknown } | { readonly refused: string };

const BYTE_ORDER_MARK = 0xfeff;

export const NOT_JSON = 'not JSON';

/** Characters of a number that every double holds as written, if it has no exponent. */
const SHORT = /^-?[\d.]{1,15}$/;

/**
 * A JSON text, or why it is none. One key twice with different values is refused, too: no answer could be right. A
 * byte-order mark, which Windows' programs begin files with, does not count.
 */
export function readJson(written: string): Read {
  const text = written.charCodeAt(0) === BYTE_ORDER_MARK ? written.slice(1) : written;
  try {
    JSON.parse(text); // the grammar: the other parser takes .5 and e5 for numbers
  } catch {
    return { refused: NOT_JSON };
  }
  // As a name it would be lost: it sets what an object inherits.
  if (text.includes('"__proto__"')) return { refused: '__proto__ is no name' };
  try {
    return { value: parse(text, undefined, { parseNumber: digitsOf, onDuplicateKey: refuseKey }) };
  } catch (error) {
    if (error instanceof DoubleKey) return { refused: error.message };
    if (error instanceof RangeError) return { refused: 'nested too deeply' };
    throw error;
  }
}

class DoubleKey extends Error {}

function refuseKey({ key }: { readonly key: string }): never {
  throw new DoubleKey(`the key ${JSON.stringify(key.slice(0, 40))} appears twice, with different values`);
}

function digitsOf(text: string): number | LosslessNumber {
  return SHORT.test(text) || isSafeNumber(text) ? Number(text) : new LosslessNumber(text);
}

/** The digits of a number that was read, in decimal notation; undefined for what is no number. */
export function digits(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return isLosslessNumber(value) ? value.value : undefined;
}

/** A whole number, of any length. */
export function isWhole(value: unknown): boolean {
  return /^-?\d+$/.test(digits(value) ?? '');
}

/** One line, with the numbers that were read as they were written. */
export function writeJson(value: unknown): string {
  return stringify(value)!;
}
