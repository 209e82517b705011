// Run it with: node --test my-contract.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadExperiment, simulate } from 'unwind';

// A small market: a flat book of 2 BTC at each price, and traders of no information.
const settings = {
  question: 'Is a lot of my-contract worth a tenth?',
  seed: 'my-contract',
  until: '20 s',
  runs: 1,
  plugins: ['./my-contract.ts'],
  market: {
    instruments: [
      {
        name: 'BTC',
        tick: '10 USDT',
        lot: '0.001 BTC',
        contract: 'my-contract',
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
  shock: { kind: 'sale', at: '10 s', lots: 100000 },
  policies: { plain: { margin: { rule: 'flat', leverage: 20 }, ladder: 'immediate' } },
};

test('a position in my-contract is worth a tenth, and money is conserved', () => {
  const world = simulate(loadExperiment(settings, { folder: import.meta.dirname })).run();
  const { positions } = world.account(world.largest(1)[0]);
  const [{ lots, mark, entry, notional, profit }] = positions;
  const each = (10 * 0.001) / 10; // USDT a lot and tick
  assert.ok(Math.abs(notional - lots * mark * each) < 1e-6);
  assert.ok(Math.abs(profit - lots * (mark - entry) * each) < 1e-6);
  world.assertConserved();
});
