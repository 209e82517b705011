/** A replaced order keeps all its terms: it gets a new price and size, and nothing else. */
import { expect, test } from 'vitest';
import { BUY, SELL } from '../../src/market/book.ts';
import { POST_ONLY, REDUCE_ONLY } from '../../src/market/reports.ts';
import { oneExchange } from './one-exchange.ts';

test('post-only: it does not take what it is moved to, but is dropped as on its arrival', () => {
  const { exchange, open, told } = oneExchange();
  exchange.limit(0, SELL, 101, 3, 0, open(1, 3), 0, 0);
  const row = exchange.limit(0, BUY, 99, 2, 1, open(2, 2), POST_ONLY, 0);
  expect(exchange.replace(row, 101, 2)).toBe(-1);
  expect(told()).toEqual(['post_only 2 2']);
  expect(exchange.book.restingOrders).toBe(1);
});

test('post-only: through moves, changes of size and icebergs; the next order of its row is free of it', () => {
  const { exchange, open, told } = oneExchange();
  let row = exchange.limit(0, BUY, 99, 6, 1, open(2, 6), POST_ONLY, 2);
  row = exchange.replace(row, 98, 5);
  open(2, 5);
  row = exchange.replace(row, 98, 4);
  open(2, 4);
  exchange.limit(0, SELL, 101, 3, 0, open(1, 3), 0, 0);
  expect(exchange.replace(row, 102, 4)).toBe(-1);
  expect(told()).toEqual(['post_only 2 4']);
  const next = exchange.limit(0, BUY, 99, 2, 1, open(3, 2), 0, 0);
  expect(next).toBe(row);
  exchange.replace(next, 101, 2);
  expect(told()).toEqual(['trade 0 2 at 101: 1 3 0 1 cause -1']);
});

test('a stop that has become a limit order in a row that was post-only once takes', () => {
  const { exchange, open, told } = oneExchange();
  exchange.cancel(exchange.limit(0, BUY, 90, 2, 1, open(1, 2), POST_ONLY, 0), 'user');
  exchange.limit(0, SELL, 100, 1, 0, open(2, 1), 0, 0);
  exchange.market(0, BUY, 1, 2, open(3, 1), 0);
  const stop = exchange.stop(0, BUY, 100, 2, 95, 1, open(4, 2), 0);
  exchange.limit(0, SELL, 101, 5, 0, open(5, 5), 0, 0);
  told();
  exchange.replace(stop, 101, 2);
  expect(told()).toEqual(['trade 0 2 at 101: 5 4 0 1 cause -1']);
});

test('post-only in a call period: it rests and takes part; once trading goes on it is what it was', () => {
  const { exchange, open, told } = oneExchange();
  exchange.beginAuction(0, 0, Infinity);
  exchange.limit(0, SELL, 101, 3, 0, open(1, 3), 0, 0);
  let row = exchange.limit(0, BUY, 99, 2, 1, open(2, 2), POST_ONLY, 0);
  row = exchange.replace(row, 100, 2);
  exchange.uncross(0);
  expect(told()).toEqual([]);
  expect(exchange.replace(row, 101, 2)).toBe(-1);
  expect(told()).toEqual(['post_only 2 2']);
});

test('reduce-only and display, owner and tag, side and instrument', () => {
  const { exchange, open, told } = oneExchange();
  exchange.limit(0, SELL, 100, 4, 0, open(1, 4), 0, 0);
  exchange.market(0, BUY, 4, 1, open(2, 4), 0);
  let row = exchange.limit(0, SELL, 105, 4, 1, open(3, 4), REDUCE_ONLY, 1);
  open(3, 9);
  row = exchange.replace(row, 104, 9);
  expect(told().slice(1)).toEqual(['reduce_only 3 5']);
  const { open: orders } = exchange;
  expect([orders.ownerOf(row), orders.sideOf(row), orders.openLots(row)]).toEqual([1, SELL, 4]);
  expect([exchange.book.orders.tag(row), exchange.book.orders.lots(row)]).toEqual([3, 1]);
  exchange.market(0, SELL, 1, 1, open(4, 1), 0); // nobody bids
  exchange.limit(0, BUY, 103, 3, 2, open(5, 3), 0, 0);
  exchange.market(0, SELL, 3, 1, open(6, 3), 0);
  told();
  exchange.limit(0, BUY, 104, 3, 2, open(7, 3), 0, 0);
  // Of four lots one is left to reduce, and no more is sold.
  expect(told()).toEqual(['trade 0 1 at 104: 3 7 1 2 cause -1', 'reduce_only 3 3']);
});
