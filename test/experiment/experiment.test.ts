/** What an experiment file becomes: units, distributions, groups, changes from the command line, cells and scenarios. */
import { describe, expect, test } from 'vitest';
import { log } from '../../src/core/maths.ts';
import { cells, compileScenario } from '../../src/models/experiment.ts';
import { assertExact } from '../../src/sim/scenario/scenario.ts';
import { bench } from './fixtures/experiment.ts';
import { ruleOf } from '../clearing/rule-of.ts';

const { market, read, write, reset, errorOf } = bench();

/** The noise traders' parameters, written in place of none. */
const noise = (params: string) => market('count: 3', `count: 3, params: { ${params} }`).groups[0]!.params;

describe('units', () => {
  test('money, ticks and lots become integers', () => {
    const { quantaPerUnit, venues } = market();
    const { instruments } = venues[0]!;
    expect(quantaPerUnit).toBe(10_000);
    expect(instruments[0]).toMatchObject({
      contract: { tickLot: 1 },
      price: 1002,
      tick: '0.1',
      lot: '0.001',
      base: 'BTC',
    });
    expect([...instruments[0]!.bids.price]).toEqual([1001, 1000]);
    expect([...instruments[0]!.bids.lots]).toEqual([1000, 2000]);
    expect([...instruments[0]!.asks.price]).toEqual([1002, 1003]);
  });

  test('the quantum is the largest power of ten that divides tick × lot of every instrument, at most 1', () => {
    const quanta = (tick: string, lot: string, more = '') =>
      market(
        'tick: 0.1 USDT, lot: 0.001 BTC, book: { snapshot: book.csv } }',
        `tick: ${tick}, lot: ${lot}, price: 1000 }${more}`,
      );
    expect(quanta('0.5', '0.001 BTC')).toMatchObject({
      quantaPerUnit: 10_000,
      venues: [{ instruments: [{ contract: { tickLot: 5 } }] }],
    });
    expect(quanta('25', '4 BTC')).toMatchObject({
      quantaPerUnit: 1,
      venues: [{ instruments: [{ contract: { tickLot: 100 } }] }],
    });
    const second = '\n    - { name: ETH, tick: 0.01, lot: 0.01 ETH, price: 3000 }';
    expect(quanta('0.25', '0.002 BTC', second)).toMatchObject({
      quantaPerUnit: 10_000,
      venues: [
        {
          instruments: [
            { contract: { tickLot: 5 }, price: 4000 },
            { contract: { tickLot: 1 }, price: 300_000 },
          ],
        },
      ],
    });
  });

  test('parameters take the unit of their kind', () => {
    expect(noise('rate: 30 per min, size: 0.5 BTC, distance: 0.01 %, market_share: 0.2')).toMatchObject({
      rate: { kind: 'constant', value: 0.5 },
      size: { kind: 'constant', value: 500 },
      distance: { kind: 'constant', value: 0.0001 },
      market_share: { kind: 'constant', value: 0.2 },
    });
    expect(noise('size: 7')['size']).toEqual({ kind: 'constant', value: 7 });
    const holders = market('leverage: {', 'answer_time: 1.5 min, leverage: {').groups[1]!.params;
    expect(holders['answer_time']).toEqual({ kind: 'constant', value: 90_000_000 });
    const { params } = market(
      '{ kind: noise, count: 3 }',
      '{ kind: trend, count: 1, params: { wealth: 2 USDT } }',
    ).groups[0]!;
    expect(params['wealth']).toEqual({ kind: 'constant', value: 20_000 });
  });

  test('what a file does not say has the value that its kind declares', () => {
    expect(noise('')['rate']).toEqual({ kind: 'constant', value: 2 });
    expect(noise('')['size']).toEqual({ kind: 'constant', value: 9980 }); // 1,000 USDT at 100.2
  });

  test('the volatility of other venues is per square root of a second', () => {
    const volatility = (text: string) =>
      market('name: BTC', `name: BTC, index: { volatility: ${text}, every: 100 ms }`).venues[0]!
        .instruments[0]!.index;
    expect(volatility('60 % per year')).toEqual({
      volatility: 0.6 / Math.sqrt(365 * 86_400),
      every_us: 100_000,
    });
    expect(volatility('0.5 % per h').volatility).toBe(0.005 / 60);
    expect(volatility('0.01 %').volatility).toBe(0.0001);
    expect(volatility('0.0002').volatility).toBe(0.0002);
    expect(market().venues[0]!.instruments[0]!.index).toEqual({ volatility: 0, every_us: 1_000_000 });
  });

  test('times are whole µs', () => {
    const experiment = market('order: 2 ms', 'order: 1.5 ms, mark: 0.1 s, liquidation: 7 us');
    expect(experiment.venues[0]!.latency).toEqual({
      order_us: 1500,
      mark_us: 100_000,
      liquidation_us: 7,
      notice_us: 0,
    });
    expect(experiment.until_us).toBe(60_000_000);
  });

  test('an open interest is a multiple of the depth, a size or money', () => {
    const total = (text: string) =>
      market('count: 2', `count: 2\n    open_interest: ${text}`).groups[1]!.totalSize;
    expect(total('1.5 depths')).toBe(4500); // 3 BTC a side lie within 5 % of the middle
    expect(total('2 BTC')).toBe(2000);
    expect(total('10020 USDT')).toBe(100_000);
    expect(total('12')).toBe(12);
    expect(market().groups[1]).not.toHaveProperty('totalSize');
  });
});

