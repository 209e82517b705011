// Intervals that hold all at once: how often they do, and that none is narrower than the one that holds alone.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import type { Bootstrap } from '../../../src/stats/intervals/bootstrap.ts';
import { bootstrap, intervalOf } from '../../../src/stats/intervals/bootstrap.ts';
import { simultaneousIntervals } from '../../../src/stats/pairs/simultaneous.ts';
import { standardInterval } from '../../../src/stats/intervals/standard-interval.ts';

/** Means of `count` columns of `runs` values. */
function means(count: number, runs: number, draw: () => number, seed: string): Bootstrap[] {
  const columns = Array.from({ length: count }, () => Float64Array.from({ length: runs }, draw));
  return bootstrap(
    columns,
    (rows, out) => rows.forEach((row, j) => (out[j] = row.reduce((sum, x) => sum + x, 0) / row.length)),
    count,
    { seed, resamples: 300 },
  );
}

const alone = (found: readonly Bootstrap[]) => found.map((one) => intervalOf(one, 0.95));

test.each([80, 8])('of 10 means of %d runs hold all at once as often as one holds alone', (runs) => {
  const rng = createRng(`simultaneous ${runs}`);
  let all = 0;
  let each = 0;
  for (let i = 0; i < 300; i++) {
    const found = means(10, runs, () => rng.normal(), `s${i}`);
    const holds = ({ low, high }: { low: number; high: number }) => low <= 0 && 0 <= high;
    if (simultaneousIntervals(found, alone(found)).every(holds)) all++;
    if (alone(found).every(holds)) each++;
  }
  expect(all / 300).toBeGreaterThan(0.91); // two and a half standard errors of 95 % below it
  expect(each / 300).toBeLessThan(0.75); // .95^10 = .60
});

test('no interval is inside of the one that holds alone, of few runs and skewed values either', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer(),
      fc.constantFrom(0.5, 0.8, 0.95, 0.99),
      (runs, count, seed, confidence) => {
        const rng = createRng(`few ${seed}`);
        const found = means(count, runs, () => Math.floor(rng.lognormal(0, 1.5)), `${seed}`);
        for (const kind of [intervalOf, standardInterval]) {
          const single = found.map((one) => kind(one, confidence));
          simultaneousIntervals(found, single, confidence).forEach(({ low, high }, k) => {
            expect(low).toBeLessThanOrEqual(single[k]!.low);
            expect(high).toBeGreaterThanOrEqual(single[k]!.high);
          });
        }
      },
    ),
    { numRuns: 100 },
  );
});

test("of one mean of 4 runs reaches as far as Student's t with 3 degrees of freedom, or farther", () => {
  const [found] = bootstrap([[1, 2, 3, 4]], ([x], out) => (out[0] = x!.reduce((a, b) => a + b) / 4), 1, {
    seed: 'four',
  });
  const { low, high } = simultaneousIntervals([found!], alone([found!]))[0]!;
  const half = 3.182446 * Math.sqrt(5 / 3 / 4); // less 5 %: 2,000 resamples know their spread to 1.6 %
  expect((high - low) / 2).toBeGreaterThan(0.95 * half);
});

test('all have the same tail: a statistic with fewer degrees of freedom reaches farther', () => {
  const replicates = Float64Array.from({ length: 999 }, (_, i) => (i - 499) / 250);
  const of = (df: number): Bootstrap => ({ value: 0, replicates, bias: 0, acceleration: 0, blocks: 20, df });
  const both = [of(19), of(4)];
  const [light, heavy] = simultaneousIntervals(both, both.map((one) => standardInterval(one))); // prettier-ignore
  // max-t is 1.65, below the normal 1.96, as these replicates are uniform: then it is the tail of an interval alone
  expect(heavy!.high / light!.high).toBeCloseTo(2.776445 / 2.093024, 5);
});
