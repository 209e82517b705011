// Facts on data whose truth is known.
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Rng } from '../../../src/core/rng.ts';
import { metaorderAutocorrelation } from '../../../src/stats/intervals/autocorrelation.ts';
import type { Block } from '../../../src/stats/facts/block.ts';
import { medianTouch, spreadShare } from '../../../src/stats/facts/book.ts';
import {
  excessKurtosis,
  kurtosisFalls,
  returnCorrelation,
  tailIndex,
  volatility,
  volatilityRatio,
} from '../../../src/stats/facts/returns.ts';
import {
  largestTrade,
  signCorrelation,
  signExponent,
  volumeAndMoves,
  waitingVariation,
} from '../../../src/stats/facts/trades.ts';

const EMPTY = new Float64Array();

function block(over: Partial<Block>): Block {
  return {
    start_s: 0,
    mid: EMPTY,
    index: EMPTY,
    spread: EMPTY,
    touch: EMPTY,
    activity: EMPTY,
    depth: 0,
    near: 1,
    trade_s: EMPTY,
    trade_sign: EMPTY,
    trade_size: EMPTY,
    ...over,
  };
}

/** Prices whose 1 s returns a law gives. */
function prices(seconds: number, next: (before: number) => number): Float64Array {
  const path = new Float64Array(seconds + 1);
  path[0] = 100;
  let r = 0;
  for (let i = 1; i <= seconds; i++) {
    r = next(r);
    path[i] = path[i - 1]! * Math.exp(r);
  }
  return path;
}

/** Stretches of a law, each on its own. */
const stretches = (count: number, make: (rng: Rng) => Partial<Block>): Block[] =>
  Array.from({ length: count }, (_, i) => block(make(createRng(`facts/${i}`))));

describe('returns', () => {
  const sd = 0.6 / Math.sqrt(365 * 86_400);
  const normal = stretches(60, (rng) => ({
    mid: prices(600, () => sd * rng.normal()),
    index: prices(600, () => 2 * sd * rng.normal()),
  }));

  test('volatility a year at each horizon, and over that of another price', () => {
    for (const s of [1, 10, 60]) {
      const n = 60 * Math.floor(600 / s);
      const se = 1 / Math.sqrt(2 * n);
      expect(Math.abs(volatility(s)(normal) / 0.6 - 1)).toBeLessThan(4 * se);
      expect(Math.abs(volatilityRatio(s)(normal) / 0.5 - 1)).toBeLessThan(6 * se);
    }
  });

  test('no correlation, no excess kurtosis of normal ones', () => {
    expect(Math.abs(returnCorrelation(1, 1)(normal))).toBeLessThan(4 / Math.sqrt(36_000));
    expect(Math.abs(excessKurtosis(1)(normal))).toBeLessThan(4 * Math.sqrt(24 / 36_000));
  });

  test('the correlation of an autoregression, pairs within stretches only', () => {
    const blocks = stretches(60, (rng) => ({ mid: prices(600, (r) => 0.4 * r + sd * rng.normal()) }));
    for (const lag of [1, 2, 3])
      expect(Math.abs(returnCorrelation(1, lag)(blocks) - 0.4 ** lag)).toBeLessThan(0.03);
    // Ten returns of one second: (1/10 of) what an AR(1) leaves.
    expect(returnCorrelation(10, 1)(blocks)).toBeGreaterThan(0.03);
  });

  test('the index of a Pareto tail', () => {
    const blocks = stretches(60, (rng) => ({
      mid: prices(600, () => (rng.chance(0.5) ? 1 : -1) * rng.pareto(1e-6, 3)),
    }));
    expect(Math.abs(tailIndex(1, 0.05)(blocks) / 3 - 1)).toBeLessThan(4 / Math.sqrt(0.05 * 36_000));
  });

  test('kurtosis that falls with the horizon, as that of sums does: by the number of summands', () => {
    const blocks = stretches(200, (rng) => ({
      mid: prices(600, () => (rng.chance(0.5) ? 1 : -1) * rng.exponential(sd)),
    }));
    expect(Math.abs(excessKurtosis(1)(blocks) - 3)).toBeLessThan(0.4); // Laplace
    expect(Math.abs(excessKurtosis(10)(blocks) - 0.3)).toBeLessThan(0.25);
    expect(kurtosisFalls([1, 10])(blocks)).toBeGreaterThan(2);
    expect(kurtosisFalls([10, 1])(blocks)).toBeLessThan(-2);
  });
});

describe('trades', () => {
  const metaorders = (alpha: number): Block[] =>
    stretches(40, (rng) => {
      const signs = new Float64Array(20_000);
      for (let i = 0; i < signs.length;) {
        const length = Math.floor(rng.pareto(1, alpha));
        const sign = rng.chance(0.5) ? 1 : -1;
        for (let n = 0; n < length && i < signs.length; n++) signs[i++] = sign;
      }
      return { trade_sign: signs };
    });

  test('memory of signs: the formula of metaorders one after another', () => {
    const blocks = metaorders(1.5);
    for (const lag of [1, 10])
      expect(Math.abs(signCorrelation(lag)(blocks) - metaorderAutocorrelation(1.5, lag))).toBeLessThan(0.03);
    // Four times its spread over such samples, which is wide: correlations at long lags are few hundredths.
    expect(Math.abs(signExponent(10, 100)(blocks) - 0.5)).toBeLessThan(0.2);
  });

  test('waits of a Poisson process vary by their mean; regular ones not at all', () => {
    const poisson = stretches(20, (rng) => {
      const times = new Float64Array(5000);
      for (let i = 1; i < times.length; i++) times[i] = times[i - 1]! + rng.exponential(0.1);
      return { trade_s: times };
    });
    expect(Math.abs(waitingVariation(poisson) - 1)).toBeLessThan(0.03);
    const regular = [block({ trade_s: Float64Array.from({ length: 100 }, (_, i) => i) })];
    expect(waitingVariation(regular)).toBe(0);
  });

  test('volume that makes the moves is correlated with them by 1, and the start of a stretch counts', () => {
    const times = Float64Array.from({ length: 60 }, (_, i) => 240 + i + 0.5);
    const sizes = Float64Array.from({ length: 60 }, (_, i) => 1 + (i % 7));
    const mid = new Float64Array(61);
    mid[0] = 100;
    for (let i = 0; i < 60; i++) mid[i + 1] = mid[i]! * Math.exp(1e-4 * sizes[i]!);
    const blocks = [block({ start_s: 240, mid, trade_s: times, trade_size: sizes })];
    expect(volumeAndMoves(1)(blocks)).toBeCloseTo(1, 9);
    expect(largestTrade(blocks)).toBe(7);
  });
});

describe('the book', () => {
  test('shares of looks, and the median value', () => {
    const blocks = [
      block({ spread: Float64Array.of(1, 1, 30, 1), touch: Float64Array.of(4, 1) }),
      block({ spread: Float64Array.of(1, 2, 1, 1), touch: Float64Array.of(2, 3) }),
    ];
    expect(spreadShare(1)(blocks)).toBe(6 / 8);
    expect(spreadShare(20, true)(blocks)).toBe(1 / 8);
    expect(medianTouch(blocks)).toBe(2.5);
  });
});
