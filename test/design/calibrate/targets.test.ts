// What is measured on the data of the project, against numbers that were counted by hand; and trades as files have them.
import { afterAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFiles } from '../../../src/experiment/data-files.ts';
import { readTrades } from '../../../src/experiment/data/trades.ts';
import { readExperiment } from '../../../src/models/experiment.ts';

const folder = mkdtempSync(join(tmpdir(), 'targets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function trades(text: string, stretch_s: number) {
  const file = join(folder, 'trades.csv');
  writeFileSync(file, text);
  return readTrades(new DataFiles(join(folder, 'experiment.yaml')), 'trades.csv', stretch_s);
}

const HEAD = 'time_ms,price_usdt,quantity_btc,taker_side\n';

describe('targets measured on', () => {
  const file = new URL('../../../experiments/calibrate.yaml', import.meta.url).pathname;
  const experiment = readExperiment(file, {
    sets: ['calibrate.targets.volatility={ measured: true, held_out: true }'],
  });
  if (experiment.model !== 'market') throw new Error('calibrate.yaml is of a market');
  const target = (name: string) => experiment.calibrate!.read.find(({ moment }) => moment === name)!;

  test('a minute of trades: 876 orders of 0.2 BTC', () => {
    expect(target('trade_rate').value).toBeCloseTo(876 / 60, 6);
    expect(target('trade_size').value).toBeCloseTo(175.154 / 876, 6);
    // Their error is that of the minute and what other minutes add.
    expect(target('trade_rate').error).toBeGreaterThan(0.5);
    expect(target('signs').value).toBeGreaterThan(0.15);
    expect(target('signs').value).toBeLessThan(0.3);
  });

  test('hourly closes: half of the weeks are above 57 % a year; bands: 277 M USDT within 1 %', () => {
    expect(target('volatility').value).toBeCloseTo(0.567, 2);
    expect(target('volatility').error).toBeCloseTo(0.5 * Math.log(0.9397 / 0.344), 1);
    expect(target('depth').value).toBe((324e6 + 230e6) / 2);
    expect(target('depth').source).toBe('data/depth_bands_btcusdt.csv');
  });
});

describe('trades', () => {
  test('of one millisecond and side are one order; prices of a second are the last before it', () => {
    const [one, two] = trades(
      `${HEAD}1000,100,1,buy\n1000,101,2,buy\n1000,100,4,sell\n2500,102,8,buy\n3200,103,1,sell\n`,
      2,
    );
    expect([...one!.trade_size]).toEqual([3, 4, 8]);
    expect([...one!.trade_sign]).toEqual([1, -1, 1]);
    expect([...one!.trade_s]).toEqual([0, 0, 1.5]);
    expect([...one!.mid]).toEqual([100, 100, 102]);
    expect(two).toBeUndefined(); // the third second is not a whole stretch
  });

  test('may have their time in seconds, and the names of columns that exchanges use', () => {
    const [one] = trades('ts_s,px,qty,side\n1,100,1,Buy\n2.5,101,1,Sell\n', 1);
    expect([...one!.trade_sign]).toEqual([1]);
  });

  test.each([
    [`${HEAD}1000,100,1,up\n`, 'trades.csv:2  needs buy or sell, got up'],
    [`${HEAD}1000,100,0,buy\n`, 'trades.csv:2  needs a quantity above 0, got 0'],
    [`${HEAD}1000,-1,1,buy\n`, 'trades.csv:2  needs a price above 0, got -1'],
    [`${HEAD}2000,100,1,buy\n1000,100,1,buy\n`, 'trades.csv:3  is earlier than the line before it'],
    ['time_ms,price,quantity\n1,2,3\n', 'needs a column taker_side'],
  ])('%j: the line that is wrong', (text, what) => {
    expect(() => trades(text, 1)).toThrow(what);
  });
});
