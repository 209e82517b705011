// The rolling window against an array that is sorted each time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RollingWindow, windowSlots } from '../../../src/clearing/margin/window.ts';

const up = (a: number, b: number) => a - b;

/** Least value that a share p of all do not exceed. */
const quantile = (values: readonly number[], p: number) =>
  [...values].sort(up)[Math.max(0, Math.ceil(p * values.length - 1e-9) - 1)]!;

/** Mean of the largest share 1 − p: each value has weight 1/n, the one on the edge what is left. */
function upperMean(values: readonly number[], p: number): number {
  let left = (1 - p) * values.length;
  let sum = 0;
  for (const value of [...values].sort(up).reverse()) {
    const weight = Math.min(1, left);
    if (weight <= 0) break;
    sum += weight * value;
    left -= weight;
  }
  return sum / ((1 - p) * values.length);
}

const negated = (values: readonly number[]) => values.map((value) => -value);

describe('a rolling window', () => {
  test('has the quantiles and tail means of its last values, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.5, 0.6, 0.75, 0.9, 0.99),
        (length, pushed, p) => {
          const stride = windowSlots(length) + 3;
          const state = new Float64Array(2 * stride).fill(7);
          const window = new RollingWindow(state, stride, 3, length);
          window.clear(1);
          pushed.forEach((value, i) => {
            window.push(1, value);
            const held = pushed.slice(Math.max(0, i + 1 - length), i + 1);
            expect(window.count(1)).toBe(held.length);
            expect(window.quantile(1, p)).toBe(quantile(held, p));
            expect(window.lowerQuantile(1, p)).toBe(quantile(negated(held), p));
            expect(window.upperMean(1, p)).toBeCloseTo(upperMean(held, p), 9);
            expect(window.lowerMean(1, p)).toBeCloseTo(upperMean(negated(held), p), 9);
          });
          // It wrote nothing outside its own part.
          expect([...state.subarray(0, stride + 3)]).toEqual(new Array(stride + 3).fill(7));
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  test('is empty after it was cleared', () => {
    const window = new RollingWindow(new Float64Array(windowSlots(3)), windowSlots(3), 0, 3);
    for (const value of [4, 5, 6, 7]) window.push(0, value);
    window.clear(0);
    expect(window.count(0)).toBe(0);
    expect(window.quantile(0, 0.9)).toBeNaN();
    expect(window.lowerQuantile(0, 0.9)).toBeNaN();
    expect(window.upperMean(0, 0.9)).toBeNaN();
    expect(window.lowerMean(0, 0.9)).toBeNaN();
    window.push(0, 1);
    expect(window.quantile(0, 0.9)).toBe(1);
  });

  test('of ten values: the tail beyond 90 % is the largest, beyond 85 % one and a half', () => {
    const window = new RollingWindow(new Float64Array(windowSlots(10)), windowSlots(10), 0, 10);
    for (let value = 1; value <= 10; value++) window.push(0, value);
    expect(window.quantile(0, 0.9)).toBe(9);
    expect(window.upperMean(0, 0.9)).toBeCloseTo(10, 9);
    expect(window.upperMean(0, 0.85)).toBeCloseTo((10 + 0.5 * 9) / 1.5, 9);
    expect(window.lowerQuantile(0, 0.9)).toBe(-2);
    expect(window.lowerMean(0, 0.9)).toBeCloseTo(-1, 9);
  });
});
