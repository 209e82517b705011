/** Snapshots and bands by the names of their columns; what their numbers become, and where they would not fit. */
import { describe, expect, test } from 'vitest';
import { bench } from '../../../experiment/fixtures/experiment.ts';

const { market, errorOf, write } = bench();

const where = 'small.yaml:7:70  market.instruments[0].book.snapshot: ';

describe('a snapshot', () => {
  test.each([
    'quantity_btc,price_usdt,side\n1,100.1,bid\n2,100.3,ask\n',
    // Tardis; Kraken's names; other words for the sides.
    'exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\nb,B,1,1,true,bid,100.1,1\nb,B,1,1,true,ask,100.3,2\n', // prettier-ignore
    'side;price;volume;timestamp\nBuy;100.1;1;5\nSell;100.3;2;5\n',
    '\ufeff"side","price","size"\r\n"bid","100.10","1.000"\r\n"ask","100.30","2"\r\n',
  ])('%j', (text) => {
    write('book.csv', text);
    expect(market().venues[0]!.instruments[0]).toMatchObject({
      bids: { price: Int32Array.of(1001), lots: Int32Array.of(1000) },
      asks: { price: Int32Array.of(1003), lots: Int32Array.of(2000) },
    });
  });

  test.each([
    ['side,price_usd,quantity\nbid,1,1\n', 'book.csv:1  needs a column price (price, px, with or without _usdt); the header has side, price_usd, quantity'], // prettier-ignore
    ['side,price,quantity_usdt\nbid,1,1\n', 'needs a column quantity (quantity, qty, size, amount, volume, vol, with or without _btc)'], // prettier-ignore
    ['side,price,size,amount\nbid,1,1,1\n', 'which column is the quantity: size or amount?'],
    ['side,price,quantity\nbid,100.1,1,7\n', 'book.csv:2  needs side,price,quantity, got bid,100.1,1,7'],
    ['side,price,quantity,symbol\nbid,100.1,1,A\nask,100.2,1,B\n', 'book.csv:3  needs rows of one instrument, got B after A'], // prettier-ignore
    ['bid,1oo,1\nask,100.2,1\n', 'book.csv:1  needs a price such as 12.5, got 1oo'],
    // Whole numbers do not wrap, and fractions of a step are not lost.
    ['bid,100.1,4294967.297\nask,100.2,1\n', 'book.csv:1  needs a quantity of at most 2147483.647 (2147483647 lots), got 4294967.297; use a larger lot'], // prettier-ignore
    ['bid,100.0,3000000\nask,100.2,1\n', 'book.csv:1  needs a quantity of at most 2147483.647 (2147483647 lots), got 3000000; use a larger lot'], // prettier-ignore
    ['bid,100,1500000\nbid,99,1500000\nask,101,1\n', 'book.csv:2  needs at most 2147483647 lots of bids, got 3000000000 up to here; use a larger lot'], // prettier-ignore
    ['bid,100.0,1\nask,429496829.7,1\n', 'book.csv:2  needs a price of at most 107374182.3 (1073741823 ticks), got 429496829.7; use a larger tick'], // prettier-ignore
    ['bid,1e400,1\n', 'book.csv:1  needs a price of at most 107374182.3 (1073741823 ticks), got 1e400; use a larger tick'], // prettier-ignore
    ['bid,100.1000000000000000000000001,1\n', 'book.csv:1  needs a price that is a multiple of the tick, 0.1, got 100.1000000000000000000000001'], // prettier-ignore
  ])('%j: %j', (text, message) => {
    write('book.csv', text);
    expect(errorOf('', '')).toContain(where + (message.startsWith('book.csv') ? message : 'book.csv:1  '));
    expect(errorOf('', '')).toContain(message);
  });
});

describe('bands', () => {
  const read = (text: string) => {
    write('book.csv', 'bid,100,1\nask,102,1\n');
    write('bands.csv', text);
    const changes = ['book: { snapshot: book.csv }', 'book: { snapshot: book.csv, bands: bands.csv, spacing: 1 }'] as const; // prettier-ignore
    return { market: () => market(...changes), error: () => errorOf(...changes) };
  };

  test("of Binance's bookDepth are those with a side", () => {
    const [depth] = read(
      'timestamp,percentage,depth,notional\n2024-01-01 00:00:08,-5,9,700\n2024-01-01 00:00:08,-1.00,9,100\n2024-01-01 00:00:08,1,9,110\n2024-01-01 00:00:08,5,9,900\n',
    ).market().venues[0]!.instruments;
    const [named] = read(
      'side,within_percent,cumulative_notional_usdt\nbid,1,100\nbid,5,700\nask,1,110\nask,5,900\n',
    ).market().venues[0]!.instruments;
    expect(depth!.bids).toEqual(named!.bids);
    expect(depth!.asks).toEqual(named!.asks);
    expect(depth!.bids.price.length).toBeGreaterThan(1);
  });

  test.each([
    ['timestamp,percentage,depth,notional\n2024-01-01 00:00:08,-1,9,100\n2024-01-01 00:00:38,-1,9,100\n', 'bands.csv:3  needs the bands of one time, got 2024-01-01 00:00:38 after 2024-01-01 00:00:08'], // prettier-ignore
    ['bid,1x,100\nask,1,110\n', 'bands.csv:1  needs a percentage such as 12.5, got 1x'],
    ['bid,5,1e30\nask,5,1e30\n', 'must be at most 2147483647 lots'],
  ])('%j: %j', (text, message) => {
    expect(read(text).error()).toContain(message);
  });
});
