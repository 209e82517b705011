/** Several venues: each policy at each of them in reports, tables, figures and stories, with the numbers of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import { inProcess } from './in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-venues-'));
const out = join(folder, 'out');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The same traders on a thick and on a thin book, under two policies. */
const FILE = `question: Which of two policies is better, at which venue?
seed: several
until: 20 s
runs: 2
market:
  instruments:
    - { name: BTC, tick: 10 USDT, lot: 0.001 BTC, price: 50000 USDT, book: { flat: { lots_per_tick: 2000, ticks: 2000 } }, mark: { rule: smoothed, half_life: 500 ms } }
  latency: { order: 2 ms, mark: 50 ms, liquidation: 20 ms, notice: 1 s }
  venues:
    A: {}
    B: { instruments: { BTC: { mark: { rule: last, every: 100 ms } } } }
population:
  - { kind: noise, count: 10 }
  - kind: leveraged-holder
    name: longs
    count: 60
    open_interest: 300 BTC
    params: { side: 1, leverage: { lognormal: [2.8, 0.5], max: 30 }, answer_time: 2 s }
shock: { kind: sell-programme, at: 10 s, over: 5 s, notional: 24e6 }
policies:
  flat: { margin: { rule: flat, leverage: 30 }, ladder: immediate, insurance_fund: 1e5 }
  calls: { margin: { rule: flat, leverage: 30 }, ladder: call-then-partial, insurance_fund: 1e5 }
`;

async function unwind(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await inProcess(words, folder);
  expect(code, stderr).toBe(0);
  return stdout;
}

beforeAll(async () => {
  const file = join(folder, 'several.yaml');
  writeFileSync(file, FILE);
  await unwind('run', file, '--workers', '1', '--no-report', '--out', out);
}, 120_000);

const NAMES = ['flat at A', 'flat at B', 'calls at A', 'calls at B'];

test('the report and the tables have a row for each policy at each venue, with its own numbers', async () => {
  const csv = await unwind('table', out, '--csv');
  const table = parse(csv, { relax_column_count: true, skip_empty_lines: true });
  const rows = table.filter(([title]) => title === 'sale of 24 M USDT in 5 s');
  expect(rows.map(([, name]) => name)).toEqual(NAMES);
  const at = table[0]!.indexOf('accounts liquidated');
  const sql =
    'select policy, avg("A_accounts") as a, avg("B_accounts") as b from runs group by all order by policy desc';
  const means = JSON.parse(await unwind('query', out, sql, '--json')) as { a: number; b: number }[];
  expect(rows.map((row) => Number(row[at]))).toEqual(means.flatMap(({ a, b }) => [a, b]));
  expect(means[0]!.a).not.toBe(means[0]!.b);
  const page = join(folder, 'r.html');
  await unwind('report', out, '--out', page);
  const html = readFileSync(page, 'utf8');
  for (const name of NAMES) expect(html).toContain(name);
});

test('figures count the rows of each venue for itself', async () => {
  const path = join(folder, 'rungs.json');
  await unwind('figure', out, '--only', 'rungs', '--out', path);
  const { data } = JSON.parse(readFileSync(path, 'utf8')) as {
    data: { values: { policy: string; stage: string; accounts: number }[] };
  };
  const sql =
    "select venue, count(*) / 2.0 as n from calls where policy = 'calls' and breach_s >= 10 group by venue order by venue";
  const counted = JSON.parse(await unwind('query', out, sql, '--json')) as { n: number }[];
  const drawn = ['calls at A', 'calls at B'].map((policy) =>
    data.values
      .filter((row) => row.policy === policy && row.stage === 'in breach')
      .reduce((sum, { accounts }) => sum + accounts, 0),
  );
  expect(drawn).toEqual(counted.map(({ n }) => n));
  // Of `runs` each venue has columns of its own.
  const survival = join(folder, 'survival.json');
  await unwind('figure', out, '--only', 'survival', '--out', survival);
  const text = readFileSync(survival, 'utf8');
  for (const name of NAMES) expect(text).toContain(name);
  // What a reader is told to ask gives the same.
  const html = readFileSync(join(folder, 'r.html'), 'utf8');
  expect(html).toContain('main.calls');
});

test('show tells each venue', async () => {
  const shown = JSON.parse(await unwind('show', out, '--run', '1', '--json')) as {
    venues: { venue: string; hash: string; story: { text: string }[] }[];
  };
  expect(shown.venues.map(({ venue }) => venue)).toEqual(['A', 'B']);
  expect(shown.venues[0]!.hash).toBe(shown.venues[1]!.hash); // one world
  expect(shown.venues[0]!.story).not.toEqual(shown.venues[1]!.story);
  const text = await unwind('show', out, '--run', '1');
  expect(text).toContain('run 1 of flat at A');
  expect(text).toContain('run 1 of flat at B');
});
