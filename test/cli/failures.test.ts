/**
 * A trader of the user's that fails in some runs: these are recorded and left out, the rest goes on, and each can be seen
 * to fail again. With a copy of the package that has one more kind of trader.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/lab/store/manifest.ts';
import { wilson } from '../../src/stats/intervals/proportion.ts';
import { packageWith } from './own-agent.ts';
import type { Result } from './unwind.ts';
import { withoutProgress } from './unwind.ts';

/** Fails with a probability that is another one under each policy. */
const AGENT = `
import { defineAgent, number, seconds } from '../src/index.js';

export default defineAgent({
  kind: 'clumsy',
  about: 'Fails.',
  params: { error: number(0, 'P(error).'), below: number(0, 'Fails below, ticks.') },
  wake(me, market, rng) {
    if (market.bid < me.below) throw new Error('too low for me');
    if (rng.chance(me.error)) throw new RangeError('I stumbled');
    market.buy(1);
    return seconds(1);
  },
});
`;

const EXPERIMENT = `
question: What is lost?
seed: failures
until: 4 s
runs: 12
market:
  money: USDT
  instruments:
    - { name: X, tick: 0.1 USDT, lot: 0.001 X, price: 1000 USDT, book: { flat: { lots_per_tick: 50, ticks: 200 } } }
population:
  - { kind: clumsy, count: 1, params: { error: 0.1 } }
policies:
  a: { margin: { rule: flat, leverage: 10 }, ladder: immediate }
  b: { margin: { rule: flat, leverage: 20 }, ladder: immediate }
`;

const { work, main, runHere: own, manifestOf } = packageWith('clumsy', AGENT, EXPERIMENT);

test('failed runs are recorded with the command that repeats them, and in no number', async () => {
  const { code, stdout, stderr } = await own('run', 'clumsy.yaml', '--workers', '2', '--out', 'some');
  expect(code, stderr).toBe(0);
  const { failures, summary, parts } = manifestOf('some');
  expect(failures.length).toBeGreaterThan(2);
  expect(failures.length).toBeLessThan(20);
  for (const { cell, run, name, message, replay, labels } of failures) {
    expect({ name, message }).toEqual({ name: 'RangeError', message: 'I stumbled' });
    expect(labels['policy']).toBe('ab'[cell]);
    expect(replay).toBe(`npx unwind run clumsy.yaml --seed failures --only-run ${run} --only-cell ${cell}`);
  }
  const lost = [0, 1].map((cell) => failures.filter((failure) => failure.cell === cell).length);
  expect(summary.cells.map((cell) => [cell.runs, cell.lost])).toEqual(lost.map((n) => [12 - n, n]));
  const rows = parts.filter(({ table }) => table === 'runs').reduce((sum, part) => sum + part.rows, 0);
  expect(rows).toBe(24 - failures.length);
  expect(stdout).toContain(`${lost[0]!} of 12 runs of a`);
  expect(stdout).toContain(failures[0]!.replay);
});

test('of a cell that lost runs nothing is estimated as if these were like the others', () => {
  const { summary } = manifestOf('some');
  for (const { runs, lost, metrics, caveats } of summary.cells) {
    const { p_systemic, worst_move, accounts_p95 } = metrics as Record<string, Record<string, unknown>>;
    // In none of the finished runs: in none at all, or in as many as were lost.
    const bounds = [wilson(0, 12).low, wilson(lost!, 12).high];
    expect([p_systemic!['value'], p_systemic!['low'], p_systemic!['high']]).toEqual([null, ...bounds]);
    expect(p_systemic).toMatchObject({ of_finished: 0, successes: 0, trials: runs });
    for (const one of [worst_move!, accounts_p95!]) {
      expect([one['value'], one['low'], one['high']]).toEqual([null, null, null]);
      expect(one['of_finished']).not.toBeUndefined();
    }
    expect(caveats![0]).toEqual({
      kind: 'lost',
      text: `${lost!} of 12 runs were lost, and may be the worst: only probabilities have bounds`,
      withholds: true,
    });
  }
  const [difference] = summary.comparisons;
  expect(difference!.metrics['worst_move']).toMatchObject({ value: null, low: null, high: null });
  const verdicts = summary.frontier!.blocks[0]!.rows.map(({ verdict }) => verdict);
  expect(verdicts).toEqual(['none', 'none']);
});

