// Run it with: node --test my-rung.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadExperiment, simulate } from 'unwind';

// A small market: a flat book of 2 BTC at each price, and traders of no information.
const settings = {
  question: 'Does my-rung close half at a time?',
  seed: 'my-rung',
  until: '60 s',
  runs: 1,
  plugins: ['./my-rung.ts'],
  market: {
    instruments: [
      {
        name: 'BTC',
        tick: '10 USDT',
        lot: '0.001 BTC',
        price: '50000 USDT',
        book: { flat: { lots_per_tick: 2000, ticks: 2000 } },
        mark: { rule: 'last' },
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
  shock: { kind: 'sale', at: '10 s', lots: 850000 },
  policies: { mine: { margin: { rule: 'flat', leverage: 12 }, ladder: [{ rung: 'my-rung' }] } },
};

test('my-rung closes half of the position, then half of the rest', () => {
  const world = simulate(loadExperiment(settings, { folder: import.meta.dirname }));
  const accounts = Array.from({ length: 100 }, (_, i) => world.groups[1].first + i);
  world.run('9 s');
  const held = new Map(accounts.map((one) => [one, world.account(one).positions[0].lots]));
  world.run();
  const closed = accounts.filter((one) => world.account(one).orders.length >= 2);
  assert.ok(closed.length > 0, 'nobody was liquidated twice');
  for (const account of closed) {
    const [first, second] = world.account(account).orders.map(({ lots }) => Math.abs(lots));
    const rest = held.get(account) - first;
    assert.ok(Math.abs(first - held.get(account) / 2) <= 1, `${first} of ${held.get(account)} lots`);
    assert.ok(Math.abs(second - rest / 2) <= 1, `${second} of ${rest} lots`);
  }
});
