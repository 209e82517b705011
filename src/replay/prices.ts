/** Prices of a venue's instruments as people read them, each with the digits of its own tick. */
import { priceText } from './words.ts';

/** A price of so many ticks of an instrument, by its number at the venue. */
export type PriceOf = (ticks: number, instrument: number) => string;

/** `instruments`: of the venue. */
export function pricesOf(instruments: readonly { readonly tick: string }[]): PriceOf {
  return (ticks, instrument) => priceText(ticks, instruments[instrument]!.tick);
}
