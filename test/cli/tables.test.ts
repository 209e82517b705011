/** The tables of a results folder agree with one another: what `runs` says can be recomputed from `liquidations`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unwindHere } from './in-process.ts';
import { repository } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-tables-'));
const AT_S = 10;
const THRESHOLD = 0.03;

beforeAll(async () => {
  const sets = [
    'until=70 s',
    `shock.at=${AT_S} s`,
    'shock.over=10 s',
    'shock.notional=600e6',
    `systemic_when=liquidated_notional >= ${THRESHOLD * 100} % of open_interest within 60 s`,
  ];
  const file = join(repository, 'experiments/bench.yaml');
  const { code, stderr } = await unwindHere(
    ['run', file, '--runs', '3', '--workers', '1', '--out', 'out', ...sets.flatMap((set) => ['--set', set])],
    folder,
  );
  expect(code, stderr).toBe(0);
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const table of ['runs', 'liquidations', 'map', 'trees', 'contagion', 'prices']) {
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

test('trees hold every account and all of the notional, and their roots are those of the run', async () => {
  const rows = await query(`
    select runs.accounts, runs.roots, runs.share, sum(t.accounts) as in_trees, count(*) as trees,
      sum(t.share) as tree_share, max(t.accounts) as largest, any_value(runs.largest_tree) as largest_tree
    from runs join trees t on t.policy = runs.policy and t.run = runs.run
    group by runs.policy, runs.run, runs.accounts, runs.roots, runs.share`);
  expect(rows.length).toBeGreaterThanOrEqual(6);
  for (const row of rows) {
    expect(Number(row['in_trees'])).toBe(row['accounts']);
    expect(Number(row['trees'])).toBe(row['roots']);
    expect(row['tree_share']).toBeCloseTo(row['share'] as number, 9);
    expect(row['largest']).toBe(row['largest_tree']);
  }
});

test('contagion adds up to the accounts, whatever they are counted by', async () => {
  const rows = await query(`
    select c."by", runs.accounts, runs.roots, sum(infected) as counted,
      sum(infected) filter (c."from" = 'none') as not_infected
    from runs join contagion c on c.policy = runs.policy and c.run = runs.run
    group by c."by", runs.policy, runs.run, runs.accounts, runs.roots`);
  expect(new Set(rows.map((row) => row['by']))).toEqual(new Set(['kind', 'leverage', 'instrument']));
  for (const row of rows) {
    expect(Number(row['counted'])).toBe(row['accounts']);
    expect(Number(row['not_infected'])).toBe(row['roots']);
  }
  // Nobody who is liquidated had no leverage, and the bands are those of the table liquidations.
  const [bands] = await query(`
    select count(distinct account) filter (leverage > 20 and leverage <= 50) as accounts from liquidations
    where time_s >= ${AT_S} and policy = 'flat-20x' and run = 0`);
  const [same] = await query(`
    select sum(infected) as infected from contagion
    where "by" = 'leverage' and "to" = '20 to 50' and policy = 'flat-20x' and run = 0`);
  expect(Number(bands!['accounts'])).toBe(Number(same!['infected']));
});

test('cohorts of the branching ratio add up, and duration is from the first order to the last', async () => {
  const rows = await query(`
    select runs.policy, runs.run, accounts, roots, duration_s, max(time_s) - min(time_s) as seen_s,
      parents_0s + parents_10s + parents_30s + parents_60s + parents_120s as parents,
      offspring_0s + offspring_10s + offspring_30s + offspring_60s + offspring_120s as offspring
    from runs join liquidations l on l.policy = runs.policy and l.run = runs.run and l.time_s >= ${AT_S}
    group by all`);
  for (const row of rows) {
    expect(row['parents']).toBe(row['accounts']);
    expect(row['offspring']).toBe((row['accounts'] as number) - (row['roots'] as number));
    expect(row['seen_s']).toBeCloseTo(row['duration_s'] as number, 9);
  }
});

test('overshoot, recovery and depth lost are those of the sampled prices', async () => {
  const rows = await query(`
    select runs.policy, runs.run, overshoot, recovered, depth_lost, count(*) as samples,
      (arg_max(middle, time_s) - min(middle)) / arg_min(middle, time_s) as overshoot_again,
      (arg_max(middle, time_s) - min(middle)) / (arg_min(middle, time_s) - min(middle)) as recovered_again,
      1 - min(bid_depth) filter (time_s > ${AT_S}) / arg_min(bid_depth, time_s) as lost_again
    from runs join prices p on p.policy = runs.policy and p.run = runs.run group by all`);
  for (const row of rows) {
    expect(Number(row['samples'])).toBe(62); // from 1 µs before the shock on, and the end
    for (const name of ['overshoot', 'recovered'] as const) {
      expect(row[`${name}_again`]).toBeCloseTo(row[name] as number, 9);
    }
    expect(row['lost_again']).toBeCloseTo(row['depth_lost'] as number, 9);
    expect(row['depth_lost']).toBeGreaterThan(0.1);
  }
});
