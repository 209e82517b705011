import { expect, test } from 'vitest';
import { normalQuantile } from '../../../src/core/quantiles.ts';
import { createRng } from '../../../src/core/rng.ts';
import { widerFor } from '../../../src/stats/intervals/few-units.ts';

test('is 1.58 for five units, and nearly 1 for a thousand', () => {
  expect(widerFor(5)).toBeCloseTo((2.776445 / 1.959964) * Math.sqrt(5 / 4), 5);
  expect(widerFor(1000)).toBeCloseTo(1.0017, 3);
});

test('percentiles of a bootstrap hold the mean of five normal units in 95 % only with it', () => {
  const rng = createRng('few units');
  const trials = 4000;
  let narrow = 0;
  let wide = 0;
  for (let trial = 0; trial < trials; trial++) {
    const values = Array.from({ length: 5 }, () => rng.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / 5;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / 5);
    // What a bootstrap of a mean would draw, without its noise: normal with the spread that it sees.
    const half = (normalQuantile(0.975) * spread) / Math.sqrt(5);
    if (Math.abs(mean) <= half) narrow++;
    if (Math.abs(mean) <= widerFor(5) * half) wide++;
  }
  expect(narrow / trials).toBeLessThan(0.87);
  expect(wide / trials).toBeGreaterThan(0.94);
  expect(wide / trials).toBeLessThan(0.96);
});
