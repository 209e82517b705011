// Survival curves: counts by hand, and the band against a whole law at once.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { survivalBand, survivalCurve } from '../../../src/stats/intervals/survival.ts';

test('the share of runs that are at least so large', () => {
  const curve = survivalCurve([0, 0, 3, 10, 10], [0, 1, 3, 10, 11]);
  expect(curve.map(({ value }) => value)).toEqual([1, 0.6, 0.6, 0.4, 0]);
  expect(curve[4]).toMatchObject({ at: 11, low: 0 });
});

test('is counted as a loop would, falls, and lies inside of its bounds', () => {
  const sizes = fc.array(fc.nat(20), { maxLength: 40 });
  fc.assert(
    fc.property(sizes, (values) => {
      const at = [0, 1, 5, 10, 20, 21];
      for (const curve of [survivalCurve(values, at), survivalBand(values, at)]) {
        curve.forEach(({ value, low, high }, i) => {
          if (values.length === 0) expect(value).toBeNaN();
          else expect(value).toBe(values.filter((x) => x >= at[i]!).length / values.length);
          expect(low <= value || Number.isNaN(value)).toBe(true);
          expect(high >= value || Number.isNaN(value)).toBe(true);
        });
      }
    }),
  );
});

test('over the whole line the band has the half width of the Kolmogorov–Smirnov test, at one size that of a share', () => {
  const n = 10_000;
  const values = Float64Array.from({ length: n }, (_, i) => i);
  const half = (at: number[], confidence?: number) => {
    const [point] = survivalBand(values, at, confidence);
    return Math.sqrt(n) * (point!.high - point!.value);
  };
  const line = Array.from(
    values.filter((_, i) => i % 10 === 5).sort((a, b) => Math.abs(a - 5000) - Math.abs(b - 5000)),
  );
  expect(half(line)).toBeCloseTo(1.358, 1);
  expect(half(line, 0.99)).toBeCloseTo(1.628, 1);
  expect(half([5000])).toBeCloseTo(1.96 / 2, 1);
  expect(half([5000])).toBeLessThan(half(line));
});

test('a size that was never seen has a band, and nothing has none', () => {
  const [point] = survivalBand(new Float64Array(40), [10]);
  expect(point).toMatchObject({ value: 0, low: 0 });
  expect(point!.high).toBeGreaterThan(0.05);
  expect(survivalBand([], [10])).toEqual([{ at: 10, value: NaN, low: 0, high: 1 }]);
});

test('the whole curve is inside of the band in 95 % of batches, and leaves the pointwise bounds far more often', () => {
  const rng = createRng('band');
  const at = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  const held = (curve: { at: number; low: number; high: number }[]) =>
    curve.every((point) => point.low <= 1 - point.at && 1 - point.at <= point.high);
  let band = 0;
  let pointwise = 0;
  for (let i = 0; i < 400; i++) {
    const values = Float64Array.from({ length: 100 }, () => rng.uniform());
    if (held(survivalBand(values, at))) band++;
    if (held(survivalCurve(values, at))) pointwise++;
  }
  expect(band).toBeGreaterThan(365);
  expect(band).toBeLessThan(394);
  expect(pointwise).toBeLessThan(280);
});
