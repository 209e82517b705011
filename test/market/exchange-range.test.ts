/** Large auctions, and markets that move far: what they cost does not depend on how far apart prices are. */
import { expect, test } from 'vitest';
import { World } from '../../src/core/world.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Side } from '../../src/market/book.ts';
import { exchangeSchema } from '../../src/market/exchange-schema.ts';
import { Exchange } from '../../src/market/exchange.ts';
import { EngineListener } from './listener.ts';
import { newOrder } from '../../src/market/order.ts';

class Quiet extends EngineListener {
  fills = 0;
  lots = 0;

  override traded(_instrument: number, from: number, to: number): void {
    this.fills += to - from;
  }

  override auction(_instrument: number, _price: number, lots: number): void {
    this.lots += lots;
  }

  override cancelled(): void {
    // Of no interest here.
  }
}

function exchangeOf(orders: number, span: number): { exchange: Exchange; says: Quiet } {
  const capacity = { instruments: 1, orders, terms: 1024, owners: 1, span, fills: 1024 };
  const says = new Quiet({});
  const { tables } = new World(exchangeSchema(capacity));
  const exchange = new Exchange(tables, capacity, [{ selfTrade: 'none' }], says);
  exchange.reset();
  return { exchange, says };
}

test.each([
  ['close together', 2000],
  ['a million ticks apart', 1_000_000],
])('an auction of 300,000 orders %s takes no longer than a moment', (_name, width) => {
  const { exchange, says } = exchangeOf(300_000, 16_384);
  const rng = createRng('a large auction');
  exchange.beginAuction(0, 0, 0);
  for (let i = 0; i < 300_000; i++) {
    const price = 1_000_000 + rng.below(width);
    exchange.limit(newOrder({ side: (i & 1) as Side, price, lots: 1 + rng.below(9), tag: i }));
  }
  const start = performance.now();
  exchange.uncross(0);
  const ms = performance.now() - start;
  exchange.book.assertUncrossed(0);
  expect(says.fills).toBeGreaterThan(100_000);
  expect(says.lots).toBeGreaterThan(300_000);
  expect(ms).toBeLessThan(3000);
  let levels = 0;
  for (const side of [0, 1] as const) exchange.level(0, side, () => levels++);
  expect(levels).toBeGreaterThan(1000);
});

test('a market that falls by 90 % neither fails nor slows', () => {
  const { exchange, says } = exchangeOf(4096, 1024);
  const { book } = exchange;
  const START = 1_000_000;
  const RUNG = 90;
  const times: number[] = [];
  for (let tenth = 0; tenth < 10; tenth++) {
    const start = performance.now();
    for (let step = 0; step < 1000; step++) {
      const middle = START - (tenth * 1000 + step) * RUNG;
      for (let level = 1; level <= 8; level++) {
        exchange.limit(newOrder({ side: 0, price: middle - 10 * level, lots: 2 }));
        exchange.limit(newOrder({ side: 1, price: middle + 10 * level, lots: 2 }));
      }
      exchange.market(newOrder({ side: 1, lots: 17 }));
      // Offers that the market has left behind are taken back, as makers do.
      for (let stale = book.restingOrders; stale > 2000; stale--) {
        exchange.cancel(book.ladder.firstAtBest(1), 'user');
      }
    }
    times.push(performance.now() - start);
  }
  expect(book.lastPrice(0)).toBeLessThan(START / 9);
  expect(says.fills).toBe(80_000);
  expect(Math.min(...times.slice(5))).toBeLessThan(5 * Math.min(...times.slice(0, 5)));
});
