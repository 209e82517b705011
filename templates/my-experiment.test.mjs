// Run it with: node --test my-experiment.test.mjs
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadExperiment, runExperiment } from 'unwind';

test('two runs of my-experiment are the same on one worker and on two, and somebody is liquidated', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'my-experiment-'));
  try {
    const experiment = loadExperiment(join(import.meta.dirname, 'my-experiment.yaml'), { runs: 2 });
    const one = await runExperiment(experiment, { workers: 1, out: join(folder, 'one') });
    const two = await runExperiment(experiment, { workers: 2, out: join(folder, 'two') });
    assert.equal(one.hash, two.hash);
    assert.deepEqual(one.failures, []);
    const runs = await one.table('runs');
    assert.ok(runs.numbers('accounts').some((accounts) => accounts > 0));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
