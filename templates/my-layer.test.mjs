// Run it with: node --test my-layer.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadExperiment, simulate } from 'unwind';

// A small market: a flat book of 2 BTC at each price, and traders of no information.
const settings = {
  question: 'Does my-layer pay its share?',
  seed: 'my-layer',
  until: '40 s',
  runs: 1,
  plugins: ['./my-layer.ts'],
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
  shock: { kind: 'sale', at: '10 s', lots: 2500000 },
  policies: {
    nobody: {
      margin: { rule: 'flat', leverage: 12 },
      ladder: 'immediate',
      waterfall: [{ layer: 'write-off' }],
      insurance_fund: 1e6,
    },
    mine: {
      margin: { rule: 'flat', leverage: 12 },
      ladder: 'immediate',
      waterfall: [{ layer: 'my-layer', share: '50 %' }, { layer: 'write-off' }],
      insurance_fund: 1e6,
    },
  },
};

test('my-layer has the fund pay, and no more than it has', () => {
  const experiment = loadExperiment(settings, { folder: import.meta.dirname });
  const [nobody, mine] = ['nobody', 'mine'].map((policy) => {
    const world = simulate(experiment, { policy }).run();
    world.assertConserved();
    return world.moment().fund;
  });
  assert.ok(mine < nobody, `the fund has ${mine}, and ${nobody} where nobody pays`);
  assert.ok(mine >= 0);
});
