/**
 * Rates of orders and cancellations by distance from the opposite best quote, as Cont, Stoikov and Talreja (2010) fit them:
 * numbers for the first distances, a power law for limit orders and a constant for cancellations beyond.
 */
import { pow } from '../../core/maths.ts';

/** Per unit of time, each on both sides; distances in ticks, from 1 (next to the opposite best quote) on. */
export interface PoissonRates {
  /** λ(1), λ(2), …: limit orders at each distance. */
  readonly limit_rates: readonly number[];
  /** Limit orders at distances i beyond that list: rate / i^exponent. */
  readonly limit_beyond: { readonly rate: number; readonly exponent: number };
  /** θ(1), θ(2), …: cancellations of each order that rests at that distance. */
  readonly cancel_rates: readonly number[];
  /** Cancellations of each order at a distance beyond that list. */
  readonly cancel_beyond: number;
  /** μ: market orders. */
  readonly market_rate: number;
}

/** λ(i). */
export function limitRate({ limit_rates, limit_beyond }: PoissonRates, i: number): number {
  return limit_rates[i - 1] ?? limit_beyond.rate * pow(i, -limit_beyond.exponent);
}

/** θ(i). */
export function cancelRate({ cancel_rates, cancel_beyond }: PoissonRates, i: number): number {
  return cancel_rates[i - 1] ?? cancel_beyond;
}

/** Λ(i) = λ(1) + … + λ(i): limit orders up to i ticks from the opposite best quote. */
export function limitRateWithin(rates: PoissonRates, i: number): number {
  let sum = 0;
  for (let distance = 1; distance <= i; distance++) sum += limitRate(rates, distance);
  return sum;
}
