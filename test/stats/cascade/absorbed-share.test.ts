// P(taken) by size as a falling curve, where not everybody that fails at a size fails at larger ones.
import { describe, expect, test } from 'vitest';
import { falling, fallingSizes } from '../../../src/stats/cascade/absorbed-share.ts';
import { capacityInterval } from '../../../src/stats/cascade/absorption.ts';
import { capacityDifferences } from '../../../src/stats/pairs/paired-capacity.ts';

const NONE = [NaN, NaN, NaN, NaN];

describe('the falling fit', () => {
  test('pools what rises, by its weights', () => {
    expect([...falling(Float64Array.of(4, 3, 2), Float64Array.of(1, 1, 1))]).toEqual([4, 3, 2]);
    expect([...falling(Float64Array.of(4, 1, 3), Float64Array.of(1, 1, 3))]).toEqual([4, 2.5, 2.5]);
    expect([...falling(Float64Array.of(1, 2, 3), Float64Array.of(1, 1, 1))]).toEqual([2, 2, 2]);
  });
});

describe('critical sizes of a falling curve', () => {
  test('are those of the searches where nothing is taken again', () => {
    const taken = { lows: [30, 10, 0, 20], from: NONE, to: NONE };
    expect([...fallingSizes(taken)]).toEqual([0, 10, 20, 30]);
  });

  test('count a continuation where it takes sizes again', () => {
    // The first takes up to 10 and from 20 to 40 again; the others all up to 40. Taken by 4, 3, 4: pooled to 3.67, 3.67.
    const taken = { lows: [10, 40, 40, 40], from: [20, NaN, NaN, NaN], to: [40, NaN, NaN, NaN] };
    expect([...fallingSizes(taken)]).toEqual([40, 40, 40, 40]);
    // A gap from 10 to 39 that is longer (in its logarithm) than what is taken again: 3 and a bit.
    const long = { ...taken, from: [39, NaN, NaN, NaN] };
    expect([...fallingSizes(long)]).toEqual([10, 40, 40, 40]);
  });

  test('give another capacity than the smallest failures', () => {
    // 100 continuations take 1000 … 1099; ten of them fail between 500 and 510.
    const lows = Float64Array.from({ length: 100 }, (_, i) => (i < 10 ? 500 : 1000 + i));
    const from = lows.map((low) => (low === 500 ? 510 : NaN));
    const to = lows.map((low) => (low === 500 ? 1050 : NaN));
    const highs = lows.map((low) => low + 1);
    expect(capacityInterval(lows, highs, 0.95).value).toBe(500);
    const { value, low, high } = capacityInterval(lows, highs, 0.95, 0.95, { from, to });
    expect(value).toBeGreaterThan(1000);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThan(value);
    // … and so in pairs.
    const searches = { probability: 0.95, lows: [lows], highs: [highs] };
    const [pair] = capacityDifferences([{ ...searches, from: [from], to: [to] }, searches], [[0, 1]], {
      seed: 'pair',
      resamples: 200,
    });
    expect(pair!.bootstrap.value).toBe(value - 500);
  });
});
