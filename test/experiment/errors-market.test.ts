/** Mistakes in the market and in the data files of an experiment. */
import { beforeEach, describe, expect, test } from 'vitest';
import { bench } from './fixtures/experiment.ts';

const { errorOf, write, reset } = bench();
beforeEach(reset);

type Case = readonly [from: string, to: string, message: string];

describe('the market', () => {
  const where = 'market.instruments[0]';
  test.each<Case>([
    ['tick: 0.1 USDT, ', '', `small.yaml:7:7  ${where}.tick: missing, needs a number or a text`],
    [
      'tick: 0.1 USDT',
      'tick: 0.1 USD',
      `small.yaml:7:26  ${where}.tick: needs an amount of USDT, got 0.1 USD`,
    ],
    [
      'lot: 0.001 BTC',
      'lot: 0.001 BTC, index: { common: { correlation: 1.2 } }',
      `small.yaml:7:84  ${where}.index.common.correlation: needs a number of at least -1 and at most 1, got 1.2`,
    ],
    [
      'lot: 0.001 BTC',
      'lot: 0.001 BTC, index: { every: 1 min, jumps: { rate: 1 per min, size: 1 % } }',
      `small.yaml:7:90  ${where}.index.jumps.rate: more than 0.1 jumps between two steps of the price: a smaller rate, or a shorter \`every\``,
    ],
    [
      'lot: 0.001 BTC',
      'lot: 0.001 BTC, fees: { maker: 0.00005 % }',
      `small.yaml:7:67  ${where}.fees.maker: needs a multiple of 0.0001 % from -10 % to 10 %, got 0.00005 %`,
    ],
    [
      'lot: 0.001 BTC',
      'lot: 0.001 BTC, collars: { static: 120 % }',
      `small.yaml:7:71  ${where}.collars.static: must be at least 0 and at most 1, got 120 %`,
    ],
    [
      'lot: 0.001 BTC',
      'lot: 0.001 BTC, halt: { move: 5 %, makers: { size: 0.0005 BTC } }',
      `small.yaml:7:87  ${where}.halt.makers.size: needs a multiple of the lot, got 0.0005 BTC`,
    ],
    [
      'flat: { margin: { rule: flat, leverage: 10 } }',
      'flat: { margin: { rule: flat, leverage: 10 }, trading: { fees: { taker: 1 USDT } } }',
      'small.yaml:16:75  policies.flat.trading.fees.taker: needs a share such as 0.05 or 5 %, got 1 USDT',
    ],
    [
      'flat: { margin: { rule: flat, leverage: 10 } }',
      'flat: { margin: { rule: flat, leverage: 10 }, trading: { matching: { batch: 0 s } } }',
      'small.yaml:16:79  policies.flat.trading.matching.batch: must be at least 1 us and at most 3650 d, got 0 s',
    ],
    [
      'flat: { margin: { rule: flat, leverage: 10 } }',
      'flat: { margin: { rule: flat, leverage: 10 }, venue: { fees: { taker: 1 % } } }',
      'small.yaml:16:49  policies.flat.venue: unknown key; it is called trading now',
    ],
    [
      'lot: 0.001 BTC',
      'lot: 0.001 BTC, trading: continuous',
      `small.yaml:7:52  ${where}.trading: unknown key; it is called matching now`,
    ],
    ['tick: 0.1 USDT', 'tick: 0', `small.yaml:7:26  ${where}.tick: must be above 0, got 0`],
    [
      'lot: 0.001 BTC',
      'lot: BTC',
      `small.yaml:7:41  ${where}.lot: needs an amount such as 0.001 BTC, got BTC`,
    ],
    [
      'tick: 0.1 USDT',
      'tick: 1e-19',
      `small.yaml:7:38  ${where}.lot: tick × lot is too fine or too coarse for exact money; use a rounder tick or lot`,
    ],
    [
      '{ snapshot: book.csv }',
      '{ }',
      `small.yaml:7:7  ${where}.price: missing, needs a price in USDT, as there is no book`,
    ],
    [
      '{ snapshot: book.csv }',
      '{ }, price: 100.05 USDT',
      `small.yaml:7:70  ${where}.price: needs a positive multiple of the tick, 0.1, got 100.05 USDT`,
    ],
    [
      '{ snapshot: book.csv }',
      '{ flat: { lots_per_tick: 5, ticks: 10 } }',
      `small.yaml:7:66  ${where}.book.flat: a flat book lies round a price: give price too`,
    ],
    [
      '{ snapshot: book.csv }',
      '{ flat: { lots_per_tick: 5, ticks: 1000 } }, price: 100',
      `small.yaml:7:93  ${where}.book.flat.ticks: must stay below the price, 1000 ticks, got 1000`,
    ],
    [
      '{ snapshot: book.csv }',
      '{ beyond: 5 % }',
      `small.yaml:7:68  ${where}.book.beyond: there is no snapshot to continue`,
    ],
    [
      'lot: 0.001 BTC',
      'lot: 0.001 BTC, mark: { rule: smoothd }',
      `small.yaml:7:66  ${where}.mark.rule: needs one of last, mid, smoothed, index, got smoothd; did you mean smoothed?`,
    ],
    [
      'lot: 0.001 BTC',
      'lot: 0.001 BTC, index: { volatility: 60 % per moon }',
      `small.yaml:7:73  ${where}.index.volatility: needs a volatility such as 60 % per year, got 60 % per moon`,
    ],
    [
      '  latency:',
      '    - { name: BTC, tick: 1 USDT, lot: 1 BTC, price: 100 }\n  latency:',
      'small.yaml:8:15  market.instruments[1].name: BTC is the name of entry 0 already',
    ],
    [
      'name: BTC, tick: 0.1 USDT, lot: 0.001 BTC',
      'name: BTC, tick: 1e7 USDT, lot: 100 BTC, price: 1e12',
      `small.yaml:7:81  ${where}.book.snapshot: book.csv:2  needs a price that is a multiple of the tick, 10000000, got 100.1`,
    ],
  ])('%j → %j', (from, to, message) => {
    expect(errorOf(from, to)).toBe(message);
  });

  test('money that would not be exact', () => {
    expect(
      errorOf('{ snapshot: book.csv }', '{ }, price: 1e7', { sets: ['population.1.open_interest=2e9'] }),
    ).toBe(
      'small.yaml:6:3  market: money would exceed 2^53 quanta (about 3.2e+18); use a larger tick or lot',
    );
  });
});

