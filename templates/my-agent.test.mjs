// Run it with: node --test my-agent.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadExperiment, simulate } from 'unwind';

// A small market: a flat book of 2 BTC at each price, and traders of no information.
const settings = {
  question: 'Does my-agent buy the dip?',
  seed: 'my-agent',
  until: '60 s',
  runs: 1,
  plugins: ['./my-agent.ts'],
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
    { kind: 'my-agent', name: 'buyers', count: 5 },
  ],
  shock: { kind: 'sale', at: '20 s', lots: 50000 },
  policies: { plain: { margin: { rule: 'flat', leverage: 20 }, ladder: 'immediate' } },
};

test('my-agent holds nothing before the fall, and buys after it', () => {
  const world = simulate(loadExperiment(settings, { folder: import.meta.dirname }));
  const { first, count } = world.groups.find(({ name }) => name === 'buyers');
  const held = () => {
    let lots = 0;
    for (let i = 0; i < count; i++) lots += world.account(first + i).positions[0]?.lots ?? 0;
    return lots;
  };
  world.run('19 s');
  assert.equal(held(), 0);
  world.run();
  assert.ok(held() > 0);
});
