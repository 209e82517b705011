// What prices and the book do after a shock: paths drawn by hand.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liquidityLost } from '../../../src/stats/cascade/liquidity-lost.ts';
import { reboundOf } from '../../../src/stats/cascade/rebound.ts';

const S = 1e6;

test('a fall of 20 % of which 15 come back, half of it after 3 s', () => {
  const found = reboundOf([0, 1 * S, 2 * S, 3 * S, 5 * S, 9 * S], [100, 90, 80, 85, 90, 95]);
  expect(found).toEqual({ fall: 0.2, overshoot: 0.15, recovered: 0.75, half_recovery_s: 3 });
});

test('what never comes back, and what ends higher', () => {
  expect(reboundOf([0, S, 2 * S], [100, 80, 81])).toMatchObject({ half_recovery_s: NaN });
  expect(reboundOf([0, S, 2 * S], [100, 80, 110]).recovered).toBeCloseTo(1.5, 12);
  expect(reboundOf([0, S], [100, 120])).toEqual({
    fall: 0,
    overshoot: 0.2,
    recovered: NaN,
    half_recovery_s: NaN,
  });
});

test('the scale of prices and the origin of time do not matter', () => {
  const prices = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(prices, (path) => {
      const times = path.map((_, i) => i * S);
      const plain = reboundOf(times, path);
      const moved = reboundOf(
        times.map((t) => t + 7 * S),
        path.map((p) => p * 4),
      );
      expect(moved).toEqual(plain);
      expect(plain.overshoot).toBeGreaterThanOrEqual(0);
      expect(plain.fall).toBeLessThan(1);
    }),
  );
});

test('what is no path is refused', () => {
  expect(() => reboundOf([], [])).toThrow(/empty/);
  expect(() => reboundOf([0, 1], [100, 0])).toThrow('price 1 is 0');
  expect(() => reboundOf([1, 0], [100, 90])).toThrow('time 1');
});

test('the book at its thinnest and widest', () => {
  expect(liquidityLost([200, 150, 50, 100], [1, 2, 6, 3])).toEqual({
    depth_lost: 0.75,
    depth_lost_mean: 0.5,
    spread_widening: 6,
  });
  expect(liquidityLost([200, 150], [1, NaN]).spread_widening).toBe(Infinity);
  expect(liquidityLost([0, 150], [NaN, 1])).toMatchObject({ depth_lost: NaN, spread_widening: NaN });
  expect(liquidityLost([10], [1])).toMatchObject({ depth_lost: NaN });
  expect(() => liquidityLost([], [])).toThrow(/no samples/);
});
