/** The order book against its naive twin: every fill, every rest, the whole book, by fills and by hash. */
import { describe, expect, test } from 'vitest';
import { InvariantError } from '../../src/core/errors.ts';
import { createRng } from '../../src/core/rng.ts';
import { anyPrice, BUY, SELL } from '../../src/market/book.ts';
import type { Side } from '../../src/market/book.ts';
import { Digits, playScripts } from '../core/naive-script.ts';
import { addToHash, CAPACITY, Duel, fillOf, newMarket, noReach } from './duel.ts';
import { newOrder } from '../../src/market/order.ts';

describe('the engine and its naive twin agree', () => {
  test('on every fill and rest, over long scripts', () => {
    const reach = noReach();
    const played = playScripts(30, 20_000, (script) => {
      const duel = new Duel(reach);
      script.forEach((word, i) => {
        duel.step(word);
        if (i % 1000 === 0) duel.audit();
      });
      duel.finish();
    });
    // Lengths of scripts are drawn, so that a count alone would fail by chance, now and then.
    expect(played).toBeGreaterThan(100_000);
    expect(reach.commands).toBeGreaterThan(0.8 * played);
    expect(reach.fills).toBeGreaterThan(0.4 * played);
    expect(reach.self).toBeGreaterThan(1000);
    expect(reach.nobody).toBeGreaterThan(1000);
    expect(reach.refused).toBeGreaterThan(0);
    expect(reach.travel).toBeGreaterThan(5 * CAPACITY.span);
  });

  test('and after every single command all invariants hold', () => {
    const reach = noReach();
    playScripts(60, 120, (script) => {
      const duel = new Duel(reach);
      for (const word of script) {
        duel.step(word);
        duel.audit();
      }
      duel.finish();
    });
    expect(reach.commands).toBeGreaterThan(1500);
  });
});

/** A random book of one instrument, with a ring that holds all fills of a sweep. */
function randomBook(script: readonly number[]) {
  const it = newMarket({ ...CAPACITY, fills: 1024 });
  for (const word of script) {
    const digits = new Digits(word);
    const side = digits.below(2) as Side;
    const away = digits.below(8) === 0 ? digits.below(4000) : digits.below(12);
    const price = side === BUY ? 9999 - away : 10_000 + away;
    it.book.rest(
      newOrder({
        instrument: 1,
        side,
        price,
        lots: 1 + digits.below(9),
        owner: digits.below(6) - 1,
        tag: digits.below(4),
      }),
    );
  }
  return it;
}

test('a sweep in pieces of maxFills is the same as one sweep, to the byte but for the sweeps', () => {
  playScripts(200, CAPACITY.orders, (script) => {
    const digits = new Digits(script.length === 0 ? 0 : script[0]!);
    const side = digits.below(2) as Side;
    const limit = digits.below(2) === 0 ? anyPrice(side) : 10_000 + (1 - 2 * side) * digits.below(100);
    const wanted = 1 + digits.below(1500);
    const whole = randomBook(script);
    whole.book.now = 5;
    whole.book.cause = 4;
    const left = whole.book.take(newOrder({ instrument: 1, side, owner: 2, tag: 3 }), limit, wanted, 1024);
    for (const maxFills of [1, 2, 7, 64]) {
      const split = randomBook(script);
      split.book.now = 5;
      split.book.cause = 4;
      let rest = wanted;
      for (let first = -1; first < split.book.fills.count;) {
        first = split.book.fills.count;
        rest = split.book.take(newOrder({ instrument: 1, side, owner: 2, tag: 3 }), limit, rest, maxFills);
        expect(split.book.fills.count - first).toBeLessThanOrEqual(maxFills);
      }
      expect(rest).toBe(left);
      const fills = Array.from({ length: split.book.fills.count }, (_, n) => fillOf(split.book, n));
      expect(fills).toEqual(fills.map((_, n) => fillOf(whole.book, n)));
      for (const table of ['fills', 'sweeps', 'fill_cell'] as const) {
        const from = Object.entries(whole.world.tables[table]);
        const to = split.world.tables[table] as Readonly<Record<string, Int32Array | Float64Array>>;
        for (const [name, column] of from) to[name]!.set(column);
      }
      expect(split.world.hash()).toBe(whole.world.hash());
    }
  });
});

test('the ring keeps the latest fills under their numbers', () => {
  const { book } = newMarket();
  for (let n = 0; n < 200; n++) {
    book.rest(newOrder({ side: SELL, price: 100, lots: 1, tag: n }));
    book.now = n;
    expect(book.take(newOrder({ side: BUY, owner: 1 }), 100, 1, 1)).toBe(0);
  }
  expect(book.fills.count).toBe(200);
  for (let n = 200 - CAPACITY.fills; n < 200; n++)
    expect(fillOf(book, n)).toMatchObject({ time: n, makerTag: n });
});

