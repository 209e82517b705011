/** Bad input: one line that names file, line and key; exit code 1; nothing left behind. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inProcess } from './in-process.ts';
import type { Result } from './unwind.ts';
import { repository, unwind } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-bad-'));
const original = readFileSync(join(repository, 'experiments/bench.yaml'), 'utf8');

beforeAll(() => {
  mkdirSync(join(folder, 'experiments'));
  cpSync(join(repository, 'experiments/data'), join(folder, 'experiments/data'), { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Writes bench.yaml with `from` replaced by `to`, runs it, and gives the one line of its error. */
function errorOf(from: string | RegExp, to: string, ...more: readonly string[]): Promise<string> {
  expect(original).toMatch(from);
  writeFileSync(join(folder, 'experiments/bad.yaml'), original.replace(from, to));
  return failing(['run', 'experiments/bad.yaml', ...more]);
}

/** In a process of its own or in this one: the line is the same. */
async function failing(
  args: readonly string[],
  by: (args: readonly string[], folder: string) => Result | Promise<Result> = inProcess,
): Promise<string> {
  const before = readdirSync(folder);
  const { code, stdout, stderr } = await by(args, folder);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  const lines = stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !/runs\/s/.test(line));
  expect(lines, stderr).toHaveLength(1);
  expect(readdirSync(folder).sort()).toEqual(withoutEmptyResults(before));
  return lines[0]!;
}

/** What was there before, and a results folder only if it holds nothing unfinished. */
function withoutEmptyResults(before: readonly string[]): string[] {
  const now = readdirSync(folder);
  if (!now.includes('results')) return [...before].sort();
  const left = readdirSync(join(folder, 'results'), { recursive: true }).map(String);
  expect(left.filter((name) => name.includes('unfinished') || name.endsWith('.parquet'))).toEqual([]);
  return [...new Set([...before, 'results'])].sort();
}

/** `experiments/bad.yaml:LINE:COLUMN  …` */
const place = /^experiments\/bad\.yaml:\d+:\d+ {2}/;

test('an unknown key', async () => {
  const line = await errorOf('until:', 'untill: 3 s\nuntil:');
  expect(line).toMatch(place);
  expect(line).toContain('untill');
});

test('a wrong type', async () => {
  const line = await errorOf(/count: \d+/, 'count: many');
  expect(line).toMatch(place);
  expect(line).toContain('population[0].count');
});

test('a negative latency', async () => {
  const line = await errorOf(/order: 2 ms/, 'order: -2 ms');
  expect(line).toMatch(place);
  expect(line).toContain('market.latency.order');
});

test('a tier table with a gap', async () => {
  const tiers = join(folder, 'experiments/data/gap.json');
  writeFileSync(
    tiers,
    JSON.stringify({
      tiers: {
        X: [
          [0, 5e4, 0.004, 125, 0],
          [6e4, 1e6, 0.005, 100, 60],
        ],
      },
    }),
  );
  const line = await errorOf(/tiers: \S+#\w+/, 'tiers: data/gap.json#X');
  expect(line).toMatch(place);
  expect(line).toContain('policies.binance.margin.tiers');
  expect(line).toContain('gap');
});

test('a missing data file', async () => {
  const line = await errorOf(/snapshot: \S+\.csv/, 'snapshot: data/nowhere.csv');
  expect(line).toMatch(place);
  expect(line).toContain('nowhere.csv');
  expect(line).toContain('snapshot');
});

test('a book that crosses', async () => {
  const book = 'side,price_usdt,quantity_btc\nbid,61800.20,1\nask,61800.10,1\n';
  writeFileSync(join(folder, 'experiments/data/crossed.csv'), book);
  const line = await errorOf(/snapshot: \S+\.csv/, 'snapshot: data/crossed.csv');
  expect(line).toMatch(/cross/);
  expect(line).toMatch(/^experiments\/(bad\.yaml|data\/crossed\.csv):\d+/);
});

test('capacity exceeded', async () => {
  const line = await errorOf(
    /until: .*/,
    'until: 100 s',
    '--set',
    'market.capacity.work=1000',
    '--runs',
    '1',
  );
  expect(line).toMatch(/^experiments\/bad\.yaml:\d+/);
  expect(line).toContain('raise market.capacity.work');
});

test('zero runs', async () => {
  expect(await errorOf(/runs: \d+/, 'runs: 0')).toContain('runs');
  expect(await failing(['run', 'experiments/bad.yaml', '--runs', '0'])).toContain('runs');
});

test('a missing experiment, an unknown option, an unknown command', async () => {
  for (const by of [unwind, inProcess])
    expect(await failing(['run', 'experiments/none.yaml'], by)).toContain('experiments/none.yaml');
  expect(await failing(['run', 'experiments/bad.yaml', '--rnus', '3'])).toContain('rnus');
  expect(await failing(['rnu'])).toContain('rnu');
});

test('a setting that does not exist', async () => {
  expect(
    await failing(['run', join(repository, 'experiments/bench.yaml'), '--set', 'market.nothing=3']),
  ).toContain('--set');
});
