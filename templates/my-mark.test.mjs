// Run it with: node --test my-mark.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadExperiment, simulate } from 'unwind';

// A small market: a flat book of 2 BTC at each price, and traders of no information.
const settings = {
  question: 'Does my-mark follow the book slowly?',
  seed: 'my-mark',
  until: '40 s',
  runs: 1,
  plugins: ['./my-mark.ts'],
  market: {
    instruments: [
      {
        name: 'BTC',
        tick: '10 USDT',
        lot: '0.001 BTC',
        price: '50000 USDT',
        book: { flat: { lots_per_tick: 2000, ticks: 2000 } },
        mark: { rule: 'my-mark', weight: '10 %', every: '1 s' },
      },
    ],
    latency: { order: '2 ms', mark: '50 ms', liquidation: '20 ms', notice: '1 s' },
  },
  population: [{ kind: 'noise', count: 20 }],
  shock: { kind: 'sale', at: '10 s', lots: 500000 },
  policies: { plain: { margin: { rule: 'flat', leverage: 20 }, ladder: 'immediate' } },
};

test('my-mark comes after the middle of the book', () => {
  const world = simulate(loadExperiment(settings, { folder: import.meta.dirname })).run('12 s');
  const { bid, ask, mark } = world.book();
  assert.ok(mark > (bid + ask) / 2 + 10, `the mark is ${mark} and the middle ${(bid + ask) / 2}`);
  world.run();
  const later = world.book();
  assert.ok(later.mark - (later.bid + later.ask) / 2 < mark - (bid + ask) / 2);
});
