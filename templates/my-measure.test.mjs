// Run it with: node --test my-measure.test.mjs
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadExperiment, runExperiment } from 'unwind';

// A small market: a flat book of 2 BTC at each price, and traders of no information.
const settings = {
  question: 'Does my-measure see the spread?',
  seed: 'my-measure',
  until: '30 s',
  runs: 4,
  plugins: ['./my-measure.ts'],
  market: {
    instruments: [
      {
        name: 'BTC',
        tick: '10 USDT',
        lot: '0.001 BTC',
        price: '50000 USDT',
        book: { flat: { lots_per_tick: 2000, ticks: 2000 } },
        mark: { rule: 'mid' },
      },
    ],
    latency: { order: '2 ms', mark: '50 ms', liquidation: '20 ms', notice: '1 s' },
  },
  population: [{ kind: 'noise', count: 20 }],
  shock: { kind: 'sale', at: '10 s', lots: 200000 },
  measures: ['my-measure'],
  policies: { plain: { margin: { rule: 'flat', leverage: 20 }, ladder: 'immediate' } },
};

test('my-measure has a column, and a metric of it', async () => {
  const out = mkdtempSync(join(tmpdir(), 'my-measure-'));
  try {
    const experiment = loadExperiment(settings, { folder: import.meta.dirname });
    const results = await runExperiment(experiment, { workers: 1, out });
    const runs = (await results.table('runs')).numbers('my_measure_ticks');
    assert.equal(runs.length, 4);
    assert.ok(runs.every((ticks) => ticks >= 1));
    const mean = runs.reduce((sum, ticks) => sum + ticks, 0) / runs.length;
    assert.ok(Math.abs(results.estimate('my_measure_ticks').value - mean) < 1e-9);
  } finally {
    rmSync(out, { recursive: true });
  }
});
