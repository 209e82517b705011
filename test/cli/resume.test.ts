/** `unwind resume`: what is damaged is found and made anew, one process at a time, and what can't go on says why. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sealed } from '../../src/lab/store/sealed.ts';
import { expectOtherCodeRefused, expectOtherInputsRefused, folderFor, interrupted } from './interrupted.ts';
import { inProcess, unwindHere } from './in-process.ts';
import { contentsOf } from './results.ts';
import { main, repository, withoutProgress } from './unwind.ts';

const folder = folderFor('resume');
const out = join(folder, 'out');
const file = join(repository, 'experiments/validation/solvable-cascade.yaml');
const run = ['run', file, '--runs', '3200', '--set', 'solvable.accounts_per_tick=0.8', '--workers', '2'];

beforeAll(async () => {
  const { code, stderr } = await unwindHere([...run, '--out', 'out'], folder);
  expect(code, stderr).toBe(0);
});

test('a finished folder is checked, and its results are told again', async () => {
  const before = contentsOf(out);
  const { code, stdout, stderr } = await unwindHere(['resume', 'out', '--json'], folder);
  expect(code).toBe(0);
  expect(stderr).toBe('out is complete: all 32 parts are as they were written\n');
  expect(JSON.parse(stdout)).toMatchObject({ folder: 'out', runs: 3200 });
  expect(contentsOf(out)).toEqual(before);
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as object;
  expect(Object.keys(manifest).join(' ')).toBe(
    'unwind code experiment question seed runs stop results_hash command sets inputs warnings node host timing summary failures tables parts sha256',
  );
});

test('damaged parts are named and made anew', async () => {
  const before = contentsOf(out);
  const changed = join(out, 'runs-00003.parquet');
  const bytes = readFileSync(changed);
  bytes[20]! ^= 1;
  writeFileSync(changed, bytes);
  truncateSync(join(out, 'runs-00005.parquet'), 100);
  rmSync(join(out, 'runs-00007.parquet'));
  const { code, stderr } = await unwindHere(['resume', 'out', '--workers', '1'], folder);
  expect(code).toBe(0);
  expect(withoutProgress(stderr).trim().split('\n')).toEqual([
    'runs-00003.parquet has another checksum than it was written with; it is made anew',
    expect.stringMatching(/^runs-00005\.parquet has 100 bytes instead of \d+; it is made anew$/),
    'runs-00007.parquet is missing; it is made anew',
    'out is complete again: of its 3,200 runs 2,900 were there, 300 were made now',
  ]);
  expect(contentsOf(out)).toEqual(before);
});

test('Ctrl-C keeps what is done and says how to go on; a process that is at work is left alone', async () => {
  const stderr = await interrupted([...run, '--out', 'stopped'], folder, 'stopped');
  expect(stderr).toMatch(/^stopped; \d+ runs are kept\. Go on with: npx unwind resume stopped\n$/);
  expect((await unwindHere([...run, '--out', 'stopped'], folder)).stderr).toBe(
    '--out stopped: the folder holds a run that is not finished; go on with it: npx unwind resume stopped\n',
  );
  expect((await unwindHere(['compare', 'stopped'], folder)).stderr).toBe(
    'stopped: holds a run that is not finished; go on with it: npx unwind resume stopped\n',
  );
  const kept = Number(/(\d+) runs are kept/.exec(stderr)![1]);
  const resumed = await unwindHere(['resume', 'stopped', '--workers', '1'], folder);
  expect(resumed.code).toBe(0);
  const count = (n: number) => n.toLocaleString('en-US');
  expect(withoutProgress(resumed.stderr)).toBe(
    `stopped is complete again: of its 3,200 runs ${count(kept)} were there, ${count(3200 - kept)} were made now\n`,
  );
  const again = (await unwindHere(['resume', 'out'], folder)).stdout;
  const screen = (stdout: string) => stdout.replace(/^.* runs · .*$/m, '').replaceAll('stopped', 'out');
  expect(screen(resumed.stdout)).toBe(screen(again));
  const { 'manifest.json': _, 'run.json': __, ...parts } = contentsOf(join(folder, 'stopped'));
  expect(contentsOf(out)).toMatchObject(parts);
});

test('the lock of a process that is gone is taken over, that of another host is not', async () => {
  const lock = join(out, 'lock');
  const gone = spawnSync(process.execPath, ['-e', '0']).pid;
  writeFileSync(lock, sealed('lock', { pid: gone, host: hostname(), began: '' }));
  expect((await unwindHere(['resume', 'out'], folder)).code).toBe(0);
  expect(existsSync(lock)).toBe(false);
  writeFileSync(lock, sealed('lock', { pid: 1, host: 'elsewhere', began: '' }));
  const { code, stderr } = await unwindHere(['resume', 'out'], folder);
  expect(code).toBe(1);
  expect(stderr).toBe('out: process 1 on elsewhere is writing to it; if it is gone, delete out/lock\n');
  rmSync(lock);
});

test('a disk that takes no more: what is there is kept', async () => {
  // A limit on the size of files stands in for it: the order is smaller, a part is not.
  const wide = [
    'run',
    file,
    '--runs',
    '40000',
    '--set',
    'solvable.ticks=300',
    '--workers',
    '1',
    '--out',
    'full',
  ];
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, main, ...wide],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  expect(status).toBe(1);
  expect(withoutProgress(stderr)).toBe(
    'full: a file would be larger than is allowed; 0 runs are kept. Go on with: npx unwind resume full\n',
  );
  const { code } = await unwindHere(['resume', 'full', '--workers', '1'], folder);
  expect(code).toBe(0);
});

test('other code, changed inputs, no results: an error in one line', async () => {
  const other = join(folder, 'other');
  cpSync(out, other, { recursive: true });
  rmSync(join(other, 'runs-00000.parquet'));
  expect((await unwindHere([...run, '--out', 'other'], folder)).stderr).toBe(
    '--out other: the folder holds a finished run; a new one needs another folder\n',
  );
  await expectOtherCodeRefused(folder, 'other', 'run', /^npx unwind run \S+solvable-cascade\.yaml$/);
  await expectOtherInputsRefused(folder, 'other');
  expect(await unwindHere(['resume', 'none'], folder)).toMatchObject({
    code: 1,
    stderr: 'none: there is no such folder\n',
  });
  expect(await unwindHere(['resume', '.'], folder)).toMatchObject({
    code: 1,
    stderr: '.: no results folder: there is no run.json in it\n',
  });
});

test.each([
  ['/proc/nothing', /^cannot write to \/proc\/nothing: /],
  ['a-file', /^--out a-file: there is a file of that name\n$/],
  ['a-file/below', /^cannot write to a-file\/below: /],
])('a folder that cannot be made: %s', async (where, message) => {
  writeFileSync(join(folder, 'a-file'), '');
  const { code, stdout, stderr } = await inProcess([...run, '--out', where], folder);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
