// Repeated batches on real worker threads: what stops each of them depends on its runs, not on who reports first.
import { expect, test } from 'vitest';
import { readExperiment } from '../../src/models/experiment.ts';
import { unevenRuns } from '../../src/validation/uneven-runs.ts';

test('delays change the order in which batches come back, and nothing else', async () => {
  const experiment = readExperiment('experiments/validation/uneven-runs.yaml', { sets: ['runs=400'] });
  const made = (workers: number, delay_ms: number) =>
    unevenRuns(experiment, { repetitions: 5, workers, delay_ms });
  const calm = await made(1, 0);
  const shaken = await made(3, 40);
  expect(shaken.estimates).toEqual(calm.estimates);
  expect(shaken.runs).toBe(calm.runs);
  expect(calm.overtaken).toBe(0);
  expect(shaken.overtaken).toBeGreaterThan(0);
  // Some batches are enough early, some go on: the rule was at work.
  expect(calm.estimates).toHaveLength(5);
  expect(calm.runs).toBeGreaterThan(5 * 100);
  expect(calm.runs).toBeLessThan(5 * 400);
}, 60_000);
