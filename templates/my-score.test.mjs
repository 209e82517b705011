// Run it with: node --test my-score.test.mjs
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadExperiment, runExperiment } from 'unwind';

// A small market: a flat book of 2 BTC at each price, and traders of no information.
const settings = {
  question: 'Does my-score see the fund go?',
  seed: 'my-score',
  until: '20 s',
  runs: 4,
  plugins: ['./my-score.ts'],
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
  population: [
    { kind: 'noise', count: 20 },
    {
      kind: 'leveraged-holder',
      name: 'longs',
      count: 100,
      open_interest: '200 BTC',
      params: { leverage: 10, answers: 0, reduces: 0 },
    },
  ],
  shock: { kind: 'sale', at: '5 s', lots: 2500000 },
  policies: { plain: { margin: { rule: 'flat', leverage: 12 }, ladder: 'immediate', insurance_fund: 1e4 } },
  rare: { method: 'fixed', event: 'my-score >= 50 %', levels: ['10 %', '25 %'], particles: 10 },
};

test('my-score comes to its event', async () => {
  const out = mkdtempSync(join(tmpdir(), 'my-score-'));
  try {
    const experiment = loadExperiment(settings, { folder: import.meta.dirname });
    const results = await runExperiment(experiment, { workers: 1, out });
    const { metrics } = results.cell();
    assert.ok(metrics.probability.value > 0, JSON.stringify(metrics));
  } finally {
    rmSync(out, { recursive: true });
  }
});