describe('data files', () => {
  const snapshot = 'small.yaml:7:70  market.instruments[0].book.snapshot';
  test.each([
    ['side,price,quantity\nbid,100.3,1\nask,100.2,1\n', 'the book crosses: best bid 100.3, best ask 100.2'],
    ['side,price,quantity\nbid,100.1,1\n', 'the book has no asks'],
    ['ask,100.1,1\n', 'the book has no bids'],
    ['\n# empty\n', 'book.csv:1  needs rows of side,price,quantity'],
    [
      'bid,100.1,1\nbid,100.2,1\nask,100.3,1\n',
      'book.csv:2  needs bids from the best price outward, got 100.2 after a price beyond it',
    ],
    ['bid,100.15,1\n', 'book.csv:1  needs a price that is a multiple of the tick, 0.1, got 100.15'],
    ['bid,100.1,0.0005\n', 'book.csv:1  needs a quantity that is a multiple of the lot, 0.001, got 0.0005'],
    ['bid,100.1,1\nbid,100.0,0\n', 'book.csv:2  needs a quantity above 0, got 0'],
    ['bid,100.1,1\n\nbid,99\n', 'book.csv:3  needs side,price,quantity, got bid,99'],
    ['offer,100.1,1\n', 'book.csv:1  needs bid or ask, got offer'],
  ])('a snapshot of %j', (text, what) => {
    write('book.csv', text);
    expect(errorOf('', '')).toBe(`${snapshot}: ${what}`);
  });

  test.each([
    [
      'bid,1,100000\nask,1,90000\nask,1,95000\n',
      'bands.csv:3  needs percentages in rising order, between 0 and 100, got 1',
    ],
    ['bid,1,9000\nbid,2,8000\n', 'bands.csv:2  needs a cumulative notional that does not fall, got 8000'],
    ['bid,1,9000\n', 'the file has no bands of asks'],
    ['bid,1,200\nask,1,90000\n', 'bids within 1 %: the bands have 200, but the snapshot alone has 300'],
  ])('bands of %j', (text, what) => {
    write('bands.csv', text);
    expect(errorOf('snapshot: book.csv', 'snapshot: book.csv, bands: bands.csv, spacing: 0.1')).toBe(
      `small.yaml:7:87  market.instruments[0].book.bands: ${what}`,
    );
  });

  test('a missing data file', () => {
    expect(errorOf('book.csv', 'data/nowhere.csv')).toBe(`${snapshot}: no such file: data/nowhere.csv`);
    expect(errorOf('tiers.json#X', 'nowhere.json#X')).toBe(
      'small.yaml:17:43  policies.tiers.margin.tiers: no such file: nowhere.json',
    );
  });

  test.each([
    [
      '{ "X": [[0, 50000, 0.004, 125, 0], [60000, 600000, 0.005, 100, 50]] }',
      'small.yaml:17:43  policies.tiers.margin.tiers[1]: a gap: starts at 60000, but the tier before ends at 50000',
    ],
    [
      '{ "Y": [[0, 50000, 0.004, 125, 0]] }',
      'small.yaml:17:43  policies.tiers.margin.tiers: tiers.json has no table X; did you mean Y?',
    ],
    [
      '[[0, 50000, 0.004, 125, 0]]',
      'small.yaml:17:43  policies.tiers.margin.tiers: tiers.json is one table; it has none named X',
    ],
    [
      '{ "tiers": {\n "X": [[0, 50000, 4, 125, 0]] } }',
      'small.yaml:17:43  policies.tiers.margin.tiers: ' +
        'tiers.json:2:19  tiers.X[0][2]: needs a number above 0 and below 1, got 4',
    ],
  ])('tiers of %j', (text, message) => {
    write('tiers.json', text);
    expect(errorOf('', '')).toBe(message);
  });

  test('a price history', () => {
    const history = (text: string) => {
      write('prices.csv', text);
      return errorOf('rule: flat, leverage: 10', 'rule: ewma-var, history: prices.csv');
    };
    const where = 'small.yaml:16:46  policies.flat.margin.history';
    expect(history('time,price\n1,100\n1,101\n')).toBe(
      `${where}: prices.csv:3  needs times in rising order, got 1 after 1`,
    );
    expect(history('1,100\n2,0\n')).toBe(`${where}: prices.csv:2  needs a price above 0, got 0`);
    expect(history('time,price\n1,100\n')).toBe(`${where}: prices.csv has one price; it needs two at least`);
  });
});

