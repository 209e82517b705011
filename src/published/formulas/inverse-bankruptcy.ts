/**
 * Bankruptcy price of an inverse position whose margin is in the coin: where its coins, n·F/E and a part 1/L of that, are
 * worth no more than the n·F of money that it owes. Nothing is rounded but the quotient. Source: BitMEX, Bankruptcy price of
 * inverse contracts; Bybit publishes the same.
 */
import type { Exact } from './exact.ts';
import { formula } from './formula.ts';
import type { Sheet } from './sheet.ts';

const long = formula('BP', 'E·L/(L + 1)', 'bankruptcy price of a long');
const short = formula('BP', 'E·L/(L − 1)', 'bankruptcy price of a short');

/** `leverage` above 1 for a short: with 1 there is none. */
export function inverseBankruptcyPrice(sheet: Sheet, isLong: boolean, entry: Exact, leverage: Exact): Exact {
  sheet.given('E', entry, 'entry price');
  sheet.given('L', leverage, 'leverage');
  return sheet.work(isLong ? long : short);
}
