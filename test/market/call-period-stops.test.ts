/** Stops that come in a call period with their price there already: they go off when the session changes. */
import { expect, test } from 'vitest';
import { BUY, SELL } from '../../src/market/book.ts';
import { BY_MARK } from '../../src/market/reports.ts';
import type { OneExchange } from './one-exchange.ts';
import { oneExchange } from './one-exchange.ts';
import { newOrder } from '../../src/market/order.ts';

/** The last trade was at 90, five lots are bid at 97, and a call period is on. */
function calling(): OneExchange {
  const market = oneExchange();
  const { exchange, open } = market;
  exchange.limit(newOrder({ side: SELL, price: 90, lots: 1, owner: 0, tag: open(1, 1) }));
  exchange.market(newOrder({ side: BUY, lots: 1, owner: 1, tag: open(2, 1) }));
  exchange.limit(newOrder({ side: BUY, price: 97, lots: 5, owner: 2, tag: open(4, 5) }));
  exchange.beginAuction(0, 0, Infinity);
  market.told();
  return market;
}

test('a stop below whose trigger the last trade was sells when the call ends, as it would have at once', () => {
  const { exchange, open, told } = calling();
  const row = exchange.stop(newOrder({ side: SELL, trigger: 95, lots: 1, owner: 3, tag: open(3, 1) }));
  expect(exchange.open.isOpen(row)).toBe(true);
  expect(told()).toEqual([]);
  exchange.uncross(0);
  expect(told()).toEqual(['triggered 3', 'trade 1 1 at 97: 4 3 2 3 cause -1']);
});

test('nothing goes off whose price is not there', () => {
  const { exchange, open, told } = calling();
  exchange.stop(newOrder({ side: SELL, trigger: 89, lots: 1, owner: 3, tag: open(3, 1) }));
  exchange.takeProfit(newOrder({ side: SELL, trigger: 91, lots: 1, owner: 3, tag: open(5, 1) }));
  exchange.stop(newOrder({ side: BUY, trigger: 91, lots: 1, owner: 3, tag: open(6, 1) }));
  exchange.uncross(0);
  expect(told()).toEqual([]);
});

test('take-profits, buyers, and stops that become limit orders: nearest first on each side, then by arrival', () => {
  const { exchange, open, told } = calling();
  exchange.stop(newOrder({ side: SELL, trigger: 91, lots: 1, price: 96, owner: 3, tag: open(3, 1) }));
  exchange.stop(newOrder({ side: SELL, trigger: 95, lots: 1, price: 96, owner: 3, tag: open(5, 1) }));
  exchange.takeProfit(newOrder({ side: SELL, trigger: 90, lots: 1, owner: 3, tag: open(6, 1) }));
  exchange.stop(newOrder({ side: BUY, trigger: 80, lots: 1, price: 50, owner: 3, tag: open(7, 1) }));
  exchange.uncross(0);
  expect(told()).toEqual([
    'triggered 7',
    'triggered 6',
    'trade 1 1 at 97: 4 6 2 3 cause -1',
    'triggered 5',
    'trade 1 1 at 97: 4 5 2 3 cause -1',
    'triggered 3',
    'trade 1 1 at 97: 4 3 2 3 cause -1',
  ]);
});

test('by the mark, too', () => {
  const { exchange, open, told } = calling();
  exchange.markMoved(0, 100);
  exchange.stop(newOrder({ side: SELL, trigger: 101, lots: 1, owner: 3, tag: open(3, 1), how: BY_MARK }));
  exchange.stop(newOrder({ side: SELL, trigger: 99, lots: 1, owner: 3, tag: open(5, 1), how: BY_MARK }));
  exchange.uncross(0);
  expect(told()).toEqual(['triggered 3', 'trade 1 1 at 97: 4 3 2 3 cause -1']);
});

test('a call period that another one follows hands its stops on: they take part there', () => {
  const { exchange, open, told } = calling();
  exchange.stop(newOrder({ side: SELL, trigger: 95, lots: 1, owner: 3, tag: open(3, 1) }));
  exchange.uncross(0, true);
  expect(told()).toEqual(['triggered 3']);
  exchange.uncross(0);
  expect(told()).toEqual(['auction 1 at 90', 'trade 1 1 at 90: 4 3 2 3 cause -1']);
});

test('a call period that begins while one is on goes over into it, with its stops', () => {
  const { exchange, open, told } = calling();
  exchange.stop(newOrder({ side: SELL, trigger: 95, lots: 1, owner: 3, tag: open(3, 1) }));
  exchange.beginAuction(0, 96, 0);
  expect(told()).toEqual(['triggered 3']);
  exchange.uncross(0);
  expect(told()).toEqual(['auction 1 at 96', 'trade 1 1 at 96: 4 3 2 3 cause -1']);
});

test('what the call’s own trades set off is not set off twice', () => {
  const { exchange, open, told } = calling();
  exchange.stop(newOrder({ side: BUY, trigger: 97, lots: 1, owner: 3, tag: open(3, 1) }));
  exchange.limit(newOrder({ side: SELL, price: 97, lots: 2, owner: 0, tag: open(5, 2) }));
  exchange.limit(newOrder({ side: SELL, price: 99, lots: 1, owner: 0, tag: open(6, 1) }));
  exchange.uncross(0);
  expect(told()).toEqual([
    'auction 2 at 97',
    'trade 1 2 at 97: 4 5 2 0 cause -1',
    'triggered 3',
    'trade 0 1 at 99: 6 3 0 3 cause -1',
  ]);
});