test('the replay fails with the stack of the trader; a good run alone gives its results', async () => {
  const { run, cell } = manifestOf('some').failures[0]!;
  const failing = await own('run', 'clumsy.yaml', '--only-run', String(run), '--only-cell', String(cell));
  expect(failing.code).toBe(1);
  expect(failing.stderr).toMatch(/RangeError: I stumbled\n\s+at .*clumsy\.js/);
  expect(existsSync(join(work, 'results'))).toBe(false);
  const lost = new Set(
    manifestOf('some')
      .failures.filter((one) => one.cell === 0)
      .map((one) => one.run),
  );
  const good = [...Array(12).keys()].find((n) => !lost.has(n))!;
  const passing = await own(
    'run',
    'clumsy.yaml',
    '--only-run',
    String(good),
    '--only-cell',
    '0',
    '--json',
    '--out',
    'one',
  );
  expect(passing.code, passing.stderr).toBe(0);
  expect((JSON.parse(passing.stdout) as Manifest['summary']).cells.map(({ runs }) => runs)).toEqual([1, 0]);
});

test('the same on any number of workers', async () => {
  expect((await own('run', 'clumsy.yaml', '--out', 'alone')).code).toBe(0);
  const [a, b] = [manifestOf('some'), manifestOf('alone')];
  expect(b.results_hash).toBe(a.results_hash);
  expect(b.failures).toEqual(a.failures);
  expect(b.summary).toEqual(a.summary);
});

test('a trader that always fails leaves no results', async () => {
  const { code, stderr } = await own(
    'run',
    'clumsy.yaml',
    '--set',
    'population[0].params.error=1',
    '--out',
    'none',
  );
  expect(code).toBe(1);
  expect(withoutProgress(stderr)).toMatch(/^run 0 of seed failures: RangeError: I stumbled\n/);
  expect(existsSync(join(work, 'none'))).toBe(false);
});

test('a cell that lost all its runs: the others are kept, and the command fails', async () => {
  // 10,000 USDT are bid down to 980; the sale takes the price to 990.
  const sets = [
    'population[0].params={ below: 9950 }',
    'shock={ kind: sell-programme, at: 1 s, over: 100 ms, notional: { grid: [10, 5000] } }',
  ];
  const { code, stdout, stderr } = await own(
    'run',
    'clumsy.yaml',
    ...sets.flatMap((set) => ['--set', set]),
    '--out',
    'half',
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^all runs of a, sale of .*5.* were lost$/m);
  expect(stdout).toContain('12 of 12 runs of a, sale of');
  expect(manifestOf('half').summary.cells.map(({ runs, lost }) => [runs, lost])).toEqual([
    [12, 0],
    [12, 0],
    [0, 12],
    [0, 12],
  ]);
});

interface DesignDocument {
  readonly failed_points: readonly {
    readonly point: number;
    readonly sets: readonly string[];
    readonly why: string;
  }[];
  readonly failures: readonly { readonly point: number; readonly run: number; readonly replay: string }[];
  readonly points_with_losses: number;
  readonly outputs: readonly { readonly means?: readonly (number | null)[] }[];
  readonly no_indices?: string;
  readonly finalists: readonly { readonly name: string }[];
}

