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
  expect(text).toContain('* 30 depth-2-bp (depth-provider)');
  expect(text).toContain('* touch-maker: Quotes one tick round');
  expect(text).toContain('every (duration): Mean time between looks;');
  for (const { sha256 } of experiment.inputs) expect(text).toContain(sha256);
  expect(text).not.toContain('leveraged-holder');
  expect(oddOf(experiment)).toBe(text);
});
