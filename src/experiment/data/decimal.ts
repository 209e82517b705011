/** What a decimal number looks like in a text. */
import { MOST_DIGITS } from '../../core/whole.ts';

/** A plain decimal number: no spaces, no thousands separators, no hexadecimal digits, no word. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i;

export function isDecimal(text: string): boolean {
  return text.length <= MOST_DIGITS && DECIMAL.test(text);
}
