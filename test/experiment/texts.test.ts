/** Seeds and names are the characters as they are written, in the file and on the command line, whatever YAML takes them for. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../cli/unwind.ts';
import { bench } from './fixtures/experiment.ts';

const { errorOf, read, market } = bench();

const WRITTEN = [
  '12345678901234567890',
  '12345678901234567891',
  '0x10',
  '1e3',
  '1_000',
  '007',
  'true',
  'null',
  '2024-01-01',
  '-0',
  '1.0',
  '0o7',
  '.nan',
  '~',
];

test.each(WRITTEN)('the seed %s is itself in the file, quoted or not, by --set and by --seed', (seed) => {
  expect(read('seed: s', `seed: ${seed}`).seed).toBe(seed);
  expect(read('seed: s', `seed: '${seed}'`).seed).toBe(seed);
  expect(read('', '', { sets: [`seed=${seed}`] }).seed).toBe(seed);
  expect(read('', '', { seed }).seed).toBe(seed);
});

test('a seed keeps its spaces and signs on the command line', () => {
  for (const seed of [' 5 ', "'5'", '"x"', 'a #b', '[1]', '*x', 'é\u2028\ud83d\ude00', '\\n'])
    expect(read('', '', { seed }).seed).toBe(seed);
});

test('what has no characters is no text', () => {
  expect(errorOf('seed: s', 'seed:')).toBe('small.yaml:2:6  seed: needs a text or a number, got nothing');
  expect(errorOf('seed: s', 'seed: [1]')).toBe('small.yaml:2:7  seed: needs a text or a number, got [1]');
  expect(errorOf('question: Does it hold?', 'question:')).toContain('question: needs a text, got nothing');
});

test('names are the characters as they are written', () => {
  expect(market('name: BTC, tick: 0.1 USDT', 'name: 007, tick: 0.1').venues[0]!.instruments[0]!.name).toBe(
    '007',
  );
  expect(Object.keys(market('  flat: {', '  1e3: {').policies)).toEqual(['1e3', 'tiers']);
  expect(market('question: Does it hold?', 'question: 0x7E8').question).toBe('0x7E8');
});

test('an instrument is found by the characters of its name', () => {
  const sets = ['market.instruments[0].name=1e3', 'shock.instrument=1e3', 'population[1].instrument=1e3'];
  expect(market('', '', { sets }).venues[0]!.instruments.map(({ name }) => name)).toEqual(['1e3']);
  expect(errorOf('', '', { sets: [...sets.slice(0, 1), 'shock.instrument=1000'] })).toContain(
    'shock.instrument',
  );
});

test('the manifest says the characters, and the file and the command line give one run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unwind-texts-'));
  const walk = (seed: string) =>
    `question: q\nseed: ${seed}\nruns: 1\nrandom_walk: { up: 0.3, start: 1 }\n` +
    'rare: { event: 3, method: fixed, particles: 8, levels: { every: 1 } }\n';
  writeFileSync(join(folder, 'one.yaml'), walk('12345678901234567890'));
  writeFileSync(join(folder, 'other.yaml'), walk('5'));
  const hashes = (
    [
      ['one.yaml'],
      ['other.yaml', '--seed', '12345678901234567890'],
      ['other.yaml', '--set', 'seed=12345678901234567890'],
      ['other.yaml', '--seed', '12345678901234567891'],
    ] as const
  ).map((words, i) => {
    const { stderr, status } = spawnSync(
      process.execPath,
      [main, 'run', ...words, '--no-report', '--out', `o${i}`],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect([status, stderr.includes('Error')]).toEqual([0, false]);
    return JSON.parse(readFileSync(join(folder, `o${i}`, 'manifest.json'), 'utf8')) as {
      seed: string;
      results_hash: string;
    };
  });
  rmSync(folder, { recursive: true });
  expect(hashes.map(({ seed }) => seed)).toEqual([
    '12345678901234567890',
    '12345678901234567890',
    '12345678901234567890',
    '12345678901234567891',
  ]);
  const [one, two, three, other] = hashes.map((manifest) => manifest.results_hash);
  expect([two, three]).toEqual([one, one]);
  expect(other).not.toBe(one);
});

test('folders and policies whose names look like numbers are what was typed', () => {
  const { stderr } = spawnSync(process.execPath, [main, 'run', '1e3'], { encoding: 'utf8' });
  expect(stderr).toContain('1e3');
  expect(stderr).not.toContain('1000');
});
