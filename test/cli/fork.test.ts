/** `unwind fork`: a recorded run made again, changed, and printed side by side; and what it refuses. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inProcess, unwindHere } from './in-process.ts';
import { forged } from './results.ts';
import { repository } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-fork-'));
const out = join(folder, 'out');

beforeAll(async () => {
  cpSync(join(repository, 'test/experiment/fixtures/simple-amplification.yaml'), join(folder, 'a.yaml'));
  const sets = ['until=90 s', 'population[4].count=150', 'population[5].count=100', 'counterfactuals=[]'];
  const run = await unwindHere(
    [
      'run',
      'a.yaml',
      '--runs',
      '2',
      '--workers',
      '1',
      '--out',
      out,
      ...sets.flatMap((set) => ['--set', set]),
    ],
    folder,
  );
  expect(run.code, run.stderr).toBe(0);
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function fork(...args: readonly string[]) {
  return unwindHere(['fork', out, '--run', '1', '--policy', 'flat-20x', ...args], folder);
}

test('prints the recorded run and its fork', async () => {
  const { code, stdout, stderr } = await fork('--at', '66.5s', '--change', 'engine=off', '--json');
  expect(code, stderr).toBe(0);
  const {
    base,
    fork: other,
    change,
    at_s,
  } = JSON.parse(stdout) as {
    base: Record<string, number>;
    fork: Record<string, number>;
    change: string;
    at_s: number;
  };
  expect([change, at_s]).toEqual(['engine off', 66.5]);
  expect(base['accounts']).toBeGreaterThan(other['accounts']!);
  expect(other['open_interest']).toBe(base['open_interest']);
  const table = (await fork('--at', '66.5s', '--set', 'policies.flat-20x.ladder=call-then-full')).stdout;
  expect(table).toContain('run 1 of flat-20x');
  expect(table).toMatch(/accounts/);
}, 60_000);

test('a fork that changes nothing is the run, before the shock and after it', async () => {
  for (const at of ['30s', '66.5s', '70s']) {
    const { stdout, stderr } = await fork('--at', at, '--change', 'policy=flat-20x', '--json');
    const { base, fork: other } = JSON.parse(stdout || stderr) as Record<'base' | 'fork', unknown>;
    expect(other).toEqual(base);
  }
}, 60_000);

test.each([
  [['--at', '5', '--change', 'engine=off'], '--at 5: needs a time with its unit'],
  [['--at', '10 min', '--change', 'engine=off'], '--at: the run is over by then'],
  [['--at', '5s'], 'nothing is changed: needs --change or --set'],
  [['--at', '5s', '--change', 'engine'], '--change engine: needs key=value'],
  [['--at', '5s', '--change', 'motor=off'], 'needs one of the keys engine, policy'],
  [['--at', '5s', '--run', '9', '--change', 'engine=off'], 'has runs 0 to 1'],
  [['--at', '5s', '--shock', '4', '--change', 'engine=off'], '--shock 4: there are 0 ('],
  [['--at', '5s', '--set', 'population[0].count=5'], 'a fork can change policies and latencies'],
])('%j is refused in one line', async (args, what) => {
  const { code, stderr } = await inProcess(['fork', out, ...args], folder);
  expect(code).toBe(1);
  expect(stderr).toContain(what);
  expect(stderr.trim()).not.toContain('\n');
});

test('a folder whose files have changed, or whose run does not come out as recorded, is refused', async () => {
  const file = join(folder, 'a.yaml');
  const text = readFileSync(file, 'utf8');
  appendFileSync(file, '# changed\n');
  expect((await fork('--at', '66s', '--change', 'engine=off')).stderr).toContain('a.yaml has changed since');
  writeFileSync(file, text);
  const manifest = join(out, 'manifest.json');
  const recorded = readFileSync(manifest, 'utf8');
  forged(out, 'manifest.json', (json) => json.replace('"seed":"amplification"', '"seed":"other"'));
  expect((await fork('--at', '66s', '--change', 'engine=off')).stderr).toMatch(
    /run 1 is not what it was: .* recorded was/,
  );
  writeFileSync(manifest, recorded);
  expect(
    (await unwindHere(['fork', folder, '--at', '5s', '--change', 'engine=off'], folder)).stderr,
  ).toContain('no results folder');
}, 60_000);
