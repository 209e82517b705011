// The description follows from the declarations: each kind in use, each group, each file, and nothing of others.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readExperiment } from '../../src/models/experiment.ts';
import type { MarketExperiment } from '../../src/models/experiment.ts';
import { oddOf } from '../../src/lab/odd.ts';
import { EXPERIMENTS } from '../../src/experiment/package-folder.ts';

test('market.yaml by the ODD protocol', () => {
  const experiment = readExperiment(join(EXPERIMENTS, 'market.yaml')) as MarketExperiment;
  const text = oddOf(experiment);
  expect(text.match(/^## .*$/gm)).toEqual([
    '## Purpose and patterns',
    '## Entities, state variables and scales',
    '## Process overview and scheduling',
    '## Design concepts',
    '## Initialization',
    '## Input data',
    '## Submodels',
  ]);
  expect(text).toContain(experiment.question);
  expect(text).toContain(
    '* 30 depth-2-bp (depth-provider): every 60 ms; near 0.008 %; far 0.05 %; bid 110 k USDT;',
  );
  expect(text).toContain('* touch-maker: Quotes one tick round');
  expect(text).toContain('Source: M. Avellaneda, S. Stoikov');
  expect(text).toContain('Trader metaorder: an account, and remembers left, sign, mean.');
  for (const { sha256 } of experiment.inputs) expect(text).toContain(sha256);
  expect(text).not.toContain('leveraged-holder');
  expect(oddOf(experiment)).toBe(text);
});

test('laws of parameters, forks, rules and conditions of an experiment with leverage', () => {
  const text = oddOf(readExperiment(join(EXPERIMENTS, 'lcst.yaml')) as MarketExperiment);
  expect(text).toContain('leverage lognormal, mean of log 2.5, sd of log 0.7 from 1 to 100;');
  expect(text).toContain('entry normal, mean 0 %, sd 2 % from -6 % to 6 %;');
  expect(text).toContain('Meet margin, and can be liquidated: touch-maker, leveraged-holder.');
  expect(text).toContain('a cascade is counted where caused_drop >= 3 %;');
  expect(text).toMatch(
    /Policy var-floor: ewma-var: Value at risk .* floor: The requirement never .* call: Tells the trader/,
  );
  expect(text).not.toContain('undefined');
});
