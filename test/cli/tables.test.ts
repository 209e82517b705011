/** The tables of a results folder agree with one another: what `runs` says can be recomputed from `liquidations`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository, unwind } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-tables-'));
const AT_S = 10;
const THRESHOLD = 0.02;

beforeAll(() => {
  const sets = [
    'until=70 s',
    `shock.at=${AT_S} s`,
    'shock.over=10 s',
    'shock.notional=600e6',
    `systemic_when=liquidated_notional >= ${THRESHOLD * 100} % of open_interest within 60 s`,
  ];
  const file = join(repository, 'experiments/lcst.yaml');
  const { code, stderr } = unwind(
    ['run', file, '--runs', '3', '--out', 'out', ...sets.flatMap((set) => ['--set', set])],
    folder,
  );
  expect(code, stderr).toBe(0);
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const table of ['runs', 'liquidations', 'map']) {
    const files = join(folder, 'out', `${table}-*.parquet`);
    await connection.run(`create view ${table} as select * from read_parquet('${files}')`);
  }
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

test('accounts, share and losses of each run follow from its liquidations', async () => {
  const rows = await query(`
    select runs.policy, runs.run, runs.accounts, runs.share, runs.insurance_used, runs.generations,
      count(distinct l.account) as distinct_accounts,
      sum(l.notional) / any_value(runs.open_interest) as notional_share,
      sum(l.insured) as insured
    from runs join liquidations l on l.policy = runs.policy and l.run = runs.run and l.time_s >= ${AT_S}
    group by all order by runs.policy, runs.run`);
  expect(rows.length).toBeGreaterThanOrEqual(6);
  for (const row of rows) {
    expect(Number(row['distinct_accounts'])).toBe(row['accounts']);
    expect(row['notional_share']).toBeCloseTo(row['share'] as number, 9);
    expect(row['insured']).toBeCloseTo(row['insurance_used'] as number, 3);
  }
});

test('systemic is what the largest notional within 60 s says', async () => {
  const rows = await query(`
    with windows as (
      select a.policy, a.run, sum(b.notional) as amount
      from liquidations a join liquidations b on a.policy = b.policy and a.run = b.run
        and b.time_s between a.time_s - 60 and a.time_s
      where a.time_s >= ${AT_S} and b.time_s >= ${AT_S} group by a.policy, a.run, a.row)
    select runs.policy, runs.run, runs.systemic, runs.peak, max(amount) / any_value(open_interest) as peak_again
    from runs join windows on windows.policy = runs.policy and windows.run = runs.run group by all`);
  expect(new Set(rows.map((row) => row['systemic']))).toEqual(new Set([0, 1]));
  for (const row of rows) {
    expect(row['peak_again']).toBeCloseTo(row['peak'] as number, 9);
    expect(row['systemic']).toBe((row['peak'] as number) >= THRESHOLD ? 1 : 0);
  }
});

test('causes come before effects, and generations count them', async () => {
  const [wrong] = await query(`
    select count(*) as n from liquidations child join liquidations parent
      on parent.policy = child.policy and parent.run = child.run and parent.row = child.parent
    where parent.row >= child.row or parent.time_s > child.time_s or child.generation <> parent.generation + 1
      or child.root <> parent.root`);
  expect(Number(wrong!['n'])).toBe(0);
  const [children] = await query('select count(*) as n from liquidations where parent >= 0');
  expect(Number(children!['n'])).toBeGreaterThan(10);
});

test('the map has ten steps on each side, and its ratio is breaking over depth', async () => {
  const rows = await query(`
    select policy, run, count(*) as steps, max(abs(branching - breaking / depth)) as error from map group by all`);
  for (const row of rows) {
    expect(Number(row['steps'])).toBe(20);
    expect(row['error']).toBeLessThan(1e-12);
  }
});
