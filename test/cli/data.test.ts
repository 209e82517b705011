/** Data files from the command line: what a series was read as and what is odd about it, and where files may lie. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inProcess, unwindHere } from './in-process.ts';
import { withoutProgress } from './unwind.ts';

const folder = mkdtempSync(join(tmpdir(), 'unwind-data-'));
const HOUR_S = 3600;

const EXPERIMENT = `question: How much do margins swing?
seed: s
runs: 1
procyclicality:
  prices: { history: ../data/h.csv }
  step: 1 h
  burn_in: 0
  margins:
    a: { rule: ewma-var, volatility: 1 %, interval: 1 h }
`;

beforeAll(() => {
  mkdirSync(join(folder, 'mine'));
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'mine/a.yaml'), EXPERIMENT);
  const times = [0, 1, 2, 5].map((hour) => 1546300800 + hour * HOUR_S);
  const rows = times.map((time, i) => `${time},${i},${100 + i}.00${i}`);
  writeFileSync(join(folder, 'data/h.csv'), `unix_s,volume,close\n${rows.join('\n')}\n`);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a run says what it read, what is odd, and keeps both in the manifest', async () => {
  const words = ['run', 'mine/a.yaml', '--data-root', 'data', '--out', 'out', '--workers', '1'];
  const { code, stderr } = await unwindHere(words, folder);
  expect(code, stderr).toBe(0);
  const read_as = '4 prices, close by unix_s, times in seconds, 2019-01-01 00:00:00 UTC to 2019-01-01 05:00:00 UTC, 1 h apart, once not'; // prettier-ignore
  const warnings = [
    'data/h.csv: of 3 steps of 1 h, 1 longer (the longest 3 h); each counts as one step',
    '../data/h.csv: 3 of 4 prices are no multiples of the tick, 0.01; rounded',
  ];
  expect(withoutProgress(stderr).trim().split('\n')).toEqual([
    `data/h.csv: ${read_as}`,
    ...warnings.map((warning) => `warning: ${warning}`),
  ]);
  const manifest = JSON.parse(readFileSync(join(folder, 'out/manifest.json'), 'utf8')) as object;
  expect(manifest).toMatchObject({ warnings, inputs: [{}, { file: 'data/h.csv', read_as }] });
});

test.each([
  [[], /^mine\/a\.yaml:5:22 {2}procyclicality\.prices\.history: \.\.\/data\/h\.csv is outside of the experiment's folder; .*--data-root data\n$/], // prettier-ignore
  [['--data-root', 'nowhere'], /^--data-root nowhere: there is no such folder\n$/],
] as const)('%j is refused', async (options, message) => {
  const { code, stderr } = await inProcess(['run', 'mine/a.yaml', ...options], folder);
  expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
});
