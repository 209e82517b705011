// Starting files: each is written whole or not at all, works at once, and its own test passes where only the package is.
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Starting } from '../../src/models/plug-ins/starting.ts';
import { STARTING } from '../../src/models/plug-ins/starting.ts';
import { unwindHere } from './in-process.ts';
import { repository } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-new-'));
const sorts = Object.keys(STARTING) as Starting[];
const call = (...words: string[]) => unwindHere(['new', ...words], folder);

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(repository, join(folder, 'node_modules/unwind'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('each sort is written under its name, says how it is tested, and its test passes', async () => {
  for (const sort of sorts) {
    const { code, stdout } = await call(sort, `first-${sort}`);
    expect(code).toBe(0);
    const file = `first-${sort}${sort === 'experiment' ? '.yaml' : '.ts'}`;
    expect(stdout).toBe(`${file}, with its test: node --test first-${sort}.test.mjs\n`);
    const texts = [file, `first-${sort}.test.mjs`].map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(texts.join('').replaceAll('my-agent', '')).not.toMatch(/\bmy[-_]/); // an experiment tells of the others
    expect(texts[1]).toContain('node --test first-');
  }
  const quick = sorts.filter((sort) => !['experiment', 'measure', 'score'].includes(sort)); // package-test runs all of them
  writeFileSync(
    join(folder, 'all.mjs'),
    quick.map((sort) => `import './first-${sort}.test.mjs';\n`).join(''),
  );
  const { status, stdout } = spawnSync(process.execPath, ['all.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(stdout).not.toContain('not ok');
  expect(stdout).toContain(`# pass ${quick.length}\n`);
  expect(status).toBe(0);
});

test('a test that is written sees it when its plug-in does something else', async () => {
  await call('shock', 'idle');
  const path = join(folder, 'idle.ts');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace('actions.trade(0, -lots)', 'actions.trade(0, lots)'),
  );
  const { status, stdout } = spawnSync(process.execPath, ['--test', 'idle.test.mjs'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout).toContain('not ok 1 - idle sells three times');
  expect(status).toBe(1);
});

describe('nothing is written where', () => {
  test.each([
    ['the sort is none', ['trader', 'mine'], /^new trader: there are agent, rule, /],
    [
      'the name comes with unwind',
      ['agent', 'noise'],
      /^there is a kind of trader noise already; give it another name/,
    ],
    ['the name is a path', ['agent', '../mine'], /^\.\.\/mine: a name is at most 40 small letters/],
    ['the name has capitals', ['rung', 'Mine'], /^Mine: a name is at most 40 small letters/],
    ['the file is there', ['layer', 'taken'], /^taken\.ts is there already; give it another name/],
    ['its test is there', ['layer', 'tested'], /^tested\.test\.mjs is there already; give it another name/],
  ])('%s', async (_, words, message) => {
    writeFileSync(join(folder, 'taken.ts'), 'mine');
    writeFileSync(join(folder, 'tested.test.mjs'), 'mine');
    const before = readdirSync(folder);
    const { code, stderr } = await call(...words);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(join(folder, 'taken.ts'), 'utf8')).toBe('mine');
  });
});