describe('points of a design', () => {
  /** Fails in no run at 0, in some at the middle, in all of them at 1. */
  const varied = (error: string) =>
    `sensitivity={ parameters: { 'population[0].params.error': ${error} }, outputs: [events], policy: b, design: grid, points: 3 }`;
  const sensitivity = (error: string, out: string, ...more: string[]) =>
    own('sensitivity', 'clumsy.yaml', '--set', varied(error), '--out', out, ...more);

  test('failed runs are left out as in a run, and told of with the command that repeats them', async () => {
    const { code, stdout, stderr } = await sensitivity('[0, 0.1]', 'lost', '--json');
    expect({ code, stderr: withoutProgress(stderr) }).toEqual({ code: 0, stderr: '' });
    const { failed_points, failures, points_with_losses } = JSON.parse(stdout) as DesignDocument;
    expect(failed_points).toEqual([]);
    expect(failures.length).toBeGreaterThan(1);
    expect(new Set(failures.map(({ point }) => point)).has(1)).toBe(false);
    // A point without the runs that fail would look better than it is.
    expect(points_with_losses).toBe(new Set(failures.map(({ point }) => point)).size);
    const last = failures.findLast(({ point }) => point === 3)!;
    expect(last.replay).toBe(
      `npx unwind run clumsy.yaml --seed failures --set ${quoted(varied('[0, 0.1]'))} --set runs=12 ` +
        `--set ${quoted('population[0].params.error=0.1')} --only-run ${last.run} --only-cell 1`,
    );
    const replayed = spawnSync('sh', ['-c', last.replay.replace('npx unwind', `node ${main}`)], {
      cwd: work,
      encoding: 'utf8',
    });
    expect(replayed.stderr).toMatch(/RangeError: I stumbled\n\s+at .*clumsy\.js/);
    expect((await own('resume', 'lost')).stdout).toMatch(
      /^\d+ of the runs of 2 points were lost, and are in no number: RangeError/m,
    );
  });

  test('a point that lost all its runs is told of at once and in the end, the same on any number of workers', async () => {
    const made: Result[] = [];
    for (const workers of ['1', '3'])
      made.push(await sensitivity('[0, 1]', `hole-${workers}`, '--json', '--workers', workers));
    const [one, other] = made.map(({ stdout }) => ({
      ...(JSON.parse(stdout) as DesignDocument),
      folder: '',
    }));
    expect(other).toEqual(one);
    expect(one!.failed_points.map(({ point, sets }) => [point, sets])).toContainEqual([
      3,
      ['population[0].params.error=1'],
    ]);
    for (const { code, stderr } of made) {
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^point 3 \(population\[0\]\.params\.error=1\) failed: all 12 runs of b, no shock were lost: RangeError: I stumbled; see run 0 fail again: npx unwind run .*$/m,
      );
      expect(stderr).toMatch(/^failed points: .*3$/m);
    }
    const [first, again] = ['1', '3'].map((workers) => join(work, `hole-${workers}`, 'points.parquet'));
    expect(readFileSync(first!).equals(readFileSync(again!))).toBe(true);
  });

  test('a search goes round points that fail; none of them is a finalist', async () => {
    const tune =
      "tune={ parameters: { 'population[0].params.below': [9900, 10050] }, policy: a, minimise: [bad_debt], budget: 6, finalists: 2, fresh_runs: 3 }";
    const { code, stdout, stderr } = await own('tune', 'clumsy.yaml', '--runs', '2', '--set', tune, '--set', 'population[0].params.error=0', '--out', 'search', '--json'); // prettier-ignore
    expect(code, stderr).toBe(1);
    const { failed_points, finalists } = JSON.parse(stdout) as DesignDocument;
    expect(failed_points.length).toBeGreaterThan(0);
    expect(failed_points.length).toBeLessThan(6);
    for (const { why } of failed_points) expect(why).toContain('Error: too low for me');
    expect(stderr.match(/^point \d/gm)).toHaveLength(failed_points.length);
    expect(finalists.map(({ name }) => name)).toEqual(['a#1', 'a#2', 'a', 'b']);
  });

  function quoted(word: string): string {
    return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  }
});
