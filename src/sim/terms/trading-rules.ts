/** What a market's operator decides, by instrument: fees, collars, halts, and whether trading is continuous. */
import type { HaltBand, MarketRules } from '../../market/reports.ts';

/** What market makers must do during a halt. */
export type Obligation =
  | { readonly kind: 'none' }
  /** Quotes on both sides, no further from each other than a share of the price. */
  | { readonly kind: 'spread'; readonly share: number }
  /** Quotes on both sides, of so many lots at least. */
  | { readonly kind: 'size'; readonly lots: number };

export interface Halt extends HaltBand {
  /** Length of the call period, µs. */
  readonly call_us: number;
  readonly makers: Obligation;
}

export interface TradingRules extends MarketRules {
  /** Trading fees, ppm of the value traded; negative: a rebate. */
  readonly maker_ppm: number;
  readonly taker_ppm: number;
  /** Part of each fee (not of rebates) that the insurance fund gets, ppm; left out: none. */
  readonly fund_ppm?: number;
  readonly halt?: Halt | undefined;
  /** Time from one uncross to the next, µs; 0: trading is continuous. */
  readonly batch_us: number;
}

/** No fees, no bounds, continuous trading. */
export const PLAIN_RULES: TradingRules = { selfTrade: 'none', maker_ppm: 0, taker_ppm: 0, batch_us: 0 };

/** What agents can know of call periods, by instrument. */
export interface CallPeriods {
  /** True while a volatility halt lasts. */
  isHalted(instrument: number): boolean;
  /** Time of the next uncross of an instrument in a call period, µs. */
  until(instrument: number): number;
  /** Widest spread (share of the price) that makers may quote during a halt; 0: whatever they like. */
  haltSpread(instrument: number): number;
  /** Least lots that makers must quote during a halt; 0: none. */
  haltLots(instrument: number): number;
}
