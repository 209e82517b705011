/** Parts are Parquet that others read as it is, and the same rows are the same bytes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, expect, test } from 'vitest';
import type { TableInfo } from '../../../src/models/model.ts';
import { writePart } from '../../../src/lab/store/parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-parts-'));
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
const rows = [
  ['flat', 'flat', 'tiered'],
  [0, 1, -2147483648],
  [0.1, NaN, -1e-300],
];

test('the same rows give the same bytes and checksum', () => {
  const first = writePart(folder, table, 1, rows);
  const bytes = readFileSync(join(folder, first.file));
  const again = writePart(folder, table, 1, rows);
  expect(again).toEqual(first);
  expect(readFileSync(join(folder, again.file)).equals(bytes)).toBe(true);
  expect(first).toMatchObject({ table: 'runs', file: 'runs-00001.parquet', rows: 3, bytes: bytes.length });
});

test('hyparquet reads back what was written', async () => {
  const { file } = writePart(folder, table, 2, rows);
  const bytes = readFileSync(join(folder, file));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  expect(await parquetReadObjects({ file: buffer })).toEqual([
    { policy: 'flat', run: 0, drop: 0.1 },
    { policy: 'flat', run: 1, drop: NaN },
    { policy: 'tiered', run: -2147483648, drop: -1e-300 },
  ]);
});

test('what is unknown is null where a column may be, so that SQL leaves it out of a mean', async () => {
  const nullable = { ...table, name: 'liquidations', columns: [{ ...table.columns[2]!, nullable: true }] };
  const { file } = writePart(folder, nullable, 5, [[NaN, 2, 4]]);
  writePart(folder, nullable, 6, [[NaN]]);
  writePart(folder, nullable, 7, [[]]);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll(
    `select count(*), count("drop"), avg("drop") from read_parquet('${join(folder, 'liquidations-*.parquet')}')`,
  );
  expect(reader.getRowsJson()).toEqual([['4', '2', 3]]);
  expect(await parquetReadObjects({ file: new Uint8Array(readFileSync(join(folder, file))).buffer })).toEqual(
    [{ drop: null }, { drop: 2 }, { drop: 4 }],
  );
});

test('DuckDB reads it, and an empty part too', async () => {
  writePart(folder, table, 3, rows);
  writePart(folder, table, 4, [[], [], []]);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll(
    `select policy, count(*) as n, min(run) as least from read_parquet(['${join(folder, 'runs-00003.parquet')}', ` +
      `'${join(folder, 'runs-00004.parquet')}']) group by policy order by policy`,
  );
  expect(reader.getRowsJson()).toEqual([
    ['flat', '2', 0],
    ['tiered', '1', -2147483648],
  ]);
});
