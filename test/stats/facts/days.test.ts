// Facts of days, on returns whose memory has a formula.
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Rng } from '../../../src/core/rng.ts';
import type { Day } from '../../../src/stats/facts/days.ts';
import { kurtosisOver, moveMemory, moveMemorySlope, varianceRatio } from '../../../src/stats/facts/days.ts';
import { subordinatedVolatility } from '../../../src/models/activity/subordinated.ts';

/** Minutes. */
const TIMES = [3, 30, 300, 3000];
const VARIANCE = 1;
const LAGS = [1, 5, 20, 100];

/** A day of returns whose variance is e^X, X of four equal Ornstein–Uhlenbeck parts: all at rest when it begins. */
function day(rng: Rng, minutes = 1440): Day {
  const level = TIMES.map(() => Math.sqrt(VARIANCE / 4) * rng.normal());
  return dayOf(minutes, () => {
    let x = 0;
    TIMES.forEach((time, i) => {
      const kept = Math.exp(-1 / time);
      level[i] = kept * level[i]! + Math.sqrt((VARIANCE / 4) * (1 - kept * kept)) * rng.normal();
      x += level[i];
    });
    return 1e-4 * Math.exp(x / 2) * rng.normal();
  });
}

/** Stretches of four minutes, in which only whole minutes have a price. */
function dayOf(minutes: number, next: () => number): Day {
  let price = 100;
  return Array.from({ length: minutes / 4 }, () => {
    const mid = new Float64Array(241);
    mid[0] = price;
    for (let minute = 1; minute <= 4; minute++) mid[60 * minute] = price *= Math.exp(next());
    return { mid, index: mid };
  });
}

const truth = (lag: number): number => subordinatedVolatility(VARIANCE, TIMES, lag).absReturnAutocorrelation;

const rng = createRng('days');
const days = Array.from({ length: 150 }, () => day(rng));

describe('what moves of a minute remember', () => {
  test.each(LAGS)(
    'is that of the formula at a lag of %i min, over stretches and around the mean of all days',
    (lag) => {
      expect(Math.abs(moveMemory(lag)(days) - truth(lag))).toBeLessThan(0.02);
    },
  );

  test('falls by the slope of the formula', () => {
    const x = LAGS.map(Math.log);
    const y = LAGS.map((lag) => Math.log(truth(lag)));
    const mean = (v: number[]): number => v.reduce((a, b) => a + b, 0) / v.length;
    const [mx, my] = [mean(x), mean(y)];
    const slope =
      x.reduce((sum, v, i) => sum + (v - mx) * (y[i]! - my), 0) /
      x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
    expect(Math.abs(moveMemorySlope(LAGS)(days) - slope)).toBeLessThan(0.05);
  });

  test('is underrated around the mean of each day: why no day is judged alone', () => {
    const each = days.map((one) => moveMemory(100)([one]));
    const mean = each.reduce((sum, value) => sum + value, 0) / each.length;
    expect(mean).toBeLessThan(0.6 * moveMemory(100)(days));
  });

  test('is none of independent moves, and has no slope then', () => {
    const plain = Array.from({ length: 20 }, () => dayOf(1440, () => 1e-4 * rng.normal()));
    expect(Math.abs(moveMemory(20)(plain))).toBeLessThan(4 / Math.sqrt(28_800));
    const short = [day(rng, 96)];
    expect(moveMemory(100)(short)).toBeNaN();
    expect(moveMemorySlope(LAGS)(short)).toBeNaN();
  });
});

describe('returns over an hour', () => {
  test('have 60 times the variance of independent minutes, and more where these go on', () => {
    const drifting = Array.from({ length: 40 }, () => {
      let r = 0;
      return dayOf(1440, () => (r = 0.5 * r + 1e-4 * rng.normal()));
    });
    expect(Math.abs(varianceRatio(60)(days) - 1)).toBeLessThan(0.12);
    // Of an autoregression: 1 + 2 Σ (1 − k/60)·ρ^k.
    const exact =
      1 +
      2 * Array.from({ length: 59 }, (_, k) => (1 - (k + 1) / 60) * 0.5 ** (k + 1)).reduce((a, b) => a + b);
    expect(Math.abs(varianceRatio(60)(drifting) / exact - 1)).toBeLessThan(0.15);
  });

  test('have a 60th of the kurtosis of independent minutes', () => {
    const laplace = Array.from({ length: 60 }, () =>
      dayOf(1440, () => (rng.chance(0.5) ? 1 : -1) * rng.exponential(1e-4)),
    );
    expect(Math.abs(kurtosisOver(1)(laplace) - 3)).toBeLessThan(0.25);
    expect(Math.abs(kurtosisOver(60)(laplace) - 0.05)).toBeLessThan(4 * Math.sqrt(24 / 1440));
  });
});