describe('venues', () => {
  const two = (more: string) => `  latency: { order: 2 ms }\n  venues: ${more}`;
  test.each<Case>([
    [
      '  latency: { order: 2 ms }',
      two('{ A b: {} }'),
      'small.yaml:9:13  market.venues.A b: a venue’s name is a letter, then letters and digits',
    ],
    [
      '  latency: { order: 2 ms }',
      two('{}'),
      'small.yaml:9:11  market.venues: needs at least one venue, got {}',
    ],
    [
      '  latency: { order: 2 ms }',
      two('{ A: {}, B: { lists: [ETH] } }'),
      'small.yaml:9:33  market.venues.B.lists[0]: there is no instrument ETH; known: BTC',
    ],
    [
      '  latency: { order: 2 ms }',
      two('{ A: {}, B: { instruments: { BTC: { book: { snapshot: none.csv } } } } }'),
      'small.yaml:9:65  market.venues.B.instruments.BTC.book.snapshot: no such file: none.csv',
    ],
    [
      '  latency: { order: 2 ms }',
      two('{ A: {}, B: { instruments: { BTC: { tick: 1 } } } }'),
      'small.yaml:9:47  market.venues.B.instruments.BTC.tick: unknown key; known: price, book, mark, index, flow, fees, collars, halt, matching, self_trade',
    ],
    [
      'kind: noise, count: 3',
      'kind: noise, count: 3, venue: B',
      'small.yaml:10:37  population[0].venue: there is no venue B; name venues in market.venues first, { A: {}, B: {} }',
    ],
  ])('%j → %j', (from, to, message) => {
    expect(errorOf(from, to)).toBe(message);
  });

  const sets = ['market.venues={ Alpha: {}, Beta: {} }'];
  test.each([
    [
      'kind: noise, count: 3',
      'kind: noise, count: 3, venue: Bta',
      'population[0].venue: there is no venue Bta; did you mean Beta?',
    ],
    [
      'kind: noise, count: 3',
      'kind: noise, count: 3, venue: Beta, venues: [Beta]',
      'population[0].venues: there is a venue already; keep one of the two',
    ],
    [
      'kind: noise, count: 3',
      'kind: noise, count: 3, venues: [Beta, Beta]',
      'population[0].venues[1]: Beta is named already',
    ],
    [
      'notional: 1000',
      'notional: 1000, venue: Gamma',
      'shock.venue: there is no venue Gamma; known: Alpha, Beta',
    ],
    [
      'flat: { margin: { rule: flat, leverage: 10 } }',
      'flat: { margin: { rule: flat, leverage: 10 }, at: { C: {} } }',
      'policies.flat.at.C: there is no venue C; known: Alpha, Beta',
    ],
    [
      'flat: { margin: { rule: flat, leverage: 10 } }',
      'flat: { margin: { rule: flat, leverage: 10 }, at: { Beta: { trading: { fees: { taker: 1 USDT } } } } }',
      'policies.flat.at.Beta.trading.fees.taker: needs a share such as 0.05 or 5 %, got 1 USDT',
    ],
  ])('with venues: %j → %j', (from, to, message) => {
    expect(errorOf(from, to, { sets })).toMatch(/^small\.yaml:\d+:\d+ {2}/);
    expect(errorOf(from, to, { sets })).toContain(`  ${message}`);
  });
});