describe('what there is to ask of a book', () => {
  test('nothing, of an empty one', () => {
    const { book } = newMarket();
    for (let i = 0; i < CAPACITY.instruments; i++) {
      expect([book.bestBid(i), book.bestAsk(i), book.lastPrice(i), book.lotsAt(i, BUY, 5)]).toEqual([
        0, 0, 0, 0,
      ]);
      book.assertUncrossed(i);
    }
    expect([book.fills.count, book.restingOrders, book.oldest(0), book.find(0, 0)]).toEqual([0, 0, -1, -1]);
    expect(book.cancelAll(0, -1)).toBe(0);
  });

  test('the lots at any price, also where the fast window has not been for long', () => {
    const { book } = newMarket();
    for (const price of [500_000, 20, 20, 500_000, 21]) book.rest(newOrder({ side: BUY, price, lots: 3 }));
    for (const price of [600_000, 700_000, 700_000]) book.rest(newOrder({ side: SELL, price, lots: 2 }));
    expect([20, 21, 22, 500_000].map((price) => book.lotsAt(0, BUY, price))).toEqual([6, 3, 0, 6]);
    expect([600_000, 650_000, 700_000].map((price) => book.lotsAt(0, SELL, price))).toEqual([2, 0, 4]);
  });

  test('the price of an order, on either side', () => {
    const { book } = newMarket();
    const rows = [1, 77, 0x3fffffff].flatMap((price) => [
      [book.rest(newOrder({ side: BUY, price, lots: 1 })), price],
      [book.rest(newOrder({ instrument: 1, side: SELL, price, lots: 1 })), price],
    ]);
    for (const [row, price] of rows) expect(book.priceOf(row!)).toBe(price);
    expect([book.bestBid(0), book.bestAsk(1)]).toEqual([0x3fffffff, 1]);
  });

  test('the oldest order with a tag, and the oldest of all', () => {
    const { book } = newMarket();
    const first = book.rest(newOrder({ side: BUY, price: 10, lots: 1, owner: 3, tag: 8 }));
    const second = book.rest(newOrder({ instrument: 1, side: SELL, price: 90, lots: 1, owner: 3, tag: 9 }));
    const third = book.rest(newOrder({ instrument: 2, side: BUY, price: 50, lots: 1, owner: 3, tag: 9 }));
    expect([book.oldest(3), book.find(3, 9), book.find(3, 7), book.find(2, 9)]).toEqual([
      first,
      second,
      -1,
      -1,
    ]);
    book.remove(second);
    expect([book.find(3, 9), book.owners.open[3]]).toEqual([third, 2]);
    expect([book.cancelAll(3, 1), book.cancelAll(3, 2), book.cancelAll(3, -1)]).toEqual([0, 1, 1]);
  });
});

test('a crossed book is said to be one', () => {
  const { book } = newMarket();
  book.rest(newOrder({ instrument: 2, side: BUY, price: 101, lots: 1 }));
  book.assertUncrossed(2);
  book.rest(newOrder({ instrument: 2, side: SELL, price: 101, lots: 1 }));
  book.assertUncrossed(1);
  expect(() => {
    book.assertUncrossed(2);
  }).toThrow(new InvariantError('book of instrument 2 is crossed: bid 101, ask 101'));
});

test.each([
  ['price 0, which means none', 0, 1],
  ['a negative price', -5, 1],
  ['a price without a key', 0x40000000, 1],
  ['a price between ticks', 10.5, 1],
  ['no price', NaN, 1],
  ['no lots', 10, 0],
  ['negative lots', 10, -1],
  ['half a lot', 10, 2.5],
])('an order with %s is a defect', (_name, price, lots) => {
  const { world, book } = newMarket();
  const hash = world.hash();
  expect(() => book.rest(newOrder({ side: BUY, price, lots, owner: 1 }))).toThrow(InvariantError);
  expect(world.hash()).toBe(hash);
});

test('the same commands give the same bytes', () => {
  const play = (): string[] => {
    const rng = createRng('the same commands');
    const { world, book } = newMarket();
    const hashes: string[] = [];
    let running = 0;
    for (let i = 0; i < 5000; i++) {
      const side = rng.below(2) as Side;
      const price = 1000 + rng.below(40) + (i >> 2);
      const first = book.fills.count;
      const left = book.take(newOrder({ side, owner: rng.below(5), tag: i }), price, 1 + rng.below(9), 64);
      if (left > 0 && book.restingOrders < 200)
        book.rest(newOrder({ side, price, lots: left, owner: rng.below(5), tag: i }));
      if (book.restingOrders === 200) book.cancelAll(rng.below(5), -1);
      for (let n = first; n < book.fills.count; n++) running = addToHash(running, fillOf(book, n));
      if (i % 1000 === 999) hashes.push(world.hash(), String(running));
    }
    return hashes;
  };
  const once = play();
  expect(play()).toEqual(once);
  expect(new Set(once).size).toBe(once.length);
});
