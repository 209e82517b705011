// Plug-ins of every sort from a file of the user's, used by their names as built-in ones are: in a folder of their own, by
// processes and threads, and never from a folder of results without the user's word.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../cli/unwind.ts';
import { unwind } from '../../cli/unwind.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'unwind-plug-ins-'));
const at = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(at(name), 'utf8');
const call = (...words: string[]): Result => unwind(words, folder);

interface Made {
  readonly results_hash: string;
  readonly plug_ins?: readonly { readonly name: string; readonly sha256: string }[];
  readonly summary: {
    readonly cells: readonly { readonly metrics: Readonly<Record<string, { value: number }>> }[];
  };
}
const made = (name: string): Made => JSON.parse(text(`${name}/manifest.json`)) as Made;

/** The experiment with something else in it. */
function file(name: string, ...changes: readonly (readonly [string, string])[]): string {
  const written = changes.reduce((whole, [from, to]) => {
    expect(whole).toContain(from);
    return whole.replace(from, to);
  }, text('own.yaml'));
  writeFileSync(at(name), written);
  return name;
}

const refused = (name: string): string => {
  const { code, stderr } = call('check', name);
  expect(code).toBe(1);
  return stderr.trim();
};

beforeAll(() => {
  for (const name of ['own.ts', 'own.yaml']) cpSync(join(HERE, name), at(name));
  const run = call('run', 'own.yaml', '--workers', '1', '--record', '0', '--no-report', '--out', 'one');
  expect(run.stderr).not.toContain('Error');
  expect(run.code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('one of each sort works in one experiment, and gives the same bytes on one worker and four', () => {
  call('run', 'own.yaml', '--workers', '4', '--record', '0', '--no-report', '--out', 'four');
  const { results_hash, plug_ins, summary } = made('one');
  expect(made('four').results_hash).toBe(results_hash);
  expect(plug_ins).toEqual([{ name: './own.ts', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }]);
  const { widest_spread, accounts_mean } = summary.cells[0]!.metrics;
  expect(widest_spread!.value).toBeGreaterThan(1);
  expect(accounts_mean!.value).toBeGreaterThan(10);
});

test('what is not used changes nothing', () => {
  const plain = file(
    'plain.yaml',
    ['plugins: [./own.ts]\n', ''],
    ['contract: mini\n', 'contract: linear\n'],
    ['{ rule: slow }', '{ rule: mid }'],
    ['  - { kind: contrarian, count: 10 }\n', ''],
    ['kind: twice', 'kind: sale'],
    ['measures: [wide]\n', ''],
    [
      '{ rule: plain, share: 2 %, wrappers: [{ wrapper: dearer, by: 10 % }] }',
      '{ rule: flat, leverage: 30 }',
    ],
    ['rung: half', 'rung: full'],
    ['{ layer: first-half }, ', ''],
  );
  writeFileSync(at('beside.yaml'), `plugins: [./own.ts]\n${text(plain)}`);
  call('run', plain, '--runs', '4', '--no-report', '--out', 'plain');
  call('run', 'beside.yaml', '--runs', '4', '--no-report', '--out', 'beside');
  expect(made('beside').results_hash).toBe(made('plain').results_hash);
});

describe('what is wrong is told at its place:', () => {
  test.each([
    ['no file', '[./none.ts]', /^bad\.yaml:5:11 {2}plugins\[0\]: there is no file \.\/none\.ts$/],
    ['no package', '[none-such]', /^bad\.yaml:5:11 {2}plugins\[0\]: .*none-such/],
    ['no code', '[./own.ts, ./broken.ts]', /plugins\[1\]: broken\.ts:1:\d+ {2}/],
    [
      'nothing in it',
      '[./own.ts, ./empty.mjs]',
      /plugins\[1\]: \.\/empty\.mjs exports nothing that defineAgent, /,
    ],
    ['a name that is taken', '[./own.ts, ./taken.mjs]', /plugins\[1\]: there is a shock sale already/],
    [
      'code that throws',
      '[./own.ts, ./throws.mjs]',
      /plugins\[1\]: \.\/throws\.mjs cannot be loaded: Error: no$/,
    ],
  ])('%s', (_, list, message) => {
    writeFileSync(at('broken.ts'), 'const = 1;');
    writeFileSync(at('empty.mjs'), 'export const a = 1;');
    writeFileSync(at('throws.mjs'), "throw new Error('no');");
    writeFileSync(
      at('taken.mjs'),
      "import { defineShock, z } from 'unwind';\nexport default defineShock({ name: 'sale', about: '', settings: z.strictObject({}), compile: () => ({}) });",
    );
    expect(refused(file('bad.yaml', ['[./own.ts]', list]))).toMatch(message);
  });

  test.each([
    ['a setting', ['share: 2 %', 'shore: 2 %'], /margin\.shore: unknown key; did you mean share\?/],
    [
      'a name',
      ['kind: contrarian', 'kind: contrarain'],
      /population\[1\]\.kind: .*did you mean contrarian\?/,
    ],
    ['a measure', ['[wide]', '[wild]'], /measures\[0\]: there is no measure wild; there are wide$/],
  ] as const)('%s', (_, change, message) => {
    expect(refused(file('bad.yaml', change))).toMatch(message);
  });
});

describe('a folder of results', () => {
  test('is read without the code', () => {
    const { code, stdout } = call('query', 'one', 'select max(widest_spread) as s from runs', '--json');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { s: number }[])[0]!.s).toBeGreaterThan(1);
    const { code: audited, stdout: found } = call('verify', 'one');
    expect(audited).toBe(0);
    expect(found).toContain('this audit knows no formula of contract mini');
  });

  test('runs code only if the user agrees, and only the same', () => {
    for (const words of [
      ['show', 'one', '--run', '0'],
      ['resume', 'one'],
    ]) {
      const { code, stderr } = call(...words);
      expect(code).toBe(1);
      expect(stderr).toContain(
        'this would run the code of ./own.ts, which own.yaml names: look at it, then agree with --plugins',
      );
    }
    expect(call('show', 'one', '--run', '0', '--plugins').code).toBe(0);
    const fork = ['fork', 'one', '--run', '0', '--at', '10s', '--change', 'engine=off'];
    expect(call(...fork).stderr).toContain('agree with --plugins');
    expect(call(...fork, '--plugins').code).toBe(0);
    const kept = text('own.ts');
    writeFileSync(at('own.ts'), kept.replace('decision.close_ppm = 500_000', 'decision.close_ppm = 400_000'));
    const { code, stderr } = call('show', 'one', '--run', '0', '--plugins');
    writeFileSync(at('own.ts'), kept);
    expect(code).toBe(1);
    expect(stderr).toContain('./own.ts has changed since it was one of those that made these results');
  });
});
