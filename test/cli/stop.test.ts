/** `stop:` in an experiment file, end to end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { contentsOf } from './results.ts';
import { inProcess, unwindHere } from './in-process.ts';
import { repository } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-stop-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file = join(repository, 'experiments/validation/solvable-cascade.yaml');

interface Document {
  readonly runs: number;
  readonly stop: { readonly rounds: number; readonly because: string };
  readonly metrics: {
    readonly cascade_size: { readonly mean: { readonly low: number; readonly high: number } };
  };
  readonly cells: readonly { readonly runs: number }[];
}

const command = (stop: string, ...more: string[]) => [
  ...['run', file, '--runs', '20000', '--set', `stop=${stop}`],
  ...more,
];

test('it stops when the interval is narrow enough, on any number of workers with the same runs', async () => {
  const stop = '{ metric: cascade_size.mean, half_width: 0.15, check_every: 200 }';
  const documents: Document[] = [];
  for (const workers of [1, 3]) {
    const { code, stdout, stderr } = await unwindHere(
      command(stop, '--workers', String(workers), '--json', '--out', `on-${workers}`),
      folder,
    );
    expect(code, stderr).toBe(0);
    documents.push(JSON.parse(stdout) as Document);
  }
  const [one] = documents as [Document];
  expect(one.stop.because).toBe('half_width');
  expect(one.runs).toBe(200 * one.stop.rounds);
  expect(one.runs).toBeLessThan(20_000);
  expect(one.cells[0]!.runs).toBe(one.runs);
  const { low, high } = one.metrics.cascade_size.mean;
  expect((high - low) / 2).toBeLessThanOrEqual(0.15);
  const [a, b] = [1, 3].map((workers) => {
    const { 'run.json': _, 'manifest.json': __, ...parts } = contentsOf(join(folder, `on-${workers}`));
    return parts;
  });
  expect(b).toEqual(a);
});

test('it stops after a time, says so, and resume does not go beyond', async () => {
  const { code, stdout, stderr } = await unwindHere(
    command('{ time: 1 ms, check_every: 50 }', '--out', 'timed'),
    folder,
  );
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^\d+ of at most 20000 runs a cell: the time was up$/m);
  const before = contentsOf(join(folder, 'timed'));
  rmSync(join(folder, 'timed/runs-00001.parquet'));
  expect((await unwindHere(['resume', 'timed'], folder)).code).toBe(0);
  expect(contentsOf(join(folder, 'timed'))).toEqual(before);
});

test.each([
  [
    '{ metric: cascade_size.men, half_width: 1 }',
    'stop.metric: there is no metric cascade_size.men; did you mean cascade_size.mean?',
  ],
  ['{ metric: cascade_size.mean }', 'stop.half_width: metric and half_width need each other'],
  ['{ check_every: 10 }', 'stop: needs time, or metric and half_width'],
  ['{ time: 5 }', 'stop.time: needs a time with its unit'],
  ['{ time: 1 s, cells: { policy: x } }', 'stop.cells: there is no such cell; there are {}'],
])('what is wrong with a stop is said in one line: %s', async (stop, message) => {
  const { code, stdout, stderr } = await inProcess(command(stop), folder);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain('--set');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
