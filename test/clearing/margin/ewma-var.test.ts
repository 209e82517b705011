// Value-at-risk margin against the recursion written out over the hourly closes, with the engine's own Math.
import { describe, expect, test } from 'vitest';
import { ewmaVariance, logReturns } from '../../../src/clearing/margin/ewma-variance.ts';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import { realCloses } from '../../sim/real-data.ts';
import { newDesk } from '../desk.ts';

const Z99 = 2.3263478740408408; // standard normal quantile at 99 %
const SLOTS = 2;

function ewma(settings: Readonly<Record<string, unknown>> = {}, marks: readonly number[] = [60_000]) {
  const policy: WrittenPolicy = { margin: { rule: 'ewma-var', history: 'closes', ...settings } };
  const desk = newDesk({ tickLots: marks.map(() => 1), marks, accounts: 2, policy });
  return {
    ...desk,
    variance: (instrument = 0) => desk.state[SLOTS * instrument]!,
    ppm: (instrument = 0) => desk.margin.rate(instrument),
  };
}

/** σ² = mean of r² at first, then λ σ² + (1 − λ) r² for each hourly return. */
function varianceOfHistory(decay: number): number {
  const closes = realCloses();
  const squares = Array.from(closes.slice(1), (close, i) => Math.log(close / closes[i]!) ** 2);
  const start = squares.reduce((sum, square) => sum + square) / squares.length;
  return squares.reduce((variance, square) => decay * variance + (1 - decay) * square, start);
}

describe('the first requirement', () => {
  test.each([0.94, 0.97, 0.99])('with decay %d comes from all hourly closes', (decay) => {
    const rule = ewma({ decay });
    const variance = varianceOfHistory(decay);
    expect(rule.variance() / variance - 1).toBeCloseTo(0, 11);
    expect(rule.ppm()).toBe(Math.ceil(1e6 * Z99 * Math.sqrt(variance)));
    expect(rule.margin.maintenance(0, 10, 60_000)).toBe(Math.ceil((600_000 * rule.ppm()) / 1e6));
    expect(rule.margin.initial(0, 10, 60_000)).toBe(Math.ceil(1.5 * rule.margin.maintenance(0, 10, 60_000)));
  });

  test('is of the size that hourly closes of bitcoin make it: some per cent', () => {
    expect(ewma().ppm()).toBeGreaterThan(5000);
    expect(ewma().ppm()).toBeLessThan(50_000);
  });

  test('grows with the confidence by the normal quantile', () => {
    const [low, high] = [ewma({ confidence: 0.95 }), ewma({ confidence: 0.999 })];
    expect(high.ppm() / low.ppm()).toBeCloseTo(3.090232306167813 / 1.6448536269514722, 3);
  });

  test('stands at a whole position at most', () => {
    const rule = ewma({ horizon: '1 min', interval: '1 min' });
    for (const mark of [1000, 60_000, 1000]) rule.margin.update!(0, mark);
    expect(rule.ppm()).toBe(1_000_000);
    expect(rule.margin.maintenance(0, 3, 1000)).toBe(3000);
  });
});

describe('an update', () => {
  test('once a horizon is the recursion itself', () => {
    const rule = ewma({ horizon: '1 h', interval: '1 h', decay: 0.9 });
    let variance = rule.variance();
    let before = 60_000;
    for (const mark of [60_500, 59_000, 59_000, 63_210, 40_000]) {
      rule.margin.update!(0, mark);
      variance = 0.9 * variance + 0.1 * Math.log(mark / before) ** 2;
      before = mark;
      expect(rule.variance() / variance - 1).toBeCloseTo(0, 12);
      expect(rule.ppm()).toBe(Math.ceil(1e6 * Z99 * Math.sqrt(variance)));
    }
  });

  test('sixty times a horizon decays by the sixtieth root and counts each return sixty-fold', () => {
    const rule = ewma({ horizon: '1 h', interval: '1 min', decay: 0.97 });
    const decay = 0.97 ** (1 / 60);
    let variance = rule.variance();
    let before = 60_000;
    for (const mark of [60_010, 59_950, 59_950, 60_100]) {
      rule.margin.update!(0, mark);
      variance = decay * variance + (1 - decay) * Math.log(mark / before) ** 2 * 60;
      before = mark;
      expect(rule.variance() / variance - 1).toBeCloseTo(0, 11);
    }
  });

  test('says whether the rate in parts per million has changed', () => {
    const rule = ewma({ horizon: '1 h', interval: '1 h', decay: 0.999999999 });
    expect(rule.margin.update!(0, 60_000)).toBe(false);
    expect(rule.margin.update!(0, 90_000)).toBe(false);
    const quick = ewma({ horizon: '1 h', interval: '1 h', decay: 0.5 });
    expect(quick.margin.update!(0, 60_000)).toBe(true);
  });

  test('of one instrument leaves the others alone, and a new run begins where the first did', () => {
    const rule = ewma({ interval: '1 h' }, [60_000, 3000]);
    const first = [...rule.state];
    expect(rule.variance(1)).toBe(rule.variance(0));
    rule.margin.update!(1, 2000);
    expect(rule.variance(1)).toBeGreaterThan(rule.variance(0));
    expect([...rule.state].slice(0, SLOTS)).toEqual(first.slice(0, SLOTS));
    rule.margin.reset!(1, 3000);
    expect([...rule.state]).toEqual(first);
  });

  // V9: margin jumps by sqrt(λ + (1−λ) k²) after a day of k sigma.
  test.each([
    [3, 1.2166],
    [5, 1.562],
    [10, 2.6344],
  ])('after a return of %i sigma raises the margin %d-fold', (k, published) => {
    const rule = ewma({ horizon: '1 h', interval: '1 h', decay: 0.94 }, [1]);
    const before = rule.variance();
    rule.margin.update!(0, Math.exp(k * Math.sqrt(before)));
    const formula = 0.94 + 0.06 * k * k;
    expect(Math.abs(rule.variance() / before / formula - 1)).toBeLessThan(1e-12);
    expect(Math.sqrt(rule.variance() / before)).toBeCloseTo(published, 4);
  });
});

describe('the pieces', () => {
  test('returns are differences of logarithms', () => {
    const returns = logReturns(Float64Array.of(100, 110, 99));
    expect(returns[0]).toBeCloseTo(Math.log(1.1), 15);
    expect(returns[1]).toBeCloseTo(Math.log(0.9), 15);
    expect(logReturns(Float64Array.of(100))).toHaveLength(0);
  });

  test('the variance of one return is its square', () => {
    expect(ewmaVariance(Float64Array.of(0.03), 0.94)).toBeCloseTo(0.0009, 17);
  });
});
