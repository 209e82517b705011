/** Columns that are read when they are asked for are those that were written, and pairs are of the same runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { lazyColumns, loaded } from '../../../src/lab/store/columns.ts';
import { pairedRuns } from '../../../src/models/paired-runs.ts';
import type { TableInfo } from '../../../src/models/model.ts';
import { writePart } from '../../../src/lab/store/parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-columns-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const table: TableInfo = {
  name: 'runs',
  about: 'A test.',
  columns: [
    { name: 'policy', type: 'STRING', unit: '', about: '' },
    { name: 'run', type: 'INT32', unit: '', about: '' },
    { name: 'drop', type: 'DOUBLE', unit: 'share', about: '' },
  ],
};
const other: TableInfo = { ...table, name: 'calls' };

const value = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, 0)).map((x) => x + 0); // Parquet keeps no sign of 0
const parts = fc.array(fc.array(value, { maxLength: 40 }), { maxLength: 5 });

test('what is read is what was written, in the order of the parts', () => {
  fc.assert(
    fc.property(fc.array(parts, { minLength: 1, maxLength: 3 }), (cells) => {
      let batch = 0;
      const written = cells.map((batches) =>
        batches.flatMap((drops) => {
          const rows = [drops.map(() => 'flat'), drops.map((_, i) => i), drops];
          return [writePart(folder, table, batch, rows), writePart(folder, other, batch++, rows)];
        }),
      );
      const columns = lazyColumns(folder, { tables: [table, other] }, written);
      cells.forEach((batches, cell) => {
        expect(Object.keys(columns[cell]!)).toEqual(['run', 'drop']);
        expect(columns[cell]!['drop']).toEqual(Float64Array.from(batches.flat()));
        expect(columns[cell]!['run']).toEqual(Float64Array.from(batches.flatMap((one) => [...one.keys()])));
        expect(loaded(columns[cell]!)).toEqual({ ...columns[cell] });
      });
    }),
    { numRuns: 30 },
  );
});

test('more rows than a row group holds', () => {
  const drops = Array.from({ length: 3500 }, (_, i) => i / 7);
  const part = writePart(folder, table, 99, [drops.map(() => 'x'), drops.map((_, i) => i), drops]);
  const [columns] = lazyColumns(folder, { tables: [table] }, [[part, part]]);
  expect(columns!['drop']).toEqual(Float64Array.from([...drops, ...drops]));
});

test('a pair is lost with either side', () => {
  const runs = (...numbers: number[]) => ({
    run: Float64Array.from(numbers),
    x: Float64Array.from(numbers, (n) => 10 * n),
  });
  const [a, b] = pairedRuns(runs(0, 1, 3, 4, 6), runs(1, 2, 3, 6));
  expect(loaded(a)).toEqual(runs(1, 3, 6));
  expect(loaded(b)).toEqual(runs(1, 3, 6));
  const whole = runs(0, 1);
  expect(pairedRuns(whole, runs(0, 1))[0]).toBe(whole);
});
