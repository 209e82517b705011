/** A results folder that somebody sent: whatever it says, nothing outside of it is read or written, and it is told in a line. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { beforeAll, beforeEach, afterAll, describe, expect, test } from 'vitest';
import type { Row } from '../../src/cli/query/database.ts';
import { ask } from '../../src/cli/query/database.ts';
import { filesOf, storedTables } from '../../src/cli/query/folder-tables.ts';
import { hashOfParts } from '../../src/lab/store/parts.ts';
import type { Part } from '../../src/lab/store/parts.ts';
import { requireManifest } from '../../src/lab/store/finished.ts';
import { forged } from './results.ts';
import { unwindHere } from './in-process.ts';
import { repository } from './unwind.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'unwind-hostile-')));
afterAll(() => {
  rmSync(root, { recursive: true });
});
const out = join(root, 'out');
const pristine = join(root, 'pristine');
const outside = join(root, 'outside.csv');

beforeAll(async () => {
  const file = join(repository, 'experiments/validation/solvable-cascade.yaml');
  const { code, stderr } = await unwindHere(
    ['run', file, '--runs', '40', '--workers', '1', '--out', 'pristine'],
    root,
  );
  expect(code, stderr).toBe(0);
});

beforeEach(() => {
  rmSync(out, { recursive: true, force: true });
  rmSync(outside, { force: true });
  cpSync(pristine, out, { recursive: true });
  writeFileSync(join(root, 'secret.csv'), 'secret\n42\n');
});

async function query(sql: string) {
  const { tables } = storedTables(out);
  const asked = tables.map((table) => ({ ...table, files: filesOf(out, table) }));
  let columns: readonly string[] = [];
  const rows: Row[] = [];
  await ask(out, asked, sql, async (answer) => {
    columns = answer.columns;
    for await (const some of answer.rows) rows.push(...some);
  });
  return { columns, rows };
}

interface Written {
  tables: { name: string; columns: { name: string; type: string }[] }[];
  parts: Part[];
  results_hash: string;
}

function forgedManifest(change: (manifest: Written) => void): void {
  forged(out, 'manifest.json', (text) => {
    const manifest = JSON.parse(text) as Written;
    change(manifest);
    manifest.results_hash = hashOfParts(manifest.parts);
    return JSON.stringify(manifest);
  });
}

describe('a question', () => {
  test.each([
    `copy (select 1) to '${outside}'`,
    `copy runs to '${out}/runs-00000.parquet' (format parquet)`,
    `explain analyze copy runs to '${out}/runs-00000.parquet' (format parquet)`,
    `prepare p as copy runs to '${out}/runs-00000.parquet' (format parquet)`,
    `select 1; copy (select 1) to '${outside}'`,
    `select * from read_csv('${root}/secret.csv')`,
    `select * from '${root}/secret.csv'`,
    `select content from read_text('${root}/secret.csv')`,
    `select * from glob('${root}/*')`,
    `create table t as select * from read_csv('${root}/secret.csv')`,
    `attach '${root}/other.db'`,
    `export database '${root}/exported'`,
    'install httpfs',
    'load httpfs',
    'set enable_external_access = true',
    `set allowed_directories = ['${root}']`,
    `set temp_directory = '${root}/temp'`,
    'reset lock_configuration',
    'pragma enable_profiling',
    `pragma profiling_output = '${outside}'`,
    `create persistent secret s (type s3)`,
  ])('reads the tables alone, and writes nothing: %s', async (sql) => {
    const before = readdirSync(root).map((name) => name);
    await expect(query(sql)).rejects.toThrow(
      /Permission Error|configuration has been locked|is only read; needs a select|Catalog Error|Binder Error|Parser Error/,
    );
    expect(readdirSync(root)).toEqual(before);
    expect(contentsAre(pristine, out)).toBe(true);
  });

  test('may be anything that reads: several statements, views of its own, a pivot', async () => {
    const sum =
      'create table s as select size, count(*) as n from runs group by size; select sum(n) as n from s';
    expect(await query(sum)).toEqual({ columns: ['n'], rows: [[40]] });
    expect(
      (await query('pivot (select run % 2 as odd, 1 as one from runs) on odd using sum(one)')).rows,
    ).toEqual([[20, 20]]);
    expect((await query('explain select 1')).rows).toHaveLength(1);
    expect((await query('summarize runs')).rows.length).toBeGreaterThan(2);
    await expect(query(' -- nothing')).rejects.toThrow('the question is empty: needs a select');
  });

  test('columns of one name are told apart', async () => {
    const sql = 'select a.run, b.run, 7 as run_1, a.run from runs a, runs b where a.run = 1 and b.run = 2';
    expect(await query(sql)).toEqual({ columns: ['run', 'run_2', 'run_1', 'run_3'], rows: [[1, 2, 7, 1]] });
  });
});

describe('a manifest', () => {
  const injected = `x" as select 1; copy (select 1) to '${outside}'; create view "y`;

  test('with names that are SQL', async () => {
    forgedManifest(({ tables: [runs] }) => {
      runs!.columns[0]!.name = injected;
      runs!.name = injected;
    });
    // No part is of this table: its view is empty.
    expect(await query(`select count(*) as n from "${injected.replaceAll('"', '""')}"`)).toMatchObject({
      rows: [[0]],
    });
    expect(existsSync(outside)).toBe(false);
  });

  test.each([
    ['../secret.csv'],
    [join(root, 'secret.csv')],
    ['runs-00000.parquet/../../secret.csv'],
    ["runs-00000.parquet', '../secret.csv"],
    ['run.json'],
  ])('with a part that is elsewhere: %s', (file) => {
    forgedManifest(({ parts }) => {
      parts[0] = { ...parts[0]!, file };
    });
    expect(() => storedTables(out)).toThrow(
      /^\S+\/manifest\.json does not say what results are, or says it as /,
    );
  });

  test.each([
    ['no tables', (manifest: Written) => (manifest.tables = [])],
    ['no parts', (manifest: Written) => delete (manifest as Partial<Written>).parts],
    ['parts that are none', (manifest: Written) => (manifest.parts = [null as unknown as Part])],
    ['a type that is none', (manifest: Written) => (manifest.tables[0]!.columns[0]!.type = 'INT32); drop')],
    ['control characters', (manifest: Written) => (manifest.tables[0]!.name = '\u001b[2J')],
    [
      'rows without bound',
      (manifest: Written) => (manifest.parts[0] = { ...manifest.parts[0]!, rows: 1e300 }),
    ],
  ])('with %s', (_, change) => {
    forged(out, 'manifest.json', (text) => {
      const manifest = JSON.parse(text) as Written;
      change(manifest);
      return JSON.stringify(manifest);
    });
    expect(() => storedTables(out)).toThrow(
      /^\S+\/manifest\.json does not say what results are, or says it as /,
    );
  });
});

test('a manifest of another run blames no part', () => {
  forged(out, 'manifest.json', (text) =>
    text.replace(/"started":"[^"]*"/, '"started":"2020-01-01T00:00:00.000Z"'),
  );
  expect(() => storedTables(out)).toThrow(
    `${out}/manifest.json is not of the work that began ${out}/run.json`,
  );
});

test('a manifest and a journal that are gone are named', () => {
  rmSync(join(out, 'manifest.json'));
  expect(() => requireManifest(out)).toThrow(
    `${out}: holds a run without manifest.json and journal.ndjson; make them anew: npx unwind resume ${out}`,
  );
  expect(storedTables(out).lacks).toBe(
    `${out} is not finished (there is no manifest.json): these are 0 of its 20 batches; ` +
      'journal.ndjson does not name 20 files of others: under way, or it was cut',
  );
});

test('a part that is a link is not read', async () => {
  const part = join(out, 'runs-00003.parquet');
  rmSync(part);
  symlinkSync(join(pristine, 'runs-00003.parquet'), part);
  await expect(query('select 1')).rejects.toThrow(
    `${part} cannot be read (it is a link); make it anew: npx unwind resume ${out}`,
  );
});

test('no file is given to a reader of compiled values, whoever put it there', async () => {
  rmSync(join(out, 'manifest.json'));
  rmSync(join(out, 'run.json'));
  writeFileSync(join(out, 'experiment.v8'), serialize({ model: 'market' }));
  writeFileSync(join(out, 'run.json'), JSON.stringify({ unwind: '0.1.0', experiment_sha256: '' }));
  expect(await unwindHere(['resume', 'out'], root)).toEqual({
    code: 1,
    stdout: '',
    stderr: 'out/run.json does not end with its checksum: it is damaged, or of another version of unwind\n',
  });
});

test('an order that is forged passes the checks of an experiment file', async () => {
  rmSync(join(out, 'manifest.json'));
  forged(out, 'run.json', (text) => text.replace('"sets":[]', '"sets":["solvable.ticks=-1"]'));
  const { code, stderr } = await unwindHere(['resume', 'out'], root);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^out\/run\.json: begun by unwind .*; this code .* cannot read the experiment: .*ticks.*\n$/,
  );
});

function contentsAre(a: string, b: string): boolean {
  return readdirSync(a).every((name) => readFileSync(join(a, name)).equals(readFileSync(join(b, name))));
}
