/** Facts of returns: how much prices move, whether moves follow from earlier ones, how heavy their tails are. */
import { log } from '../../core/maths.ts';
import { excessKurtosis as kurtosisOf } from '../kurtosis.ts';
import type { PriceFact, Prices } from './block.ts';

const YEAR_S = 365 * 86_400;

/** By prices and horizon: a bootstrap asks for the same returns hundreds of times. */
const known = new WeakMap<Float64Array, Map<number, Float64Array>>();

/** Logarithmic returns over `seconds` that do not overlap, of one stretch. Not to be written to. */
export function returnsOf(prices: Float64Array, seconds: number): Float64Array {
  const before = known.get(prices) ?? new Map<number, Float64Array>();
  known.set(prices, before);
  const found = before.get(seconds);
  if (found !== undefined) return found;
  const returns = newReturns(prices, seconds);
  before.set(seconds, returns);
  return returns;
}

function newReturns(prices: Float64Array, seconds: number): Float64Array {
  const returns = new Float64Array(Math.max(0, Math.floor((prices.length - 1) / seconds)));
  for (let i = 0; i < returns.length; i++)
    returns[i] = log(prices[(i + 1) * seconds]! / prices[i * seconds]!);
  return returns;
}

/** Returns of all stretches, one after another. */
function all(blocks: readonly Prices[], seconds: number, price: 'mid' | 'index' = 'mid'): Float64Array {
  const parts = blocks.map((block) => returnsOf(block[price], seconds));
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Root mean square of returns, per square root of a year. */
export function volatility(seconds: number, price: 'mid' | 'index' = 'mid'): PriceFact {
  return (blocks) => {
    const returns = all(blocks, seconds, price);
    let squares = 0;
    for (const r of returns) squares += r * r;
    return Math.sqrt((squares / returns.length / seconds) * YEAR_S);
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
        return absolute ? returns.map(Math.abs) : returns;
      }),
      lag,
    );
}

/**
 * Σ (x − x̄)(y − x̄) over pairs `lag` apart in one series, over the mean square; x̄ of all series. NaN without a pair or without
 * any spread.
 */
export function pooledCorrelation(series: readonly Float64Array[], lag: number): number {
  let n = 0;
  let sum = 0;
  for (const values of series) {
    n += values.length;
    for (const x of values) sum += x;
  }
  const mean = sum / n;
  let squares = 0;
  let products = 0;
  let pairs = 0;
  for (const values of series) {
    for (let i = 0; i < values.length; i++) {
      const d = values[i]! - mean;
      squares += d * d;
      if (i < lag) continue;
      products += d * (values[i - lag]! - mean);
      pairs++;
    }
  }
  return squares > 0 && pairs > 0 ? products / pairs / (squares / n) : NaN;
}

/** Hill's index of the largest absolute returns, a share of all. Source: B. M. Hill, Ann. Statist. 3 (1975). */
export function tailIndex(seconds: number, share: number): PriceFact {
  return (blocks) => {
    const sizes = all(blocks, seconds).map(Math.abs).sort();
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
  return (blocks) => kurtosisOf(all(blocks, seconds));
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