describe('distributions', () => {
  test.each([
    ['{ lognormal: [2, 0.5] }', { kind: 'lognormal', mu: 2 + log(1), sigma: 0.5, min: 0, max: 10_000 }],
    ['{ normal: [3, 1], min: 0 }', { kind: 'normal', mean: 3, sd: 1, min: 0, max: 10_000 }],
    ['{ uniform: [1, 2] }', { kind: 'uniform', low: 1, high: 2, min: 0, max: 10_000 }],
    ['{ exponential: 4, max: 9 }', { kind: 'exponential', mean: 4, min: 0, max: 9 }],
    ['{ pareto: [1, 1.5] }', { kind: 'pareto', least: 1, alpha: 1.5, min: 0, max: 10_000 }],
    ['{ choice: [1, 2, 3] }', { kind: 'choice', values: [1, 2, 3], min: 0, max: 10_000 }],
  ])('orders: %s', (text, law) => {
    expect(noise(`orders: ${text}`)['orders']).toEqual(law);
  });

  test('values inside take the unit of the parameter', () => {
    expect(noise('size: { exponential: 0.5 BTC, max: 2 BTC }')['size']).toEqual({
      kind: 'exponential',
      mean: 500,
      min: 0,
      max: 2000,
    });
    expect(noise('size: { pareto: [0.01 BTC, 2] }')['size']).toMatchObject({
      kind: 'pareto',
      least: 10,
      alpha: 2,
    });
    expect(noise('distance: { uniform: [1 %, 0.02] }')['distance']).toEqual({
      kind: 'uniform',
      low: 0.01,
      high: 0.02,
      min: 0,
      max: 1,
    });
  });

  test('the logarithm of a lognormal is of a number of its unit', () => {
    expect(noise('size: { lognormal: [-1, 0.7], unit: BTC }')['size']).toEqual({
      kind: 'lognormal',
      mu: -1 + log(1000),
      sigma: 0.7,
      min: 0,
      max: 1e7,
    });
    expect(noise('distance: { lognormal: [-1, 0.7], unit: "%" }')['distance']).toMatchObject({
      mu: -1 + log(0.01),
    });
  });
});

