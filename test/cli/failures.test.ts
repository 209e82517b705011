/**
 * A trader of the user's that fails in some runs: these are recorded and left out, the rest goes on, and each can be seen
 * to fail again. With a copy of the package that has one more kind of trader.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Manifest } from '../../src/lab/manifest.ts';
import { repository, unwind } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-failures-'));
const main = join(folder, 'dist/src/cli/main.js');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Fails with a probability that is another one under each policy. */
const AGENT = `
import { defineAgent, number, seconds } from '../src/index.js';

export default defineAgent({
  kind: 'clumsy',
  about: 'Fails.',
  params: { error: number(0, 'P(error).'), exit: number(0, 'P(exit).'), below: number(0, 'Fails below, ticks.') },
  wake(me, market, rng) {
    if (market.bid < me.below) throw new Error('too low for me');
    if (rng.chance(me.error)) throw new RangeError('I stumbled');
    if (rng.chance(me.exit)) process.kill(process.pid, 'SIGKILL');
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

beforeAll(() => {
  for (const name of ['dist', 'experiments', 'package.json']) {
    mkdirSync(join(folder, 'work'), { recursive: true });
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'dist/agents/clumsy.js'), AGENT);
  const index = join(folder, 'dist/agents/index.js');
  const text = readFileSync(index, 'utf8').replace('agents = [', 'agents = [clumsy, ');
  writeFileSync(index, `import clumsy from './clumsy.js';\n${text}`);
  writeFileSync(join(folder, 'work/clumsy.yaml'), EXPERIMENT);
});

/** On one worker, unless more are asked for. */
function own(...args: string[]) {
  const workers = args.includes('--workers') ? [] : ['--workers', '1'];
  return unwind([...args, ...workers], join(folder, 'work'), main);
}

function manifestOf(out: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'work', out, 'manifest.json'), 'utf8')) as Manifest;
}

test('failed runs are recorded with the command that repeats them, and in no number', () => {
  const { code, stdout, stderr } = own('run', 'clumsy.yaml', '--workers', '2', '--out', 'some');
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

test('the replay fails with the stack of the trader; a good run alone gives its results', () => {
  const { run, cell } = manifestOf('some').failures[0]!;
  const failing = own('run', 'clumsy.yaml', '--only-run', String(run), '--only-cell', String(cell));
  expect(failing.code).toBe(1);
  expect(failing.stderr).toMatch(/RangeError: I stumbled\n\s+at .*clumsy\.js/);
  expect(existsSync(join(folder, 'work/results'))).toBe(false);
  const lost = new Set(
    manifestOf('some')
      .failures.filter((one) => one.cell === 0)
      .map((one) => one.run),
  );
  const good = [...Array(12).keys()].find((n) => !lost.has(n))!;
  const passing = own(
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

test('the same on any number of workers', () => {
  expect(own('run', 'clumsy.yaml', '--out', 'alone').code).toBe(0);
  const [a, b] = [manifestOf('some'), manifestOf('alone')];
  expect(b.results_hash).toBe(a.results_hash);
  expect(b.failures).toEqual(a.failures);
  expect(b.summary).toEqual(a.summary);
});

test('a trader that always fails leaves no results', () => {
  const { code, stderr } = own(
    'run',
    'clumsy.yaml',
    '--set',
    'population[0].params.error=1',
    '--out',
    'none',
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^run 0 of seed failures: RangeError: I stumbled\n/);
  expect(existsSync(join(folder, 'work/none'))).toBe(false);
});

test('a run that kills its worker is given up after three times, and the rest goes on', () => {
  const sets = ['--set', 'population[0].params={ exit: 0.02 }'];
  const { code, stdout, stderr } = own('run', 'clumsy.yaml', ...sets, '--out', 'killed');
  expect(code, stderr).toBe(0);
  const { failures } = manifestOf('killed');
  expect(failures.length).toBeGreaterThan(0);
  expect(failures[0]).toMatchObject({
    name: 'WorkerDied',
    message: 'its worker process died (SIGKILL) each time that this batch was tried',
  });
  expect(stdout).toContain('WorkerDied');
});

test('a cell that lost all its runs: the others are kept, and the command fails', () => {
  // 10,000 USDT are bid down to 980; the sale takes the price to 990.
  const sets = [
    'population[0].params={ below: 9950 }',
    'shock={ kind: sell-programme, at: 1 s, over: 100 ms, notional: { grid: [10, 5000] } }',
  ];
  const { code, stdout, stderr } = own(
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
