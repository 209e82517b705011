/** What is wrong with an experiment file is said in one line that names the place, the path, and what would do. */
import { beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { locate, readExperiment } from '../../src/lab/experiment/index.ts';
import { bench } from './fixtures/experiment.ts';

const { errorOf, read, write, reset } = bench();
beforeEach(reset);

type Case = readonly [from: string, to: string, message: string];

const NEEDS_TIME = 'needs a time with its unit, such as 100 ms or 5 s';

describe('keys and values', () => {
  test.each<Case>([
    ['until:', 'untill: 3 s\nuntil:', 'small.yaml:3:1  untill: unknown key; did you mean until?'],
    ['seed: s\n', 'sed: s\n', 'small.yaml:2:1  sed: unknown key; did you mean seed?'],
    ['until: 1 min\n', '', `small.yaml:1:1  until: missing, ${NEEDS_TIME}`],
    ['until: 1 min', 'until: 3', `small.yaml:3:8  until: ${NEEDS_TIME}, got 3`],
    ['until: 1 min', 'until: 0', 'small.yaml:3:8  until: must be longer than 0, got 0'],
    ['until: 1 min', 'until: [3]', `small.yaml:3:8  until: ${NEEDS_TIME}, got [3]`],
    ['runs: 2', 'runs: 0', 'small.yaml:4:7  runs: needs a number of at least 1, got 0'],
    ['runs: 2', 'runs: 2.5', 'small.yaml:4:7  runs: needs a whole number, got 2.5'],
    ['runs: 2', 'runs: many', 'small.yaml:4:7  runs: needs a number, got many'],
    ['seed: s', 'seed: ""', 'small.yaml:2:7  seed: needs some text, got ""'],
    ['order: 2 ms', 'order: -2 ms', 'small.yaml:8:21  market.latency.order: must not be negative, got -2 ms'],
    ['order: 2 ms', 'ordr: 2 ms', 'small.yaml:8:14  market.latency.ordr: unknown key; did you mean order?'],
    [
      'order: 2 ms',
      'weather: 2 ms',
      'small.yaml:8:14  market.latency.weather: unknown key; known: order, mark, liquidation, notice',
    ],
    [
      'latency:',
      'capacity: { span: 1000 }\n  latency:',
      'small.yaml:8:21  market.capacity.span: must be a power of two of at least 1024, got 1000',
    ],
    ['market:', 'markt:', 'small.yaml:5:1  markt: unknown key; did you mean market?'],
    ['market:', 'other:', 'small.yaml:1:1  there is no model: add a block named market or solvable'],
    [
      'market:',
      'solvable: {}\nmarket:',
      'small.yaml:5:1  solvable: there is market already; an experiment has one model',
    ],
    [
      'policies:',
      'systemic_when: often\npolicies:',
      'small.yaml:15:16  systemic_when: needs a condition such as liquidated_notional >= 10 % of open_interest ' +
        'within 60 s, got often',
    ],
    [
      'policies:',
      'systemic_when: liquidated_notional >= 10 foo of open_interest within 60 s\npolicies:',
      'small.yaml:15:16  systemic_when: needs a share such as 0.05 or 5 % above 0, got 10 foo',
    ],
  ])('%j → %j', (from, to, message) => {
    expect(errorOf(from, to)).toBe(message);
  });
});

describe('YAML', () => {
  test.each<Case>([
    ['policies:', 'seed: t\npolicies:', 'small.yaml:15:1  seed: this key appears twice'],
    [
      'leverage: 10',
      'leverage: 10, leverage: 20',
      'small.yaml:16:47  policies.flat.margin.leverage: this key appears twice',
    ],
    [
      'runs: 2',
      'runs: 2: 3',
      'small.yaml:4:7  not valid YAML: Nested mappings are not allowed in compact mappings',
    ],
    ['runs: 2', 'runs: *two', 'small.yaml:4:7  there is no anchor &two above'],
  ])('%j → %j', (from, to, message) => {
    expect(errorOf(from, to)).toBe(message);
  });

  test('an empty file', () => {
    write('empty.yaml', '');
    expect(errorOf('', '', { sets: ['seed.x=1'] })).toBe('--set seed.x=1  seed: holds s, with no x in it');
    const whole = 'an experiment is a map of question, seed, runs, and a model’s blocks';
    expect(errorOf(read('', '').source, '')).toBe(`small.yaml:1:1  ${whole}`);
    expect(errorOf(read('', '').source, '- 1')).toBe(`small.yaml:1:1  ${whole}`);
  });

  test('a missing file', () => {
    expect(() => readExperiment('experiments/none.yaml')).toThrow('experiments/none.yaml  no such file');
  });
});

describe('the market', () => {
  const where = 'market.instruments[0]';
  test.each<Case>([
    ['tick: 0.1 USDT, ', '', `small.yaml:7:7  ${where}.tick: missing, needs a number or a text`],
    ['tick: 0.1 USDT', 'tick: 0.1 USD', `small.yaml:7:26  ${where}.tick: needs an amount of USDT, got 0.1 USD`],
    ['tick: 0.1 USDT', 'tick: 0', `small.yaml:7:26  ${where}.tick: must be above 0, got 0`],
    ['lot: 0.001 BTC', 'lot: BTC', `small.yaml:7:41  ${where}.lot: needs an amount such as 0.001 BTC, got BTC`],
    [
      'tick: 0.1 USDT',
      'tick: 1e-19',
      `small.yaml:7:40  ${where}.lot: tick × lot is too fine or too coarse for exact money; use a rounder tick or lot`,
    ],
    [
      '{ snapshot: book.csv }',
      '{ }',
      `small.yaml:7:7  ${where}.price: missing, needs a price in USDT, as there is no book`,
    ],
    [
      '{ snapshot: book.csv }',
      '{ }, price: 100.05 USDT',
      `small.yaml:7:68  ${where}.price: needs a positive multiple of the tick, 0.1, got 100.05 USDT`,
    ],
    [
      '{ snapshot: book.csv }',
      '{ flat: { lots_per_tick: 5, ticks: 10 } }',
      `small.yaml:7:66  ${where}.book.flat: a flat book lies round a price: give price too`,
    ],
    [
      '{ snapshot: book.csv }',
      '{ flat: { lots_per_tick: 5, ticks: 1000 } }, price: 100',
      `small.yaml:7:92  ${where}.book.flat.ticks: must stay below the price, 1000 ticks, got 1000`,
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
      'small.yaml:8:15  market.instruments[1].name: BTC is the name of entry 0 already, got BTC'.replace(', got BTC', ''),
    ],
    [
      'name: BTC, tick: 0.1 USDT, lot: 0.001 BTC',
      'name: BTC, tick: 1e7 USDT, lot: 100 BTC, price: 1e12',
      `small.yaml:7:73  ${where}.book.snapshot: book.csv:2  needs a price that is a multiple of the tick, 10000000, got 100.1`,
    ],
  ])('%j → %j', (from, to, message) => {
    expect(errorOf(from, to)).toBe(message);
  });

  test('money that would not be exact', () => {
    expect(errorOf('{ snapshot: book.csv }', '{ }, price: 1e7', { sets: ['population.1.open_interest=2e9'] })).toBe(
      'small.yaml:5:1  market: money would exceed 2^53 quanta (about 3.2e+18); use a larger tick or lot'.replace(
        '5:1',
        '6:3',
      ),
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
    ['bid,1,100000\nask,1,90000\nask,1,95000\n', 'bands.csv:3  needs percentages in rising order, between 0 and 100, got 1'],
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
        'tiers.json:2:20  tiers.X[0][2]: needs a number below 1, got 4',
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
    const where = 'small.yaml:16:45  policies.flat.margin.history';
    expect(history('time,price\n1,100\n1,101\n')).toBe(
      `${where}: prices.csv:3  needs times in rising order, got 1 after 1`,
    );
    expect(history('1,100\n2,0\n')).toBe(`${where}: prices.csv:2  needs a price above 0, got 0`);
    expect(history('time,price\n1,100\n')).toBe(`${where}: prices.csv has one price; it needs two at least`);
  });
});

describe('the population', () => {
  test.each<Case>([
    [
      '[2.0, 0.7]',
      '2.0',
      'small.yaml:13:38  population[1].params.leverage.lognormal: needs [mean of log, sd of log], got 2.0',
    ],
    [
      '[2.0, 0.7]',
      '[2.0, -0.7]',
      'small.yaml:13:44  population[1].params.leverage.lognormal[1]: needs a number of at least 0, got -0.7',
    ],
    ['lognormal', 'lognorml', 'small.yaml:13:27  population[1].params.leverage.lognorml: unknown key; did you mean lognormal?'],
    [
      'lognormal: [2.0, 0.7], max: 50',
      '',
      'small.yaml:13:25  population[1].params.leverage: ' +
        'needs one of the keys lognormal, normal, uniform, exponential, pareto, choice, got {  }',
    ],
    ['max: 50', 'max: 50, min: 60', 'small.yaml:13:55  population[1].params.leverage.max: needs to be at least min, got 50'],
    [
      'lognormal: [2.0, 0.7]',
      'uniform: [5, 3]',
      'small.yaml:13:36  population[1].params.leverage.uniform: needs [low, high] with low at most high, got [5, 3]',
    ],
    [
      'leverage: {',
      'size: {',
      'small.yaml:13:21  population[1].params.size.unit: missing, needs what the logarithm counts, such as BTC',
    ],
    [
      'kind: noise',
      'kind: nois',
      'small.yaml:10:13  population[0].kind: needs one of noise, market-maker, value, trend, leveraged-holder, ' +
        'got nois; did you mean noise?',
    ],
    ['kind: noise', 'knd: noise', 'small.yaml:10:7  population[0].knd: unknown key; did you mean kind?'],
    ['count: 3', 'count: many', 'small.yaml:10:27  population[0].count: needs a number, got many'],
    [
      'count: 3',
      'count: 3, params: { rat: 3 per s }',
      'small.yaml:10:40  population[0].params.rat: unknown key; did you mean rate?',
    ],
    [
      'count: 3',
      'count: 3, params: { rate: { uniform: [1, 2] } }',
      'small.yaml:10:46  population[0].params.rate: needs one rate: all agents of the group share a clock, ' +
        'got { uniform: [1, 2] }',
    ],
    [
      'count: 3',
      'count: 3, params: { size: 3 ETH }',
      'small.yaml:10:46  population[0].params.size: needs a size in BTC or a number of lots, got 3 ETH',
    ],
    [
      'count: 3',
      'count: 3, params: { rate: -3 per s }',
      'small.yaml:10:46  population[0].params.rate: must not be negative, got -3 per s',
    ],
    [
      'lot: 0.001 BTC',
      'lot: 0.001 ETH',
      'small.yaml:10:5  population[0].params.size: missing, needs a size in ETH or a number of lots: ' +
        'the default, 0.02 BTC, is in another unit',
    ],
    [
      'count: 2',
      'count: 2\n    open_interest: lots',
      'small.yaml:13:20  population[1].open_interest: needs a size in BTC or a number of lots, ' +
        'an amount of USDT, or such as 1.2 depths, got lots',
    ],
    ['count: 3', 'count: 3, instrument: ETH', 'small.yaml:10:42  population[0].instrument: there is no instrument ETH; known: BTC'],
    [
      'count: 2',
      'count: 2\n    name: noise',
      'small.yaml:13:11  population[1].name: noise is the name of entry 0 already',
    ],
  ])('%j → %j', (from, to, message) => {
    expect(errorOf(from, to)).toBe(message);
  });
});

describe('shocks and policies', () => {
  test.each<Case>([
    ['at: 10 s', 'at: 2 min', 'small.yaml:14:36  shock.at: is after the end of the run (until 1 min)'],
    ['over: 5 s', 'over: 5 min', 'small.yaml:14:48  shock.over: goes on after the end of the run (until 1 min)'],
    ['at: 10 s, ', '', `small.yaml:14:8  shock.at: missing, ${NEEDS_TIME}`],
    [
      'notional: 1000',
      'notional: { grid: [1, -2] }',
      'small.yaml:14:75  shock.notional.grid[1]: needs a number above 0, got -2',
    ],
    ['notional: 1000', 'notional: { grd: [1] }', 'small.yaml:14:65  shock.notional.grd: unknown key; did you mean grid?'],
    ['notional: 1000', 'notional: { grid: [1, 1] }', 'small.yaml:14:75  shock.notional.grid[1]: the grid has 1 twice'],
    [
      'notional: 1000',
      'notional: 1000, instrument: ETH',
      'small.yaml:14:81  shock.instrument: there is no instrument ETH; known: BTC',
    ],
    [
      'sell-programme',
      'sell-program',
      'small.yaml:14:16  shock.kind: needs one of sell-programme, sale, value-jump, withdrawal, got sell-program; ' +
        'did you mean sell-programme?',
    ],
    [
      '{ kind: sell-programme, at: 10 s, over: 5 s, notional: 1000 }',
      '{ kind: withdrawal, at: 1 s, duration: 1 s, agents: noisy }',
      'small.yaml:14:60  shock.agents: there is no group of noisy in the population; did you mean noise?',
    ],
    [
      'rule: flat',
      'rule: flatt',
      'small.yaml:16:27  policies.flat.margin.rule: needs one of flat, tiered, ewma-var, got flatt; did you mean flat?',
    ],
    ['rule: flat, ', '', 'small.yaml:16:19  policies.flat.margin.rule: missing, needs one of flat, tiered, ewma-var'],
    ['leverage: 10', 'levrage: 10', 'small.yaml:16:33  policies.flat.margin.levrage: unknown key; did you mean leverage?'],
    [
      'leverage: 10 }',
      'leverage: 10 }, ladder: immediat',
      'small.yaml:16:57  policies.flat.ladder: needs one of immediate, partial-then-full, call-then-full, ' +
        'call-then-partial, got immediat; did you mean immediate?',
    ],
    [
      'leverage: 10 }',
      'leverage: 10 }, ladder: [{ rung: ful }]',
      'small.yaml:16:66  policies.flat.ladder[0].rung: needs one of call, partial, full, got ful; did you mean full?',
    ],
    [
      'leverage: 10',
      'leverage: 10, wrappers: [{ wrapper: floor, rate: 0.1, quantile: 0.5 }]',
      'small.yaml:16:82  policies.flat.margin.wrappers[0].rate: give either rate, or quantile and history',
    ],
    [
      'tiers.json#X',
      '[[0, 5e4, .004, 125, 0], [6e4, 7e4, .005, 100, 60]]',
      'small.yaml:17:68  policies.tiers.margin.tiers[1]: a gap: starts at 60000, but the tier before ends at 50000',
    ],
    ['flat:', '"f l at":', 'small.yaml:16:3  policies.f l at: a policy’s name is made of letters, digits, - and _'],
  ])('%j → %j', (from, to, message) => {
    expect(errorOf(from, to)).toBe(message);
  });

  test('of several mistakes the first is told', () => {
    expect(errorOf('runs: 2', 'runs: 0', { sets: [] })).toMatch(/^small.yaml:4:7 {2}runs/);
    write('book.csv', '');
    write('tiers.json', '[]');
    expect(errorOf('leverage: { log', 'sze: 4, leverage: { log')).toMatch(/^small.yaml:13:15 {2}population/);
    reset();
    expect(errorOf('kind: noise, count: 3', 'kind: noise, count: 3, instrument: A')).toMatch(/^small.yaml:10:/);
  });
});

describe('the command line', () => {
  test.each([
    ['population.1.params.leverage=x', 'population[1].params.leverage: needs a number, got x'],
    ['population[1].params.leverge=3', 'population[1].params.leverge: unknown key; did you mean leverage?'],
    ['population.5.count=3', 'population: has 2 entries, numbered from 0; there is no entry 5'],
    ['until.x=3', 'until: holds 1 min, with no x in it'],
    ['policies.flatt.margin.leverage=3', 'policies: there is no policy flatt; did you mean flat?'],
    ['policis.flat.margin.leverage=3', 'policis: unknown key; did you mean policies?'],
    ['market.latency.notice=-5ms', 'market.latency.notice: must not be negative, got -5ms'],
    ['market.nothing=3', 'market.nothing: unknown key; known: money, instruments, latency, capacity'],
    ['runs=0', 'runs: needs a number of at least 1, got 0'],
    ['runs=[', 'the value is not valid YAML: Flow sequence must end with a ]'],
    ['runs', 'needs path=value, such as market.latency.order=5ms'],
    ['=3', 'needs path=value, such as market.latency.order=5ms'],
    ['policies.flat.margin.tiers=none.json', 'policies.flat.margin.tiers: unknown key; known: leverage, maintenance_rate, rule, wrappers'],
    ['shock.at=2 min', 'shock.at: is after the end of the run (until 1 min)'],
  ])('--set %s', (set, what) => {
    expect(errorOf('', '', { sets: [set] })).toBe(`--set ${set}  ${what}`);
  });

  test('--runs and --seed', () => {
    expect(errorOf('', '', { runs: 0 })).toBe('--runs 0  runs: needs a number of at least 1, got 0');
    expect(errorOf('', '', { runs: NaN })).toBe('--runs NaN  runs: needs a number, got NaN');
    expect(errorOf('', '', { seed: '' })).toBe('--seed   seed: needs some text, got ""');
  });
});

test('an error is a ConfigError that keeps its path, and describes itself as it is', () => {
  try {
    read('count: 3', 'count: x');
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).path).toEqual(['population', 0, 'count']);
    expect((error as ConfigError).describe()).toBe((error as ConfigError).message);
  }
});

test('a setting is found again after the file was read, or what is nearest to it', () => {
  const { file } = read('', '');
  expect(locate(file, ['market', 'latency', 'order'])).toBe(`${file}:8:21`);
  expect(locate(file, ['market', 'capacity', 'calls'])).toBe(`${file}:6:3`);
  const sets = ['market.capacity.calls=3'];
  expect(locate(file, ['market', 'capacity', 'calls'], sets)).toBe(`--set ${sets[0]!}`);
});
