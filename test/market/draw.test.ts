/** Books that a trader can read. */
import { describe, expect, test } from 'vitest';
import { market } from './draw.ts';

test('the better price trades first, and at one price the older order', () => {
  const it = market(`
    price   bids      asks
    102               A3
    101               B2 C4
    100     D5
     99     A1 B1 C1
  `);
  expect(it.buy(7, 'E')).toBe(0);
  expect(it.trades()).toEqual([
    '2 at 101: E buys from B',
    '4 at 101: E buys from C',
    '1 at 102: E buys from A',
  ]);
  expect(it.sell(7)).toBe(0);
  expect(it.trades().slice(3)).toEqual([
    '5 at 100: nobody sells to D',
    '1 at 99: nobody sells to A',
    '1 at 99: nobody sells to B',
  ]);
  expect(it.drawn()).toBe(`
    price   bids      asks
    102               A2
     99     C1
  `);
});

test('a partly filled order keeps its place, one that comes back loses it', () => {
  const it = market(`
    price   bids   asks
    100     A5 B5
  `);
  it.sell(3);
  expect(it.drawn()).toBe(`
    price   bids   asks
    100     A2 B5
  `);
  it.cancel('A');
  it.bid(2, 100, 'A');
  expect(it.drawn()).toBe(`
    price   bids   asks
    100     B5 A2
  `);
});

test('a market order in an empty book trades nothing and leaves nothing', () => {
  const it = market(`
    price   bids   asks
    100     5
  `);
  expect(it.buy(4)).toBe(4);
  expect(it.sell(9)).toBe(4);
  expect(it.sell(9)).toBe(9);
  expect(it.trades()).toEqual(['5 at 100: nobody sells to nobody']);
  expect([it.book.bestBid(0), it.book.bestAsk(0), it.book.lastPrice(0)]).toEqual([0, 0, 100]);
  expect(it.drawn()).toBe(`
    price   bids   asks
  `);
});

test('a limit order takes what it crosses, up to its price, and rests with what is left', () => {
  const it = market(`
    price   bids   asks
    103            5
    102            5
    101            5
    100     5
     99     5
  `);
  it.bid(12, 102, 'A');
  expect(it.drawn()).toBe(`
    price   bids   asks
    103            5
    102     A2
    100     5
     99     5
  `);
  it.ask(3, 100, 'B');
  expect(it.drawn()).toBe(`
    price   bids   asks
    103            5
    100     4
     99     5
  `);
});

test('a price far from the market is drawn, and traded, like any other', () => {
  const it = market(`
    price   bids   asks
    90000          A1
    50000          5
    49999   5
        1   B2 3
  `);
  it.sell(8, 'C');
  it.buy(6, 'C');
  expect(it.trades().slice(1)).toEqual([
    '2 at 1: C sells to B',
    '1 at 1: C sells to nobody',
    '5 at 50000: C buys from nobody',
    '1 at 90000: C buys from A',
  ]);
  it.ask(1, 7, 'D');
  expect(it.drawn()).toBe(`
    price   bids   asks
        7          D1
        1   2
  `);
});

describe('the drawing', () => {
  test('gives back what it was given', () => {
    const text = `
      price   bids        asks
      12345               1 A2 33 Z4
         99   5 B6 7 C8
          1   9
    `;
    expect(market(text).drawn()).toBe(text);
  });

  test.each([
    ['without its header', '\n 100  5\n', 'needs the header'],
    ['with text before it', 'so\n price bids asks\n', 'on lines of their own'],
    ['with a row too many', '\n price bids asks\n 100   5', 'on lines of their own'],
    ['with wide bids', '\n price bids asks\n 100   5 5 A55\n', 'bids run into the asks'],
    ['with a word for an order', '\n price bids asks\n 100   many\n', '"many" is no order'],
    ['with a crossed book', '\n price bids asks\n 100   5\n 99         5\n', 'is crossed: bid 100, ask 99'],
  ])('%s is refused', (_name, text, message) => {
    expect(() => market(text)).toThrow(message);
  });
});
