// Survival curves: counts by hand, and the band against a whole law at once.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { survivalBand, survivalCurve } from '../../src/stats/survival.ts';

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

test('the band has the known half width: .2147 at n = 40', () => {
  const values = Float64Array.from({ length: 40 }, (_, i) => i);
  const [point] = survivalBand(values, [20]);
  expect(point!.high - point!.value).toBeCloseTo(0.21473, 5);
});

test('the whole curve is inside of the band in 95 % of batches, and leaves the pointwise bounds far more often', () => {
  const rng = createRng('band');
  const at = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  const held = (curve: { at: number; low: number; high: number }[]) =>
    curve.every((point) => point.low <= 1 - point.at && 1 - point.at <= point.high);
  let band = 0;
  let pointwise = 0;
  for (let i = 0; i < 1000; i++) {
    const values = Float64Array.from({ length: 100 }, () => rng.uniform());
    if (held(survivalBand(values, at))) band++;
    if (held(survivalCurve(values, at))) pointwise++;
  }
  expect(band).toBeGreaterThan(940);
  expect(pointwise).toBeLessThan(700);
});
