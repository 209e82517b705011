/** CSV by name: series of prices in the files that exchanges publish, and what is refused, with its line. */
import { describe, expect, test } from 'vitest';
import { readPrices, stepWarning } from '../../../src/experiment/data/price-series.ts';

const read = (text: string) => readPrices('h.csv', text);
const prices = (text: string) => [...read(text).prices];

function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigError') return error.message;
    throw error;
  }
  throw new Error('it was read without an error');
}

const KLINES = 'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore'; // prettier-ignore

describe('columns by name', () => {
  test.each([
    ['unix_s,volume,close\n1546300800,5,100\n1546304400,6,101\n', [100, 101]],
    ['price,time\n100,1546300800\n101,1546304400\n', [100, 101]],
    ['Close (USDT);Time (ms)\n100.5;1546300800000\n101;1546304400000\n', [100.5, 101]],
    // Binance: klines, trades, aggTrades; before 2025 in ms, then in µs.
    [`${KLINES}\n1704067200000,1,4,1,3,9,1704070799999,0,1,0,0,0\n1704070800000,3,4,1,2,9,1704074399999,0,1,0,0,0\n`, [3, 2]], // prettier-ignore
    ['1704067200000000,1,4,1,3,9,1704070799999999,0,1,0,0,0\n1704070800000000,3,4,1,2,9,1704074399999999,0,1,0,0,0\n', [3, 2]], // prettier-ignore
    ['id,price,qty,quote_qty,time,is_buyer_maker\n7,100,1,100,1704067200000,true\n8,101,1,101,1704067200001,false\n', [100, 101]], // prettier-ignore
    ['agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n1,100,5,1,1,1704067200000,true\n2,101,5,2,2,1704067200007,true\n', [100, 101]], // prettier-ignore
    // Bybit, OKX (trades and candles), BitMEX, Deribit, Kraken (no header), Coinbase, CryptoDataDownload (Bitstamp).
    ['timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional\n1704326400.1000,BTCUSDT,Buy,0.01,42500.10,PlusTick,m,1,1,1\n1704326400.7000,BTCUSDT,Sell,0.02,42500.20,MinusTick,m,1,1,1\n', [42500.1, 42500.2]], // prettier-ignore
    ['instrument_name,trade_id,side,price,size,created_time,source\nBTC-USDT-SWAP,1,sell,104503.0,30.14,1748707200008,0\nBTC-USDT-SWAP,2,buy,104504.5,1,1748707200009,0\n', [104503, 104504.5]], // prettier-ignore
    ['instrument_name,open,high,low,close,vol,vol_ccy,vol_quote,open_time,confirm\nETH,1,2,0.5,1.5,3,0,0,1704067200000,1\nETH,1,2,0.5,1.6,3,0,0,1704067260000,1\n', [1.5, 1.6]], // prettier-ignore
    ['timestamp,symbol,side,size,price\n2024-01-01D00:00:01.000000000,XBTUSD,Buy,10,100\n2024-01-01D00:00:02.000000000,XBTUSD,Buy,10,99\n', [100, 99]], // prettier-ignore
    ['trade_id,timestamp,price,mark_price,index_price,direction,amount\n1,1704067200000,100,7,8,buy,1\n2,1704067200001,101,7,8,buy,1\n', [100, 101]], // prettier-ignore
    ['1381095240,122.0,123.0,121.0,122.5,0.1,1\n1381095300,122.5,123.5,122.0,123.5,0.1,2\n', [122.5, 123.5]],
    ['time,low,high,open,close,volume\n1704067200,1,4,2,3,9\n1704067260,1,4,3,2,9\n', [3, 2]],
    ['https://www.CryptoDataDownload.com\nunix,date,symbol,open,high,low,close,Volume BTC,Volume USD\n1646102580,2022-03-01 02:43:00,BTC/USD,1,4,1,3,0,0\n1646106180,2022-03-01 03:43:00,BTC/USD,1,4,1,2,0,0\n', [3, 2]], // prettier-ignore
  ])('%j → %j', (text, expected) => {
    expect(prices(text)).toEqual(expected);
  });

  test.each([
    ['a,b\n1,2\n', 'h.csv:1  needs a column time (time, timestamp, ts, unix, epoch, open_time …, with or without _s, _sec, _ms, _us, _ns); the header has a, b'], // prettier-ignore
    ['time,open,high\n1,2,3\n', 'the header has time, open, high'],
    ['time,price,close\n1,2,3\n', 'h.csv:1  which column is the price: price or close? Keep one of them; the header has time, price, close'], // prettier-ignore
    ['time,unix,price\n1,2,3\n', 'which column is the time: time or unix?'],
    ['time,price,price\n1,2,3\n', 'which column is the price: price or price?'],
    // Without a header only what leaves no doubt.
    ['1546300800,9,100\n', 'h.csv:1  the columns have no names; put a line above them, such as time,price'],
    ['100,1546300800\n101,1546304400\n', 'h.csv:1  the columns have no names'],
    ['1704067200,1,4,2,3,9\n1704067260,1,4,3,2,9\n', 'h.csv:1  the columns have no names'],
    ['1381095240,122.0,121.0,123.0,122.5,0.1,1\n', 'h.csv:1  is no candle'],
    // The first line is a row if it is no header: it is never lost.
    ['1546300800,100x\n1546304400,101\n', 'h.csv:1  needs a price such as 1234.5, got 100x'],
    ['x,100\n1546304400,101\n', 'h.csv:1  needs a time'],
    ['nan,nan\n1546304400,101\n', 'h.csv:1  needs a time'],
    ['time,symbol,price\n1,A,1\n2,B,1\n', 'h.csv:3  needs prices of one instrument, got B after A'],
  ])('%j: %j', (text, message) => {
    expect(refusal(text)).toContain(message);
  });
});

