/** First books: a real snapshot continued to measured depth, and flat ones. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { MarketExperiment } from '../../../../src/models/experiment.ts';
import { readExperiment } from '../../../../src/models/experiment.ts';
import type { Levels } from '../../../../src/sim/scenario/scenario.ts';
import { bench } from '../../../experiment/fixtures/experiment.ts';
import { tickLotOf } from '../../../contracts/tick-lot.ts';

const { market, write } = bench();

/** Levels as `price lots`, best first. */
const drawn = ({ price, lots }: Levels) => [...price].map((ticks, i) => `${ticks} ${lots[i]!}`);

describe('the real book of the stress test', () => {
  const lcst = readExperiment('experiments/bench.yaml') as MarketExperiment;
  const [{ bids, asks, contract }] = lcst.venues[0]!.instruments as [
    MarketExperiment['venues'][number]['instruments'][number],
  ];
  const value = tickLotOf(contract) / lcst.quantaPerUnit;
  const middle = (bids.price[0]! + asks.price[0]!) / 2;

  /** Money within a share of the middle, and the largest amount at one price. */
  function depth({ price, lots }: Levels, within: number): { sum: number; largest: number } {
    let sum = 0;
    let largest = 0;
    price.forEach((ticks, i) => {
      if (Math.abs(ticks / middle - 1) > within) return;
      sum += ticks * lots[i]! * value;
      // What was read from the snapshot is no step of the continuation.
      if (i >= 1000) largest = Math.max(largest, ticks * lots[i]! * value);
    });
    return { sum, largest };
  }

  test('begins with the snapshot as it was', () => {
    expect(drawn(bids).slice(0, 3)).toEqual(['618002 2909', '618001 696', '618000 20004']);
    expect(drawn(asks)[0]).toBe('618003 1072');
    expect(middle).toBe(618_002.5);
  });

  const bands = readFileSync('experiments/data/depth_bands_btcusdt.csv', 'utf8').trim().split('\n').slice(1);
  test.each(bands.map((line) => line.split(',') as [string, string, string]))(
    '%ss within %s %% of the middle are worth %s USDT, to within one level',
    (side, percent, notional) => {
      const { sum, largest } = depth(side === 'bid' ? bids : asks, Number(percent) / 100);
      expect(Math.abs(sum - Number(notional))).toBeLessThan(largest);
    },
  );

  test('holds about 24 M USDT a side in the snapshot, its first 0.25 %', () => {
    const snapshot = ({ price, lots }: Levels) => ({
      price: price.slice(0, 1000),
      lots: lots.slice(0, 1000),
    });
    expect(depth(snapshot(bids), 1).sum / 1e6).toBeCloseTo(24.5, 1);
    expect(depth(snapshot(asks), 1).sum / 1e6).toBeCloseTo(23.8, 1);
    expect(bids.price[999]! / middle).toBeCloseTo(0.9976, 4);
    expect(asks.price[999]! / middle).toBeCloseTo(1.0028, 4);
  });

  test('goes on to 10 % with the density of the last band', () => {
    expect(bids.price.at(-1)! / middle).toBeCloseTo(0.9, 4);
    expect(asks.price.at(-1)! / middle).toBeCloseTo(1.1, 4);
    const beyond = depth(bids, 0.1).sum - depth(bids, 0.05).sum;
    expect(beyond / 1e6).toBeCloseTo(5 * (1203 - 1121), 0);
    expect((depth(asks, 0.1).sum - depth(asks, 0.05).sum) / 1e6).toBeCloseTo(5 * (721 - 615), 0);
  });

  test('has falling bids, rising asks and no empty level', () => {
    expect([...bids.price]).toEqual([...new Set(bids.price)].sort((a, b) => b - a));
    expect([...asks.price]).toEqual([...new Set(asks.price)].sort((a, b) => a - b));
    expect(Math.min(...bids.lots, ...asks.lots)).toBeGreaterThan(0);
  });

  test('scales open interest to its depth within 5 %', () => {
    const lots = ({ price, lots: at }: Levels) =>
      price.reduce((sum, ticks, i) => sum + (Math.abs(ticks - 618_003) <= 0.05 * 618_003 ? at[i]! : 0), 0);
    const scaled = readExperiment('experiments/bench.yaml', {
      sets: ['population.4.open_interest=1.2 depths'],
    }) as MarketExperiment;
    expect(scaled.groups[4]!.totalSize).toBe(Math.round((1.2 * (lots(bids) + lots(asks))) / 2));
  });
});

test('what a band misses is spread evenly over the prices that it adds', () => {
  write('book.csv', 'bid,100,1\nask,102,1\n');
  // The middle is 101; 5 % below it is 95.95: prices 99 … 96 share 400 − 100 money, 75 each.
  write('bands.csv', 'bid,5,400\nask,5,110\n');
  const { instruments } = market(
    'tick: 0.1 USDT, lot: 0.001 BTC, book: { snapshot: book.csv }',
    'tick: 1, lot: 0.01 BTC, book: { snapshot: book.csv, bands: bands.csv, spacing: 1 }',
  ).venues[0]!;
  expect(drawn(instruments[0]!.bids)).toEqual(['100 100', '99 76', '98 76', '97 78', '96 78']);
  // 8 money over 103 … 106: two each, in lots of about one money.
  expect(drawn(instruments[0]!.asks)).toEqual(['102 100', '103 2', '104 2', '105 2', '106 2']);
});

test('a band that ends inside the snapshot leaves it as it is', () => {
  write('book.csv', 'bid,100,1\nbid,90,1\nask,102,1\nask,111,1\n');
  write('bands.csv', 'bid,1,5\nbid,15,600\nask,1,5\nask,15,600\n');
  const { instruments } = market(
    'tick: 0.1 USDT, lot: 0.001 BTC, book: { snapshot: book.csv }',
    'tick: 1, lot: 0.1 BTC, book: { snapshot: book.csv, bands: bands.csv, spacing: 2 }',
  ).venues[0]!;
  expect(drawn(instruments[0]!.bids)).toEqual(['100 10', '90 10', '88 23', '86 24']);
});

test('a flat book lies one tick off the price on both sides', () => {
  const { instruments } = market(
    'book: { snapshot: book.csv }',
    'price: 10 USDT, book: { flat: { lots_per_tick: 5, ticks: 3 } }',
  ).venues[0]!;
  expect(instruments[0]).toMatchObject({ price: 100 });
  expect(drawn(instruments[0]!.bids)).toEqual(['99 5', '98 5', '97 5']);
  expect(drawn(instruments[0]!.asks)).toEqual(['101 5', '102 5', '103 5']);
});

test('without a book there is the price alone', () => {
  const { instruments } = market('book: { snapshot: book.csv }', 'price: 10 USDT').venues[0]!;
  expect(instruments[0]).toMatchObject({ price: 100 });
  expect(drawn(instruments[0]!.bids)).toEqual([]);
});
