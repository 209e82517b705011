/** `unwind compare`, `tune` and `sensitivity`, end to end on a small market. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, describe, expect, test } from 'vitest';
import { inProcess, unwindHere } from './in-process.ts';
import { repository, sets } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-compare-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const tuned = join(repository, 'test/experiment/fixtures/simple-tune.yaml');
const varied = join(repository, 'test/experiment/fixtures/simple-sensitivity.yaml');
const short = sets([
  ...['until=80 s', 'shocks[0].at=20 s', 'shocks[0].over=20 s', 'shocks[1].at=20 s'],
  ...['population[0].count=20', 'population[3].count=150'],
]);

interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

async function json(args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await unwindHere([...args, '--json'], folder);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

async function rowsOf(file: string): Promise<Record<string, number>[]> {
  const rows = await parquetReadObjects({ file: new Uint8Array(readFileSync(file)).buffer });
  return rows as Record<string, number>[];
}

describe('compare', () => {
  interface Document {
    readonly folder: string;
    readonly frontier: { readonly metrics: { readonly name: string }[]; readonly blocks: unknown[] };
    readonly pairs: { readonly differences: Record<string, Estimate & { readonly p_adjusted: number }> }[];
  }
  const out = join(folder, 'runs');

  test('of a file runs it and keeps the comparison; of the folder it says the same', async () => {
    // Eight continuations bound a median, and no 5 % quantile.
    const lac = 'lac={ window: 5 s, drop: 5 %, settle: 5 s, continuations: 2, probability: 50 % }';
    const args = [tuned, ...short, '--set', lac, '--runs', '4', '--workers', '1'];
    const first = (await json(['compare', ...args, '--out', out])) as Document;
    expect(first.frontier.metrics.map(({ name }) => name)).toContain('margin_posted');
    expect(first.pairs).toHaveLength(1);
    const kept = JSON.parse(readFileSync(join(out, 'comparison.json'), 'utf8')) as Document;
    const again = (await json(['compare', out])) as Document;
    expect(again.pairs).toEqual(first.pairs);
    expect(kept.pairs).toEqual(first.pairs);
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
      summary: {
        frontier: unknown;
        cells: { metrics: Record<string, Estimate> }[];
        comparisons: { metrics: Record<string, Estimate> }[];
      };
    };
    expect(manifest.summary.frontier).toEqual(first.frontier);
    const [run] = manifest.summary.comparisons;
    const { differences } = first.pairs[0]!;
    expect(differences['bad_debt']!.value).toBeCloseTo(run!.metrics['bad_debt']!.value, 6);
    const [mine, atOnce] = manifest.summary.cells.map(({ metrics }) => metrics['lac']!.value);
    expect(differences['lac']!.value).toBe(atOnce! - mine!);
    expect(differences['lac']!.low).toBeLessThan(differences['lac']!.value);
    expect(differences['lac']!.p_adjusted).toBeLessThanOrEqual(1);
  });

  test('compares no part that is not as it was written', async () => {
    const part = join(out, 'runs-00001.parquet');
    const bytes = readFileSync(part);
    writeFileSync(
      part,
      bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte)),
    );
    const { code, stderr } = await unwindHere(['compare', out], folder);
    writeFileSync(part, bytes);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `${part} has another checksum than it was written with; make it anew: npx unwind resume ${out}\n`,
    );
  });

  test('prints the frontier and a line a pair', async () => {
    const { stdout } = await unwindHere(['compare', out, '--baseline', 'at-once'], folder);
    expect(stdout.replaceAll(/[│\s]+/g, ' ')).toContain('cost: margin safety: safety: bad safety: posted');
    expect(stdout).toMatch(/^mine − at-once: /m);
    expect(stdout).not.toMatch(/^at-once − mine: /m);
  });

  test.each([
    [
      ['compare', out, '--baseline', 'atonce'],
      '--baseline atonce: there is no such policy; there are mine, at-once',
    ],
    [['compare', out, '--runs', '3'], 'a results folder is compared as it is'],
    [['compare', tmpdir()], 'no results folder: there is no manifest.json'],
    [['compare', join(repository, 'experiments/procyclicality.yaml')], 'has no policies to compare'],
    [['compare', join(repository, 'results/reference/procyclicality')], 'which has no policies to compare'],
  ])('%j: one line that says what would do', async (args, message) => {
    const { code, stderr } = await inProcess(args, folder);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('tune', () => {
  interface Document {
    readonly points: unknown[];
    readonly finalists: { readonly name: string; readonly fresh: Record<string, Estimate> }[];
  }
  const args = (out: string) => [
    ...['tune', tuned, ...short, '--runs', '2', '--set', 'tune.budget=7', '--set', 'tune.finalists=2'],
    ...['--set', 'tune.fresh_runs=3', '--out', join(folder, out)],
  ];

  test('reports finalists on fresh seeds beside the file’s policies, the same on any number of workers', async () => {
    const one = (await json([...args('t1'), '--workers', '1'])) as Document;
    const two = (await json([...args('t2'), '--workers', '2'])) as Document;
    expect({ ...one, folder: '' }).toEqual({ ...two, folder: '' });
    expect(one.points).toHaveLength(7);
    expect(one.finalists.map(({ name }) => name)).toEqual(['mine#1', 'mine#2', 'mine', 'at-once']);
    const rows = await rowsOf(join(folder, 't1/points.parquet'));
    expect(rows).toHaveLength(7);
    expect(rows[0]!['policies.mine.margin.leverage']).toBeGreaterThan(5);
    expect(existsSync(join(folder, 't1/tune.json'))).toBe(true);
  });

  test('as a conversation evaluates points, asks, is told, and answers mistakes', () => {
    const point = { 'policies.mine.margin.leverage': 10, 'policies.mine.ladder[0].grace': 30 };
    const lines = [
      { evaluate: [point] },
      { ask: 2 },
      { tell: [{ point, objectives: { margin_posted: 0.2, bad_debt: 5 } }] },
      { evaluate: [{ ...point, 'policies.mine.margin.leverage': 500 }] },
      { frontier: true },
      { tel: 1 },
    ];
    const input = `${lines.map((line) => JSON.stringify(line)).join('\n')}\nno json\n`;
    const run = spawnSync(
      process.execPath,
      [main, 'tune', tuned, ...short, '--runs', '2', '--workers', '1', '--ask-tell'],
      {
        cwd: folder,
        encoding: 'utf8',
        input,
      },
    );
    expect(run.stderr).toBe('');
    const [greeting, evaluated, asked, told, beyond, frontier, unknown, garbage] = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(greeting).toMatchObject({ policy: 'mine', minimise: ['margin_posted', 'bad_debt'], runs: 2 });
    const [result] = evaluated!['results'] as { objectives: Record<string, Estimate> }[];
    expect(result!.objectives['margin_posted']!.value).toBeGreaterThan(0);
    expect(asked!['points']).toHaveLength(2);
    expect(told).toEqual({ told: 1 });
    expect(beyond!['error']).toContain('needs a number from 5 to 50, got 500');
    expect(frontier!['frontier']).toEqual([{ point, objectives: { margin_posted: 0.2, bad_debt: 5 } }]);
    expect(unknown!['error']).toBe('needs one of ask, tell, evaluate, frontier');
    expect(garbage!['error']).toContain('not valid JSON');
  });

  test.each([
    [['--set', 'tune.minimise=[bad_dept]'], 'results have no metric bad_dept'],
    [['--set', 'tune.policy=min'], 'tune.policy: there is no policy min; there are mine, at-once'],
    [
      ['--set', 'tune.parameters={ policies.mine.margin.leverage: [9, 5] }'],
      'needs [lowest, highest], got 9 and 5',
    ],
    [
      ['--set', 'tune.parameters={ policies.mine.margin.levrage: [5, 9] }'],
      'unknown key; did you mean leverage?',
    ],
    [['--set', 'tune.budget=many'], 'tune.budget: needs a number'],
  ])('%j is refused in one line', async (changes, message) => {
    const { code, stderr } = await inProcess(['tune', tuned, ...short, '--runs', '2', ...changes], folder);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('needs the block', async () => {
    const { stderr } = await unwindHere(['tune', varied], folder);
    expect(stderr).toContain('there is no block tune, which says what may be changed');
  });
});

describe('sensitivity', () => {
  interface Document {
    readonly size: number;
    readonly outputs: { readonly indices?: { readonly first: Estimate[]; readonly noise_share: number } }[];
  }
  const args = (...changes: string[]) => [
    ...['sensitivity', varied, '--workers', '1'],
    ...short,
    ...sets(changes),
  ];

  test('gives indices with intervals, and a row a point', async () => {
    const out = join(folder, 's1');
    const { size, outputs } = (await json([...args('sensitivity.points=4'), '--out', out])) as Document;
    expect(size).toBe(4 * (4 + 2));
    expect(outputs[0]!.indices!.first).toHaveLength(4);
    const rows = await rowsOf(join(out, 'points.parquet'));
    expect(rows).toHaveLength(24);
    // A and AB_1 differ in the first parameter alone.
    const [a, mixed] = [Object.values(rows[0]!), Object.values(rows[8]!)];
    expect(a.slice(1, 4)).toEqual(mixed.slice(1, 4));
    expect(a[0]).not.toBe(mixed[0]);
  });

  test.each([
    ['latin-hypercube', 5],
    ['sobol', 5],
    ['grid', 2 ** 4],
  ])('with a design of %s without indices has %d points', async (design, points) => {
    const changes = [`sensitivity.design=${design}`, `sensitivity.points=${design === 'grid' ? 2 : 5}`];
    const out = join(folder, `s-${design}`);
    const { size, outputs } = (await json([
      ...args(...changes, 'sensitivity.indices=false', 'runs=1'),
      '--out',
      out,
    ])) as Document;
    expect(size).toBe(points);
    expect(outputs[0]!.indices).toBeUndefined();
  });

  test.each([
    ['sensitivity.outputs=[shar]', 'sensitivity.outputs[0]: there is no column shar'],
    [
      'sensitivity={ design: grid, indices: true, outputs: [share], parameters: { until: [3 min, 4 min] } }',
      'a grid has none',
    ],
    ['sensitivity.parameters={ market.latency.liquidation: [1 s, 1 min] }', 'needs one unit for both ends'],
  ])('%s is refused in one line', async (set, message) => {
    const { code, stderr } = await inProcess(args(set), folder);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
