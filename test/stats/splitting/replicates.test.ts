// Several estimates together: their mean and interval, what they gained, and what all of them say where none saw the event.
import { describe, expect, test } from 'vitest';
import { hallInterval } from '../../../src/stats/intervals/mean.ts';
import { gainOf, probabilityOf, relativeError } from '../../../src/stats/splitting/replicates.ts';

const of = (probability: readonly number[], high = probability.map((p) => 2 * p)) => ({
  probability,
  low: probability.map((p) => p / 2),
  high,
  events: probability.map(() => 1000),
  plainEvents: probability.map(() => 4),
});

describe('the probability', () => {
  test('is the mean, those that are 0 included, with an interval from the spread', () => {
    const values = [2e-6, 0, 1e-6, 3e-6];
    const { value, low, high } = probabilityOf(of(values));
    expect(value).toBeCloseTo(1.5e-6, 15);
    expect(high).toBe(hallInterval(values).high);
    expect(low).toBe(Math.max(0, hallInterval(values).low));
  });

  test('of a single estimate has its own interval', () => {
    expect(probabilityOf(of([1e-6]))).toEqual({ value: 1e-6, low: 5e-7, high: 2e-6 });
  });

  test('is 0 below what the bounds are on average at most, where all are 0', () => {
    const bounds = [3e-7, 1e-7, 9e-7, 5e-7];
    const { value, low, high } = probabilityOf(of([0, 0, 0, 0], bounds));
    expect([value, low]).toEqual([0, 0]);
    expect(high).toBe(hallInterval(bounds).high);
    expect(probabilityOf(of([0, 0], [1, 1e-9])).high).toBe(1);
  });
});

describe('the gain over plain Monte Carlo', () => {
  test('compares the events for the same error', () => {
    const values = [1e-6, 2e-6, 3e-6].flatMap((x) => [x, x, x, x, x, x, x]);
    const error = Math.sqrt(14 / 20) / 2 / Math.sqrt(21);
    expect(relativeError(of(values))).toBeCloseTo(error, 12);
    // That many plain runs have the same relative error.
    const runs = (1 - 2e-6) / 2e-6 / error ** 2;
    const { value, low, high } = gainOf(of(values));
    expect(value).toBeCloseTo((runs * 4) / 21000, 6);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  test('is unknown from one estimate, and where none saw the event', () => {
    expect(gainOf(of([1e-6])).value).toBeNaN();
    expect(gainOf(of([0, 0])).value).toBeNaN();
    expect(relativeError(of([0, 0]))).toBeNaN();
  });
});