describe('the population', () => {
  test('groups are named by their kind, and by a number from the second on', () => {
    const more =
      '{ kind: noise, count: 3 }\n  - { kind: noise, count: 1 }\n  - { kind: noise, count: 1, name: loud }';
    expect(market('{ kind: noise, count: 3 }', more).groups.map(({ name }) => name)).toEqual([
      'noise',
      'noise-2',
      'loud',
      'leveraged-holder',
    ]);
  });

  test('a group may be of the same traders as another one', () => {
    const isolated =
      '{ kind: noise, count: 3 }\n  - { kind: leveraged-holder, count: 2, name: b, same_traders_as: noise }';
    expect(market('{ kind: noise, count: 3 }', isolated).groups[1]).toMatchObject({
      name: 'b',
      sameTradersAs: 'noise',
    });
    expect(errorOf('{ kind: noise, count: 3 }', isolated.replace('count: 2', 'count: 4'))).toBe(
      'small.yaml:11:67  population[1].same_traders_as: noise has 3 traders, which is less than 4',
    );
  });

  test('a group of nobody is left out, and shifts no name', () => {
    const { groups } = market(
      '{ kind: noise, count: 3 }',
      '{ kind: noise, count: 0 }\n  - { kind: noise, count: 1 }',
    );
    expect(groups.map(({ name }) => name)).toEqual(['noise-2', 'leveraged-holder']);
  });

  test('trading rules are read exactly, and a policy changes them by key', () => {
    const { policies, venues } = market(
      'flat: { margin: { rule: flat, leverage: 10 } }',
      'flat: { margin: { rule: flat, leverage: 10 }, trading: { matching: { batch: 100 ms }, halt: ' +
        '{ move: 5 %, makers: { size: 2 BTC } }, fees: { maker: -0.01 %, taker: 0.05 %, to_fund: 12.5 % } } }',
    );
    expect(policies['tiers']![0]!.trading).toEqual([
      { selfTrade: 'none', maker_ppm: 0, taker_ppm: 0, batch_us: 0 },
    ]);
    expect(policies['flat']![0]!.trading).toEqual([
      {
        selfTrade: 'none',
        maker_ppm: -100,
        taker_ppm: 500,
        fund_ppm: 125_000,
        batch_us: 100_000,
        halt: {
          move_ppm: 50_000,
          within_us: 60_000_000,
          call_us: 30_000_000,
          makers: { kind: 'size', lots: 2000 },
        },
      },
    ]);
    const { capacity } = venues[0]!;
    expect(capacity.terms).toBe(capacity.orders);
  });

  test('losses that are shared have a row for each account that may bear one, by the crowd', () => {
    const rows = (count: number, layer: string): number =>
      market('    count: 2\n', `    count: ${count}\n`, {
        sets: [`policies.flat.waterfall=[{ layer: ${layer} }]`],
      }).venues[0]!.capacity.losses;
    expect([2, 20_000].map((count) => rows(count, 'haircut'))).toEqual([262_144, 4_000_000]);
    expect(rows(2, 'write-off')).toBeLessThan(2000);
  });

  test('the ring of fills is never shorter than what causes are looked for in', () => {
    const ringOf = (fills: number) => market('market:', `market:\n  capacity: { fills: ${fills} }`);
    expect(ringOf(8192).venues[0]!.capacity.fills).toBe(8192);
    expect(() => ringOf(4096)).toThrow('must be a power of two of at least 8192, got 4096');
  });

  test('pools follow from the population and can be set', () => {
    const { capacity, venues } = market('market:', 'market:\n  capacity: { calls: 5, fills: 16384 }');
    expect(capacity).toEqual({ events: 6 + 16_384, work: 1e10 });
    expect(venues[0]!.capacity).toEqual({
      orders: 4 + 3 * 8 + 16_384,
      terms: 4096,
      calls: 5,
      liquidations: 3 * 2 + 1024,
      losses: 3 * 2 + 1024,
      fills: 16384,
      span: 65_536,
    });
    const makers = market('kind: noise', 'kind: market-maker');
    expect(makers.venues[0]!.capacity.orders).toBe(4 + 3 * 16 + 16_384);
    expect(makers.capacity.events).toBe(12 + 6 + 16_384);
  });
});

describe('changes from the command line', () => {
  test('reach everything that a file can say', () => {
    const experiment = market('', '', {
      sets: [
        'population.0.params.rate=3 per s',
        'population[1].params.leverage=5',
        'policies.flat.margin.leverage=7',
        'market.latency.notice=1 ms',
        'shock.notional={ grid: [1, 2] }',
        'market.instruments[0].mark={ rule: last, every: 0 }',
      ],
      runs: 7,
      seed: '1',
    });
    expect(experiment.groups[0]!.params['rate']).toEqual({ kind: 'constant', value: 3 });
    expect(experiment.groups[1]!.params['leverage']).toEqual({ kind: 'constant', value: 5 });
    expect(experiment.policies['flat']![0]!.policy.margin).toMatchObject({ leverage: 7 });
    expect(experiment.venues[0]!.latency.notice_us).toBe(1000);
    expect(experiment.shocks.map(({ label }) => label)).toEqual(['notional=1', 'notional=2']);
    expect(experiment.venues[0]!.instruments[0]!.mark).toEqual({ rule: 'last', every: 0 });
    expect(experiment).toMatchObject({ runs: 7, seed: '1', name: 'small', question: 'Does it hold?' });
    expect(experiment.sets).toHaveLength(6);
  });

  test('the later of two wins', () => {
    expect(market('', '', { sets: ['runs=3', 'runs=4'] }).runs).toBe(4);
  });

  test('a change under an alias leaves its anchor alone', () => {
    const { policies } = market(
      'flat: { margin: { rule: flat, leverage: 10 } }',
      'flat: &flat { margin: { rule: flat, leverage: 10 } }\n  other: *flat',
      { sets: ['policies.other.margin.leverage=5'] },
    );
    expect(policies['flat']![0]!.policy.margin).toMatchObject({ leverage: 10 });
    expect(policies['other']![0]!.policy.margin).toMatchObject({ leverage: 5 });
  });
});

