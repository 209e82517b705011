// Run it with: node --test my-shock.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadExperiment, simulate } from 'unwind';

// A small market: a flat book of 2 BTC at each price, and traders of no information.
const settings = {
  question: 'Does my-shock press the price?',
  seed: 'my-shock',
  until: '30 s',
  runs: 1,
  plugins: ['./my-shock.ts'],
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
  shock: { kind: 'my-shock', at: '10 s', lots: 200000 },
  policies: { plain: { margin: { rule: 'flat', leverage: 20 }, ladder: 'immediate' } },
};

test('my-shock sells three times', () => {
  const world = simulate(loadExperiment(settings, { folder: import.meta.dirname }));
  assert.equal(world.shock_us, 10e6);
  const bids = ['9 s', '10500 ms', '11500 ms', '12500 ms'].map((time) => world.run(time).book().bid);
  for (let i = 1; i < bids.length; i++) assert.ok(bids[i] < bids[i - 1] - 50, `bids were ${bids.join(', ')}`);
});
