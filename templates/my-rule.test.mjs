// Run it with: node --test my-rule.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadExperiment, simulate } from 'unwind';

// A small market: a flat book of 2 BTC at each price, and traders of no information.
const settings = {
  question: 'Does my-rule ask for its share?',
  seed: 'my-rule',
  until: '20 s',
  runs: 1,
  plugins: ['./my-rule.ts'],
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
  policies: { mine: { margin: { rule: 'my-rule', share: '4 %' }, ladder: 'immediate' } },
};

test('my-rule asks for a share of notional', () => {
  const world = simulate(loadExperiment(settings, { folder: import.meta.dirname })).run();
  const { maintenance, positions } = world.account(world.largest(1)[0]);
  const share = maintenance / positions[0].notional;
  assert.ok(Math.abs(share - 0.04) < 1e-6, `asks for ${share}`);
});
