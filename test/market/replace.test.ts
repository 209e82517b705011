/** A replaced order keeps all its terms: it gets a new price and size, and nothing else. */
import { expect, test } from 'vitest';
import { BUY, SELL } from '../../src/market/book.ts';
import { POST_ONLY, REDUCE_ONLY } from '../../src/market/reports.ts';
import { oneExchange } from './one-exchange.ts';
import { newOrder } from '../../src/market/order.ts';

test('post-only: it does not take what it is moved to, but is dropped as on its arrival', () => {
  const { exchange, open, told } = oneExchange();
  exchange.limit(newOrder({ side: SELL, price: 101, lots: 3, owner: 0, tag: open(1, 3) }));
  const row = exchange.limit(
    newOrder({ side: BUY, price: 99, lots: 2, owner: 1, tag: open(2, 2), how: POST_ONLY }),
  );
  expect(exchange.replace(row, 101, 2)).toBe(-1);
  expect(told()).toEqual(['post_only 2 2']);
  expect(exchange.book.restingOrders).toBe(1);
});

test('post-only: through moves, changes of size and icebergs; the next order of its row is free of it', () => {
  const { exchange, open, told } = oneExchange();
  let row = exchange.limit(
    newOrder({ side: BUY, price: 99, lots: 6, owner: 1, tag: open(2, 6), how: POST_ONLY, display: 2 }),
  );
  row = exchange.replace(row, 98, 5);
  open(2, 5);
  row = exchange.replace(row, 98, 4);
  open(2, 4);
  exchange.limit(newOrder({ side: SELL, price: 101, lots: 3, owner: 0, tag: open(1, 3) }));
  expect(exchange.replace(row, 102, 4)).toBe(-1);
  expect(told()).toEqual(['post_only 2 4']);
  const next = exchange.limit(newOrder({ side: BUY, price: 99, lots: 2, owner: 1, tag: open(3, 2) }));
  expect(next).toBe(row);
  exchange.replace(next, 101, 2);
  expect(told()).toEqual(['trade 0 2 at 101: 1 3 0 1 cause -1']);
});

test('a stop that has become a limit order in a row that was post-only once takes', () => {
  const { exchange, open, told } = oneExchange();
  exchange.cancel(
    exchange.limit(newOrder({ side: BUY, price: 90, lots: 2, owner: 1, tag: open(1, 2), how: POST_ONLY })),
    'user',
  );
  exchange.limit(newOrder({ side: SELL, price: 100, lots: 1, owner: 0, tag: open(2, 1) }));
  exchange.market(newOrder({ side: BUY, lots: 1, owner: 2, tag: open(3, 1) }));
  const stop = exchange.stop(
    newOrder({ side: BUY, trigger: 100, lots: 2, price: 95, owner: 1, tag: open(4, 2) }),
  );
  exchange.limit(newOrder({ side: SELL, price: 101, lots: 5, owner: 0, tag: open(5, 5) }));
  told();
  exchange.replace(stop, 101, 2);
  expect(told()).toEqual(['trade 0 2 at 101: 5 4 0 1 cause -1']);
});

test('post-only in a call period: it rests and takes part; once trading goes on it is what it was', () => {
  const { exchange, open, told } = oneExchange();
  exchange.beginAuction(0, 0, Infinity);
  exchange.limit(newOrder({ side: SELL, price: 101, lots: 3, owner: 0, tag: open(1, 3) }));
  let row = exchange.limit(
    newOrder({ side: BUY, price: 99, lots: 2, owner: 1, tag: open(2, 2), how: POST_ONLY }),
  );
  row = exchange.replace(row, 100, 2);
  exchange.uncross(0);
  expect(told()).toEqual([]);
  expect(exchange.replace(row, 101, 2)).toBe(-1);
  expect(told()).toEqual(['post_only 2 2']);
});

test('reduce-only and display, owner and tag, side and instrument', () => {
  const { exchange, open, told } = oneExchange();
  exchange.limit(newOrder({ side: SELL, price: 100, lots: 4, owner: 0, tag: open(1, 4) }));
  exchange.market(newOrder({ side: BUY, lots: 4, owner: 1, tag: open(2, 4) }));
  let row = exchange.limit(
    newOrder({ side: SELL, price: 105, lots: 4, owner: 1, tag: open(3, 4), how: REDUCE_ONLY, display: 1 }),
  );
  open(3, 9);
  row = exchange.replace(row, 104, 9);
  expect(told().slice(1)).toEqual(['reduce_only 3 5']);
  const { open: orders } = exchange;
  expect([orders.ownerOf(row), orders.sideOf(row), orders.openLots(row)]).toEqual([1, SELL, 4]);
  expect([exchange.book.orders.tag(row), exchange.book.orders.lots(row)]).toEqual([3, 1]);
  exchange.market(newOrder({ side: SELL, lots: 1, owner: 1, tag: open(4, 1) })); // nobody bids
  exchange.limit(newOrder({ side: BUY, price: 103, lots: 3, owner: 2, tag: open(5, 3) }));
  exchange.market(newOrder({ side: SELL, lots: 3, owner: 1, tag: open(6, 3) }));
  told();
  exchange.limit(newOrder({ side: BUY, price: 104, lots: 3, owner: 2, tag: open(7, 3) }));
  // Of four lots one is left to reduce, and no more is sold.
  expect(told()).toEqual(['trade 0 1 at 104: 3 7 1 2 cause -1', 'reduce_only 3 3']);
});