describe('cells and scenarios', () => {
  test('every policy meets every variant', () => {
    const experiment = market('notional: 1000', 'notional: { grid: [1, 2] }');
    expect(cells(experiment)).toEqual([
      { policy: 'flat', shock: 0, label: 'flat, notional=1' },
      { policy: 'tiers', shock: 0, label: 'tiers, notional=1' },
      { policy: 'flat', shock: 1, label: 'flat, notional=2' },
      { policy: 'tiers', shock: 1, label: 'tiers, notional=2' },
    ]);
    expect(() => compileScenario(experiment, { policy: 'none', shock: 0 })).toThrow(RangeError);
  });

  test('a scenario is made from a copy of the plain data alone', () => {
    const experiment = structuredClone(market('leverage: 10 }', 'leverage: 10 }, insurance_fund: 5'));
    const scenario = compileScenario(experiment, { policy: 'flat', shock: 0 });
    assertExact(scenario);
    expect(scenario).toMatchObject({
      until_us: 60e6,
      venues: [{ insuranceQuanta: 50_000, marginSlots: 0 }],
    });
    expect(scenario.groups.map(({ kind, count }) => [kind.kind, count])).toEqual([
      ['noise', 3],
      ['leveraged-holder', 2],
    ]);
    expect(scenario.shocks[0]!.at_us).toBe(10e6);
    expect(scenario.venues[0]!.instruments[0]!.mark.every_us).toBe(100_000);
    const tiers = compileScenario(experiment, { policy: 'tiers', shock: 0 });
    const context = {
      instruments: tiers.venues[0]!.instruments,
      quantaPerUnit: 10_000,
      state: new Float64Array(0),
      data: tiers.data,
    };
    // 1,000 USDT in the first tier: 0.4 %.
    expect(ruleOf(tiers.venues[0]!.rules(context)).maintenance(0, 10_000, 1000)).toBe(40_000);
  });

  test('what it was read from is listed with hashes', () => {
    const { inputs, source } = market();
    expect(inputs.map(({ file }) => file.split('/').at(-1))).toEqual([
      'small.yaml',
      'book.csv',
      'tiers.json',
    ]);
    expect(inputs[1]!.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(source).toContain('Does it hold?');
  });
});

test('another model has other settings', () => {
  const text = `solvable: { accounts_per_tick: 0.5, position_lots: 10, lots_per_tick: 10, sweep_ticks: 1 }`;
  const all = market().source;
  expect(read(all, `question: q\nseed: 1\nruns: 3\n${text}`)).toMatchObject({
    model: 'solvable',
    seed: '1',
    solvable: { accounts_per_tick: 0.5, position_lots: 10, lots_per_tick: 10, sweep_ticks: 1, ticks: 2000 },
  });
});

test('a margin rule knows the coins in a lot: 100 lots of 0.001 BTC are a tenth of one', () => {
  const experiment = market('rule: flat, leverage: 10', 'rule: size-slope, slope: 10 %');
  const scenario = compileScenario(experiment, { policy: 'flat', shock: 0 });
  expect(scenario.venues[0]!.instruments[0]!.lot).toBe(0.001);
  const rules = scenario.venues[0]!.rules({
    ...scenario,
    ...scenario.venues[0]!,
    state: new Float64Array(scenario.venues[0]!.marginSlots * scenario.venues[0]!.instruments.length),
  });
  expect(ruleOf(rules).maintenance(0, 100, 1000)).toBe(2000); // 1 % + 0.1 · 10 % of 100,000
});

test('a file of margin tiers may have floors and highest leverages alone', () => {
  write('tiers.json', '{ "X": [[0, 40], [150000, 20]] }');
  const experiment = market();
  reset();
  expect(experiment.data['tiers.json#X']).toEqual([
    [0, 40],
    [150_000, 20],
  ]);
  const scenario = compileScenario(experiment, { policy: 'tiers', shock: 0 });
  const rules = scenario.venues[0]!.rules({
    ...scenario,
    ...scenario.venues[0]!,
    state: new Float64Array(0),
  });
  expect(ruleOf(rules).maintenance(0, 1000, 1000)).toBe(12_500);
});
