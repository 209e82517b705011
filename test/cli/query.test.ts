/** `unwind query`: what is in a results folder, and answers as tables, JSON and CSV. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Manifest } from '../../src/lab/store/manifest.ts';
import { Journal } from '../../src/lab/store/journal.ts';
import { inProcess, unwindHere } from './in-process.ts';
import { repository } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-query-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

beforeAll(async () => {
  const file = join(repository, 'experiments/validation/solvable-cascade.yaml');
  const { code, stderr } = await unwindHere(
    ['run', file, '--runs', '100', '--workers', '1', '--out', "it's"],
    folder,
  );
  expect(code, stderr).toBe(0);
});

async function query(...args: string[]) {
  return unwindHere(['query', "it's", ...args], folder);
}

test('without a question: tables and columns with their units', async () => {
  const { code, stdout } = await query();
  expect(code).toBe(0);
  expect(stdout).toMatch(/^runs {2}One cascade a row\.\n/);
  expect(stdout).toMatch(/^ {2}size +accounts +Accounts liquidated\.$/m);
  const entries = JSON.parse((await query('--json')).stdout) as Record<string, string>[];
  expect(entries[1]).toEqual({
    table: 'runs',
    column: 'size',
    type: 'INT32',
    unit: 'accounts',
    about: 'Accounts liquidated.',
  });
});

test('an answer as a table, as JSON and as CSV', async () => {
  const sql = `select count(*) as n, max(run) as "last, of all", 1.50 as price, null as none, 'nan'::double as nan from runs`;
  expect((await query(sql)).stdout).toMatch(/│ 100 │ +99 │ +1\.5 │ +│ +NaN │\n.*\n1 row\n$/);
  expect(JSON.parse((await query(sql, '--json')).stdout)).toEqual([
    { n: 100, 'last, of all': 99, price: 1.5, none: null, nan: null },
  ]);
  expect((await query(sql, '--csv')).stdout).toBe('n,"last, of all",price,none,nan\n100,99,1.5,,NaN\n');
});

test('the mean that the manifest has is the mean of the rows', async () => {
  const manifest = JSON.parse(readFileSync(join(folder, "it's/manifest.json"), 'utf8')) as Manifest;
  const size = manifest.summary.cells[0]!.metrics['cascade_size'] as { mean: { value: number } };
  const [row] = JSON.parse((await query('select avg(size) as mean from runs', '--json')).stdout) as [
    { mean: number },
  ];
  expect(row.mean).toBeCloseTo(size.mean.value, 12);
});

test.each([
  [["it's", 'select sze from runs'], /^Binder Error: Referenced column "sze" not found/],
  [["it's", 'select'], /^Parser Error: /],
  [["it's", 'select 1', '--json', '--csv'], /^--json, --csv: one of them$/],
  [['nowhere', 'select 1'], /^nowhere: no results folder: there is no run\.json in it$/],
])('errors are one line: %j', async (args, message) => {
  const { code, stdout, stderr } = await inProcess(['query', ...args], folder);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.trimEnd()).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('a folder that is not finished answers for the batches that are done', async () => {
  const some = join(folder, 'some');
  cpSync(join(folder, "it's"), some, { recursive: true });
  const { parts } = JSON.parse(readFileSync(join(some, 'manifest.json'), 'utf8')) as Manifest;
  rmSync(join(some, 'manifest.json'));
  Journal.open(some, [{ batch: 3, seconds: 1, parts: [parts[3]], lost: [] }]).close();
  appendFileSync(join(some, 'journal.ndjson'), '{"sha256":"0f');
  const { code, stdout, stderr } = await unwindHere(
    ['query', 'some', 'select count(*) as n from runs', '--csv'],
    folder,
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: `n\n${parts[3]!.rows}\n` });
  expect(stderr).toBe(
    'some is not finished (there is no manifest.json): these are 1 of its 25 batches; ' +
      'journal.ndjson does not name 24 files of others: under way, or it was cut\n',
  );
});

test('a folder whose name would be a pattern is asked alone', async () => {
  for (const name of ['a*', 'ab', 'q[b]?', 'qb1', '{x,y} "z"'])
    cpSync(join(folder, "it's"), join(folder, name), { recursive: true });
  for (const name of ['a*', 'q[b]?', '{x,y} "z"']) {
    const { stdout, stderr } = await unwindHere(
      ['query', name, 'select count(*) as n from runs', '--csv'],
      folder,
    );
    expect({ stdout, stderr }).toEqual({ stdout: 'n\n100\n', stderr: '' });
  }
});

test('columns of one name are told apart in every form', async () => {
  const sql = 'select a.run, b.run from runs a, runs b where a.run = 3 and b.run = 5';
  expect(JSON.parse((await query(sql, '--json')).stdout)).toEqual([{ run: 3, run_1: 5 }]);
  expect((await query(sql, '--csv')).stdout).toBe('run,run_1\n3,5\n');
});

test.each([150_001, 1_000_000])(
  '%d rows: a table of the first 100, all of them in CSV and JSON',
  async (n) => {
    const sql = `select i, i % 7 as d from range(${n}) t(i)`;
    const { code, stdout, stderr } = await query(sql);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.match(/^│ +\d+ │ +\d │$/gm)).toHaveLength(100);
    const count = n.toLocaleString('en-US');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      `the first 100 of ${count} rows; all of them: the same with --csv or --json`,
    );
    const lines = (await query(sql, '--csv')).stdout.trimEnd().split('\n');
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([n + 1, 'i,d', `${n - 1},${(n - 1) % 7}`]);
  },
);

test('JSON of many rows is one document with all of them', async () => {
  const rows = JSON.parse((await query('select i from range(150001) t(i)', '--json')).stdout) as {
    i: number;
  }[];
  expect(rows).toHaveLength(150_001);
  expect(rows.every(({ i }, at) => i === at)).toBe(true);
  expect((await query('select 1 as a where false', '--json')).stdout).toBe('[]\n');
});

test('a row that gives an error late leaves no half of an answer', async () => {
  const sql = "select cast(case when i > 500000 then 'x' else '1' end as int) as i from range(1000000) t(i)";
  expect(await query(sql, '--csv')).toEqual({
    code: 1,
    stdout: '',
    stderr: "Conversion Error: Could not convert string 'x' to INT32\n",
  });
});
