/** The plan of batches depends on cells and runs alone, and covers every run of every cell once. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planBatches } from '../../../src/lab/plan/plan.ts';

test('every run of every cell is in exactly one batch, in order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 5000 }), (cells, runs) => {
      const batches = planBatches(cells, runs);
      const seen: string[] = [];
      batches.forEach((batch, i) => {
        expect(batch.index).toBe(i);
        for (let run = batch.first; run < batch.first + batch.count; run++) seen.push(`${batch.cell}/${run}`);
      });
      const wanted: string[] = [];
      for (let cell = 0; cell < cells; cell++)
        for (let run = 0; run < runs; run++) wanted.push(`${cell}/${run}`);
      expect(seen).toEqual(wanted);
    }),
    { numRuns: 50 },
  );
});

test('batches are neither many nor long', () => {
  expect(planBatches(9, 40)).toHaveLength(8 * 8 + 20);
  expect(planBatches(1, 100_000)).toHaveLength(100);
  expect(Math.max(...planBatches(1, 100_000).map((batch) => batch.count))).toBe(1000);
});
