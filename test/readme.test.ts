/**
 * The README's example of a trader is the file that it names, so it compiles and runs like any other kind; its picture of a
 * shock has the policies and columns that the terminal shows (its numbers: npm run readme-screen).
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readExperiment } from '../src/models/experiment.ts';

test('the trader shown in the README is agents/dip-buyer.ts', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const file = readFileSync(new URL('../agents/dip-buyer.ts', import.meta.url), 'utf8');
  const shown = /```ts\n\/\/ agents\/dip-buyer\.ts\n(.*?)```/s.exec(readme)?.[1];
  expect(file).toContain(shown);
});

test('the shock shown in the README is one of experiments/lcst.yaml, as wide as a terminal', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [title = '', ...lines] = /```text\n(.*?)```/s.exec(readme)![1]!.trimEnd().split('\n');
  const experiment = readExperiment(new URL('../experiments/lcst.yaml', import.meta.url).pathname);
  if (experiment.model !== 'market') throw new Error('lcst.yaml is of a market');
  expect(experiment.shocks.map((shock) => shock.title.replace('-', '−'))).toContain(title);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  const firstCells = lines.map((line) => /^│ (\S+)/.exec(line)?.[1]).filter((cell) => cell !== undefined);
  const policies = Object.keys(experiment.policies);
  expect(firstCells).toEqual(['policy', ...policies, 'policy', ...policies]);
  const heads = lines.filter((line) => line.includes('│ policy')).join('');
  for (const head of ['P(cascade)', 'accounts', 'share of', 'amplification', 'bad debt'])
    expect(heads).toContain(`│ ${head} `);
});
