// A floor under a margin rule: max(M, N · rate), the rate given or a quantile of a long history.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/core/errors.ts';
import { realCloses } from '../../sim/real-data.ts';
import { newDesk } from '../desk.ts';

function floored(rate: number, ...wrappers: Readonly<Record<string, unknown>>[]) {
  const margin = {
    rule: 'flat',
    leverage: 100,
    maintenance_rate: rate,
    wrappers: wrappers.map((settings) => ({ wrapper: 'floor', ...settings })),
  };
  return newDesk({ tickLots: [1], marks: [1000], accounts: 2, policy: { margin } }).margin;
}

describe('a floor', () => {
  test('raises a lower requirement and leaves a higher one', () => {
    expect(floored(0.01, { rate: 0.05 }).maintenance(0, 10, 1000)).toBe(500);
    expect(floored(0.08, { rate: 0.05 }).maintenance(0, 10, 1000)).toBe(800);
  });

  test('raises the initial requirement in proportion, to the whole notional at most', () => {
    expect(floored(0.01, { rate: 0.05 }).initial(0, 10, 1000)).toBe(750);
    expect(floored(0.01, { rate: 0.05, initial_factor: 2 }).initial(0, 10, 1000)).toBe(1000);
    expect(floored(0.01, { rate: 0.9 }).initial(0, 10, 1000)).toBe(10_000);
  });

  test('is the larger of the two, whatever the position', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200_000 }),
        fc.integer({ min: 1, max: 200_000 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (inner, least, lots, mark) => {
          const one = (ppm: number) => floored(ppm / 1e6).maintenance(0, lots, mark);
          const both = floored(inner / 1e6, { rate: least / 1e6 }).maintenance(0, lots, mark);
          expect(both).toBe(Math.max(one(inner), one(least)));
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  test('goes round another', () => {
    expect(floored(0.01, { rate: 0.02 }, { rate: 0.05 }).maintenance(0, 10, 1000)).toBe(500);
    expect(floored(0.01, { rate: 0.05 }, { rate: 0.02 }).maintenance(0, 10, 1000)).toBe(500);
  });

  test('by a quantile is the hourly move that so many of the closes stayed within', () => {
    const closes = realCloses();
    const moves = Array.from(closes.slice(1), (close, i) => Math.abs(Math.log(close / closes[i]!)));
    moves.sort((a, b) => a - b);
    for (const quantile of [0.9, 0.995, 0.9999]) {
      const below = Math.floor(quantile * (moves.length - 1)); // between two moves, on the straight line (type 7)
      const [low, high] = [moves[below]!, moves[below + 1]!];
      const move = low + (quantile * (moves.length - 1) - below) * (high - low);
      const margin = floored(0.0001, { quantile, history: 'closes' });
      expect(margin.maintenance(0, 1000, 1000)).toBe(Math.ceil(1e6 * move));
    }
  });

  test('lets the requirement of the rule under it change in time', () => {
    const margin = {
      rule: 'ewma-var',
      history: 'closes',
      horizon: '1 h',
      interval: '1 h',
      wrappers: [{ wrapper: 'floor', rate: 0.04 }],
    };
    const rule = newDesk({ tickLots: [1], marks: [1000], accounts: 2, policy: { margin } }).margin;
    expect(rule.interval_us).toBe(3600e6);
    expect(rule.maintenance(0, 1, 1000)).toBe(40);
    rule.update!(0, 2000);
    expect(rule.maintenance(0, 1, 1000)).toBeGreaterThan(200);
    rule.reset!(0, 1000);
    expect(rule.maintenance(0, 1, 1000)).toBe(40);
  });

  test.each([
    ['nothing', {}],
    ['both', { rate: 0.05, quantile: 0.99, history: 'closes' }],
    ['a quantile without a history', { quantile: 0.99 }],
  ])('given %s is refused, with the place', (_, settings) => {
    let error: unknown;
    try {
      floored(0.01, settings);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).describe()).toBe(
      'margin.wrappers[0].rate: give either rate, or quantile and history, or lookback',
    );
  });
});
