/** `unwind run`, end to end: real files, real worker threads, real exit codes. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inProcess, unwindHere } from './in-process.ts';
import type { Result } from './unwind.ts';
import { repository, sets, unwind } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-run-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const solvable = join(repository, 'experiments/validation/solvable-cascade.yaml');
const bench = join(repository, 'experiments/bench.yaml');
/** A small version of the stress test: seconds instead of a minute. */
const small = [
  ...['--runs', '2'],
  ...sets(['until=24 s', 'shock.at=6 s', 'shock.over=6 s', 'shock.notional={ grid: [100e6, 600e6] }']),
  ...sets(['population[0].count=60', 'population[4].count=1500', 'population[5].count=1000']),
];

interface Document {
  results_hash: string;
  folder: string;
  metrics: Record<string, Record<string, { value: number; low: number; high: number }>>;
  cells: { labels: Record<string, string>; runs: number; metrics: Record<string, unknown> }[];
  comparisons: unknown[];
}

async function json(args: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await unwindHere([...args, '--json'], folder);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Document;
}

test('the solvable cascade prints one JSON document with every metric and its interval', async () => {
  const document = await json([
    'run',
    solvable,
    '--set',
    'solvable.accounts_per_tick=0.8',
    '--runs',
    '2000',
    '--seed',
    '1',
  ]);
  const size = document.metrics['cascade_size']!;
  expect(Object.keys(size).sort()).toEqual(
    ['branching_ratio', 'mean', 'p_ge_10', 'p_ge_100', 'p_ge_1000', 'p_runaway', 'p_zero', 'sd'].sort(),
  );
  for (const { value, low, high } of Object.values(size)) {
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  }
  expect(size['p_zero']!.low).toBeLessThan(0.4493);
  expect(size['p_zero']!.high).toBeGreaterThan(0.4493);
  expect(readdirSync(join(folder, document.folder))).toContain('manifest.json');
});

/** The stress test on two workers, printed, into the folder `here`. */
let printed: Result;
beforeAll(() => {
  printed = unwind(['run', bench, ...small, '--workers', '2', '--out', 'here'], folder);
});

interface Kept {
  readonly results_hash: string;
  readonly parts: { file: string; rows: number }[];
  readonly tables: { name: string; columns: { unit: string }[] }[];
}

function kept(): Kept {
  return JSON.parse(readFileSync(join(folder, 'here/manifest.json'), 'utf8')) as Kept;
}

test('the same experiment on 1, 2 and 4 workers gives the same bytes', async () => {
  const hashOf = async (...options: string[]) =>
    (await json(['run', bench, ...small, ...options])).results_hash;
  const { results_hash } = kept();
  for (const workers of ['1', '4']) expect(await hashOf('--workers', workers)).toBe(results_hash);
  expect(await hashOf('--workers', '1', '--seed', 'another')).not.toBe(results_hash);
});

test('the stress test ends with a table, a row a policy, and the folder of its results', () => {
  const { code, stdout, stderr } = printed;
  expect(code, stderr).toBe(0);
  for (const policy of ['flat-20x', 'binance', 'var-floor']) expect(stdout).toContain(policy);
  expect(stdout).toMatch(/amplification/);
  expect(stdout).toMatch(/^results in here; next:$/m);
  const manifest = kept();
  expect(manifest.tables.map((table) => table.name)).toEqual([
    'runs',
    'calls',
    'liquidations',
    'losses',
    'map',
    'trees',
    'contagion',
    'prices',
    'lac',
  ]);
  for (const part of manifest.parts) expect(existsSync(join(folder, 'here', part.file))).toBe(true);
});

test('resume of it tells the same, where numbers are unknown too', () => {
  expect(readFileSync(join(folder, 'here/manifest.json'), 'utf8')).toContain('"p_value": null');
  const { code, stdout, stderr } = unwind(['resume', 'here'], folder);
  expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: printed.stdout });
});

test('a folder with something in it is not written to', async () => {
  mkdirSync(join(folder, 'foreign'));
  writeFileSync(join(folder, 'foreign/manifest.json'), '{}');
  const { code, stderr } = await inProcess(['run', bench, ...small, '--out', 'foreign'], folder);
  expect(code).toBe(1);
  expect(stderr).toBe('--out foreign: the folder exists and is not empty\n');
});
