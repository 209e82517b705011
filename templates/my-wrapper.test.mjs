// Run it with: node --test my-wrapper.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadExperiment, simulate } from 'unwind';

// A small market: a flat book of 2 BTC at each price, and traders of no information.
const settings = {
  question: 'Does my-wrapper ask for more?',
  seed: 'my-wrapper',
  until: '20 s',
  runs: 1,
  plugins: ['./my-wrapper.ts'],
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
  policies: {
    plain: { margin: { rule: 'flat', leverage: 20 }, ladder: 'immediate' },
    wrapped: {
      margin: { rule: 'flat', leverage: 20, wrappers: [{ wrapper: 'my-wrapper', by: '20 %' }] },
      ladder: 'immediate',
    },
  },
};

test('my-wrapper asks for a share more of the same position', () => {
  const experiment = loadExperiment(settings, { folder: import.meta.dirname });
  const [plain, wrapped] = ['plain', 'wrapped'].map((policy) => {
    const world = simulate(experiment, { policy }).run('1 s');
    return world.account(world.groups[1].first).maintenance;
  });
  assert.ok(Math.abs(wrapped / plain - 1.2) < 1e-6, `asks for ${wrapped / plain} times as much`);
});
