/** What unwind may write to and delete: a folder that was empty, and in it the names of its own order alone. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readExperiment } from '../../../src/models/experiment.ts';
import { beginFolder, openResultsFolder, removeResults, sweep } from '../../../src/lab/store/folder.ts';
import { newOrder, readOrder } from '../../../src/lab/store/order.ts';
import { DEFAULT_LIMITS } from '../../../src/lab/plan/limits.ts';
import { sealed } from '../../../src/lab/store/sealed.ts';
import { repository } from '../../cli/unwind.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'unwind-own-folder-')));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const file = join(repository, 'experiments/validation/solvable-cascade.yaml');
const order = newOrder(
  readExperiment(file),
  { version: '1', command: 'unwind run' },
  { limits: DEFAULT_LIMITS },
);
const out = join(root, 'a/out');
const GONE = spawnSync(process.execPath, ['-e', '0']).pid;
const lockOf = (pid: number): string => sealed('lock', { pid, host: hostname(), began: '' });

beforeEach(() => {
  rmSync(join(root, 'a'), { recursive: true, force: true });
});

function put(files: Readonly<Record<string, string>>): void {
  mkdirSync(out, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(out, name), text);
}

function contents(folder = out): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

describe('a folder that holds anything else is refused, and left as it was', () => {
  const foreign: Readonly<Record<string, string>>[] = [
    { 'experiment.yaml': 'mine' },
    { 'download.part': 'half of a film' },
    { 'experiment.yaml': 'mine', 'download.part': 'half of a film' },
    { lock: 'mine' },
    { 'lock.txt': 'mine' },
    { 'lock.12.part': 'mine' },
    { 'run.json.12-0.part': 'mine' },
    { lock: lockOf(GONE), 'notes.txt': 'mine' },
    { lock: lockOf(GONE), 'experiment.yaml': 'mine' },
    { lock: lockOf(GONE), [`run.json.${GONE + 1}-0.part`]: 'mine' },
    { 'journal.ndjson': '' },
    { '.hidden': '' },
    { 'run.json': '{}' },
  ];
  test.each(foreign)('%j', (files) => {
    put(files);
    expect(() => beginFolder(out, order)).toThrow(
      new RegExp(`^--out ${out}: the folder (exists and is not empty|holds )`),
    );
    expect(contents()).toEqual(files);
  });

  test('a link, also one that leads nowhere', () => {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(root, 'a/precious'), 'mine');
    for (const [name, target] of [
      ['experiment.yaml', '../precious'],
      ['run.json', 'nowhere'],
    ] as const) {
      symlinkSync(target, join(out, name));
      expect(() => beginFolder(out, order)).toThrow(`--out ${out}: the folder exists and is not empty`);
      rmSync(join(out, name));
    }
    expect(readFileSync(join(root, 'a/precious'), 'utf8')).toBe('mine');
    symlinkSync('nowhere', join(root, 'a/link'));
    expect(() => beginFolder(join(root, 'a/link'), order)).toThrow(`cannot write to ${root}/a/link: `);
    expect(existsSync(join(root, 'a/nowhere'))).toBe(false);
  });
});

test('an empty folder is used; without results it is empty again, and what was made for it is gone', () => {
  mkdirSync(out, { recursive: true });
  removeResults(beginFolder(out, order), order);
  expect(readdirSync(out)).toEqual([]);
  removeResults(beginFolder(join(out, 'b/c'), order), order);
  expect(readdirSync(out)).toEqual([]);
});

test('what a process left that was killed before it had begun is cleared away', () => {
  put({
    lock: lockOf(GONE),
    [`lock.${GONE}.part`]: lockOf(GONE),
    'lock.77.stale': lockOf(GONE),
    'lock.78.part': '',
    [`run.json.${GONE}-0.part`]: '{"half',
  });
  beginFolder(out, order).lock.release();
  expect(readdirSync(out).sort()).toEqual(['experiment.yaml', 'run.json']);
  expect(readOrder(out).experiment).toEqual(order.experiment);
});

test('a folder where a process is at work is left to it', () => {
  put({ lock: lockOf(process.ppid) });
  expect(() => beginFolder(out, order)).toThrow(`${out}: process ${process.ppid} is writing to it`);
  expect(contents()).toEqual({ lock: lockOf(process.ppid) });
});

test.each(['{}', '[]', 'null', 'x', '{"pid":1,"host":"here","began":""}'])('a lock that says %s', (text) => {
  put({ 'run.json': '', lock: text });
  expect(() => openResultsFolder(out)).toThrow(
    `${out}/lock does not say which process is writing here: it is damaged, or of another version of unwind; if none is, delete it`,
  );
  writeFileSync(join(out, 'lock'), ''); // as a power cut leaves it
  openResultsFolder(out).lock.release();
  expect(readdirSync(out)).toEqual(['run.json']);
});

test('a file on the way, and a place that takes no folder', () => {
  mkdirSync(join(root, 'a'));
  writeFileSync(join(root, 'a/out'), 'mine');
  expect(() => beginFolder(out, order)).toThrow(`--out ${out}: there is a file of that name`);
  expect(() => beginFolder(join(out, 'b/c'), order)).toThrow(`cannot write to ${out}/b/c: `);
  expect(() => beginFolder('/proc/nothing/b', order)).toThrow('cannot write to /proc/nothing/b: ');
  expect(readFileSync(out, 'utf8')).toBe('mine');
});

test('what others put into a folder stays, when it is finished and when there are no results', () => {
  const folder = beginFolder(out, order);
  const mine = {
    'mine.parquet': '1',
    'runs-99999.parquet': '2',
    'download.part': '3',
    'notes.123-0.part': '4',
    'lock.mine.stale': '5',
    'runs-00001.parquet.bak': '6',
  };
  put({ ...mine, 'runs-00001.parquet': 'of this run', 'runs-00002.parquet.12-3.part': 'of this run' });
  const { 'run.json': run, 'experiment.yaml': text, lock, ...others } = contents();
  sweep(out, order, []);
  expect(contents()).toEqual({ 'run.json': run, 'experiment.yaml': text, lock, ...mine });
  expect(Object.keys(others)).toHaveLength(8);
  removeResults(folder, order);
  expect(contents()).toEqual(mine);
});
