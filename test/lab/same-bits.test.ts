/** A NaN is written in one way, in every column of every table of every model: equal results are equal files. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readExperiment } from '../../src/models/experiment.ts';
import { modelOf } from '../../src/models/index.ts';
import type { Rows, TableInfo } from '../../src/models/model.ts';
import { readTable, writePart } from '../../src/lab/store/parts.ts';
import { repository } from '../cli/unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-same-bits-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const X86 = 0xfff8000000000000n;
const OTHERS = [X86, 0x7ff8000000000001n, 2n ** 64n - 1n];
const bytesOf = (bits: bigint) => Buffer.from(BigUint64Array.of(bits).buffer);

function tablesOf(file: string): readonly TableInfo[] {
  const { tables, auditTables = [] } = modelOf(readExperiment(join(repository, file)));
  return [...tables, ...auditTables];
}

const files = ['experiments', 'experiments/validation'].flatMap((path) =>
  readdirSync(join(repository, path))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${path}/${name}`),
);

/** One row, with these bits in each column of doubles. */
function rowOf(table: TableInfo, bits: bigint): Rows {
  const [nan] = new Float64Array(BigUint64Array.of(bits).buffer);
  return table.columns.map(({ type }) => [
    type === 'DOUBLE' ? nan! : type === 'INT32' ? 1 : type === 'BOOLEAN' ? true : 'x',
  ]);
}

test.each(files)('%s', async (file) => {
  for (const table of tablesOf(file)) {
    const usual = writePart(folder, table, 0, rowOf(table, 0x7ff8000000000000n));
    for (const bits of OTHERS) {
      const part = writePart(folder, table, 1, rowOf(table, bits));
      expect(part.sha256, table.name).toBe(usual.sha256);
      const bytes = readFileSync(join(folder, part.file));
      if (table.columns.some(({ type }) => type === 'DOUBLE')) expect(bytes.indexOf(bytesOf(bits))).toBe(-1);
    }
    const [row] = await readTable(folder, usual);
    for (const { name, type, nullable = false } of table.columns)
      if (type === 'DOUBLE') expect(row![name]).toEqual(nullable ? null : NaN);
  }
});

test('tables are written by one function', () => {
  const sources = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' });
  const writers = sources.filter(
    (path) =>
      path.endsWith('.ts') &&
      /hyparquet-writer|duckdb.*appender/i.test(readFileSync(join(repository, 'src', path), 'utf8')),
  );
  expect(writers).toEqual(['lab/store/parts.ts']);
});

/** The first by the interpreter, the last by the optimising compiler, whose NaN may be the processor's. */
function quotients(count: number): number[] {
  const zeros = [0, 0, 0];
  const all: number[] = [];
  for (let i = 0; i < count; i++) all.push(i < count / 2 ? zeros[i % 3]! / zeros[0]! : NaN);
  return all;
}

test('a million quotients 0 / 0 are the same file as a million NaN', () => {
  const table: TableInfo = {
    name: 'hot',
    about: 'A test.',
    columns: [{ name: 'x', type: 'DOUBLE', unit: '', about: '' }],
  };
  const written = [quotients(1_000_000), Array<number>(1_000_000).fill(NaN)].map(
    (values) => writePart(folder, table, 2, [values]).sha256,
  );
  expect(written[0]).toBe(written[1]);
});
