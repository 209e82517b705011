/** Facts of returns: how much prices move, whether moves follow from earlier ones, how heavy their tails are. */
import { log } from '../../core/maths.ts';
import type { EvenPowers } from '../intervals/kurtosis.ts';
import { evenPowers, pooledKurtosis } from '../intervals/kurtosis.ts';
import { kept } from './kept.ts';
import { pooledCorrelation } from './pooled-correlation.ts';
import type { PriceFact } from './block.ts';

const YEAR_S = 365 * 86_400;

const byHorizon = kept((_prices: Float64Array) => new Map<number, Float64Array>());

/** Logarithmic returns over `seconds` that do not overlap, of one stretch. Not to be written to. */
export function returnsOf(prices: Float64Array, seconds: number): Float64Array {
  const known = byHorizon(prices);
  const returns = known.get(seconds) ?? newReturns(prices, seconds);
  known.set(seconds, returns);
  return returns;
}

/** Their absolute values. Not to be written to. */
export const sizesOf = kept((returns: Float64Array) => returns.map(Math.abs));

/** … and the sums of their powers. */
export const powersOf: (returns: Float64Array) => EvenPowers = kept(evenPowers);

function newReturns(prices: Float64Array, seconds: number): Float64Array {
  const returns = new Float64Array(Math.max(0, Math.floor((prices.length - 1) / seconds)));
  for (let i = 0; i < returns.length; i++)
    returns[i] = log(prices[(i + 1) * seconds]! / prices[i * seconds]!);
  return returns;
}

/** Root mean square of returns, per square root of a year. */
export function volatility(seconds: number, price: 'mid' | 'index' = 'mid'): PriceFact {
  return (blocks) => {
    let squares = 0;
    let n = 0;
    for (const block of blocks) {
      const own = powersOf(returnsOf(block[price], seconds));
      squares += own.second;
      n += own.n;
    }
    return Math.sqrt((squares / n / seconds) * YEAR_S);
  };
}

/** Volatility of the middle over that of the price on other venues. */
export function volatilityRatio(seconds: number): PriceFact {
  const mid = volatility(seconds);
  const index = volatility(seconds, 'index');
  return (blocks) => mid(blocks) / index(blocks);
}

/** Autocorrelation of returns (or of their absolute values) at a lag of so many returns; pairs within a stretch. */
export function returnCorrelation(seconds: number, lag: number, absolute = false): PriceFact {
  return (blocks) =>
    pooledCorrelation(
      blocks.map((block) => {
        const returns = returnsOf(block.mid, seconds);
        return absolute ? sizesOf(returns) : returns;
      }),
      lag,
    );
}

/** Hill's index of the largest absolute returns, a share of all. Source: B. M. Hill, Ann. Statist. 3 (1975). */
export function tailIndex(seconds: number, share: number): PriceFact {
  return (blocks) => {
    const sizes = joined(blocks.map((block) => sizesOf(returnsOf(block.mid, seconds)))).sort();
    const k = Math.floor(share * sizes.length);
    const threshold = sizes[sizes.length - k - 1] ?? 0;
    if (k < 2 || threshold === 0) return NaN;
    let sum = 0;
    for (let i = sizes.length - k; i < sizes.length; i++) sum += log(sizes[i]! / threshold);
    return sum > 0 ? k / sum : NaN;
  };
}

/** Fourth moment over the squared second, less 3. */
export function excessKurtosis(seconds: number): PriceFact {
  return (blocks) => pooledKurtosis(blocks.map(({ mid }) => powersOf(returnsOf(mid, seconds))));
}

/** The smallest fall of the excess kurtosis from one horizon to the next longer one: above 0 where it falls all the way. */
export function kurtosisFalls(horizons_s: readonly number[]): PriceFact {
  const kurtoses = horizons_s.map(excessKurtosis);
  return (blocks) => {
    const values = kurtoses.map((kurtosis) => kurtosis(blocks));
    let least = Infinity;
    for (let i = 1; i < values.length; i++) least = Math.min(least, values[i - 1]! - values[i]!);
    return least;
  };
}

/** One after another, in an array of their own. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