describe('rows and numbers', () => {
  test('byte-order mark, quotes, CRLF, comments above the header, empty lines', () => {
    const text = '\ufeff# made\r\n"time","price"\r\n1546300800,"100"\r\n\r\n  \r\n1546304400,101\r\n';
    expect(prices(text)).toEqual([100, 101]);
  });

  test.each([
    ['time,price\n1,100,5\n', 'h.csv:2  needs time,price, got 1,100,5'],
    ['time,price\n1,100\n2\n', 'h.csv:3  needs time,price, got 2'],
    ['time,price\n1,"100\n2,101\n', 'h.csv:2  a quotation mark is opened here and never closed'],
    ['time,price\n1,1"0"0\n', 'h.csv:2  a quotation mark stands inside a field'],
    ['time,price\n', 'h.csv:1  is a header only; needs rows of time,price'],
    ['', 'h.csv:1  needs rows of time,price'],
    ['# a\n\n', 'h.csv:1  needs rows of time,price'],
    ['time;price\n1;100,5\n', 'h.csv:2  needs a price such as 1234.5, got 100,5'],
    ['time,price\n1,"1,100"\n', 'h.csv:2  needs a price such as 1234.5, got 1,100'],
    ...['nan', 'inf', '-Infinity', '0x10', '1e3x', '1_000', '1 000', '١', '', 'null', '1e9999'].map((bad) => [
      `time,price\n1,${bad}\n`,
      `h.csv:2  needs a price such as 1234.5, got ${bad}`,
    ]),
    ['time,price\n1,1e999\n', 'h.csv:2  needs a price above 0, got 1e999'],
    ['time,price\n1,-5\n', 'h.csv:2  needs a price above 0, got -5'],
  ])('%j: %j', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('times', () => {
  test.each([
    ['1546300800', '1546304400', 'times in seconds'],
    ['1546300800000', '1546304400000', 'times in ms'],
    ['1546300800000000', '1546304400000000', 'times in µs'],
    ['1546300800000000000', '1546304400000000000', 'times in ns'],
    ['2019-01-01T00:00:00Z', '2019-01-01T01:00:00Z', 'times in ISO dates'],
    ['2019-01-01 08:00:00+08:00', '2019-01-01 01:00', 'times in ISO dates'],
  ])('%s, %s: %s', (first, second, words) => {
    const series = read(`time,price\n${first},100\n${second},101\n`);
    expect([...series.times]).toEqual([1546300800e6, 1546304400e6]);
    expect(series.readAs).toBe(`2 prices, price by time, ${words}, 2019-01-01 00:00:00 UTC to 2019-01-01 01:00:00 UTC, 1 h apart`); // prettier-ignore
  });

  test('numbers that are no times are only an order; a unit in the name says what they are', () => {
    expect(read('time,price\n0,100\n1,101\n').readAs).toContain('times only an order');
    expect([...read('time_ms,price\n0,100\n1,101\n').times]).toEqual([0, 1000]);
  });

  test.each([
    ['unix_ms,price\n1546300800,100\n', "h.csv:2  1546300800 looks like s since 1970, not ms, as the column's name says"], // prettier-ignore
    ['time,price\n1546300800,100\n1546304400000,101\n', 'h.csv:3  needs times in seconds like those above, got 1546304400000 (ms)'], // prettier-ignore
    ['time,price\n2024-02-30,100\n', 'got 2024-02-30'],
    ['time,price\n01/02/2024,100\n', 'got 01/02/2024'],
    ['time,price\n5,100\n5,101\n', 'h.csv:3  needs times in rising order, got 5 after 5'],
    ['time,price\n5,100\n4,101\n', 'h.csv:3  needs times in rising order, got 4 after 5; the file seems to begin with the newest: sort it by time'], // prettier-ignore
  ])('%j: %j', (text, message) => {
    expect(refusal(text)).toContain(message);
  });
});

describe('the step that a series has', () => {
  const hours = (...at: readonly number[]) =>
    read(`time,price\n${at.map((hour) => `${1546300800 + 3600 * hour},100`).join('\n')}\n`);
  const HOUR = 3600e6;

  test.each([
    [[0, 1, 2, 3], ', 1 h apart'],
    [[0, 1.001, 2, 3], ', 1 h apart'],
    [[0, 1, 2, 5], ', 1 h apart, once not'],
    [[0, 1, 1.5, 2.5, 3.5, 9], ', 1 h apart, 2 times not'],
  ])('is told, and how often it is another: hours %j: %s', (at, told) => {
    expect(hours(...at).readAs).toMatch(new RegExp(` UTC${told}$`));
  });

  test.each([
    [[0, 1, 2, 3], HOUR, undefined],
    [[0, 1, 2, 3], 60e6, 'h.csv: its prices come every 1 h, but 1 min is said to be their step'],
    [[0, 1, 2, 5], HOUR, 'h.csv: of 3 steps of 1 h, 1 longer (the longest 3 h); each counts as one step'],
    [[0, 1, 1.5, 2.5, 3.5, 9], HOUR, 'h.csv: of 5 steps of 1 h, 1 longer (the longest 330 min) and 1 shorter (the shortest 30 min); each counts as one step'], // prettier-ignore
    [[0, 1.001, 2, 3], HOUR, undefined],
  ])('prices at hours %j, a step of %d µs: %s', (at, step_us, warning) => {
    expect(stepWarning(hours(...at), step_us)).toBe(warning);
  });

  test('times that are only an order have none', () => {
    expect(stepWarning(read('time,price\n0,100\n1,101\n'), HOUR)).toBeUndefined();
  });
});
