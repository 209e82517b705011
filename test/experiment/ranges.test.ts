/** Settings of no sense, and worlds that could not be: refused with place, value and range, before anything runs. */
import { describe, expect, test } from 'vitest';
import { readExperiment } from '../../src/models/experiment.ts';
import type { MarketExperiment } from '../../src/models/experiment.ts';

const read = (...sets: string[]) => readExperiment('experiments/bench.yaml', { sets });

describe('a setting of no sense', () => {
  test.each([
    ['population[4].params.leverage=-3', 'population[4].params.leverage: must not be negative, got -3'],
    ['population[4].params.leverage=0', 'leverage: must be at least 0.01 and at most 1e6, got 0'],
    [
      'population[4].params.answers=7',
      'population[4].params.answers: must be at least 0 and at most 1, got 7',
    ],
    ['population[4].params.reduces=-1', 'population[4].params.reduces: must not be negative, got -1'],
    ['population[4].params.reserve=-1e308', 'population[4].params.reserve: must not be negative, got -1e308'],
    ['population[4].params.entry=-5', 'entry: must be at least -0.9999 and at most 10, got -5'],
    [
      'population[4].count=4294967296',
      'count: needs a whole number of at least 0 and at most 1e9, got 4294967296',
    ],
    [
      'population[0].params.size=2147483647',
      'size: must be at least 0 lots and at most 1e7 lots, got 2147483647',
    ],
    [
      'population[0].params.rate=1e-300',
      'rate: must be at least 1e-8 per s and at most 1e6 per s, got 1e-300',
    ],
    ['population[3].params.wealth=1e15', 'wealth: must be at least 0 USDT and at most 1e11 USDT, got 1e15'],
    ['policies.flat-20x.liquidation_fee=-5 %', 'liquidation_fee: must be at least 0 and at most 1, got -5 %'],
    ['policies.flat-20x.margin.leverage=0', 'leverage: needs a number of at least 1 and at most 1e6, got 0'],
    [
      'market.instruments[0].index.volatility=1e8',
      'must be at least 0 and at most 1 per square root of a second',
    ],
    [
      'market.latency.order=1e12 s',
      'market.latency.order: must be at least 0 s and at most 3650 d, got 1e12 s',
    ],
  ])('%s', (set, message) => {
    expect(() => read(set)).toThrow(message);
  });

  test('a volatility that is one, but in steps that could take the price below 0', () => {
    const [instrument, volatility] = ['market.instruments[0].index', '600 % per year'];
    expect(() => read(`${instrument}.volatility=${volatility}`)).not.toThrow();
    expect(() => read(`${instrument}.volatility=${volatility}`, `${instrument}.every=1 d`)).toThrow(
      'index.volatility: makes steps of 31.4 % (standard deviation), and they may be 10 %',
    );
  });
});

describe('the middle of a law lies in the range, its tails are cut to it', () => {
  test.each([
    ['{ exponential: 2000 }', 'reserve.exponential: must be at least 0 and at most 1000, got 2000'],
    ['{ normal: [1, 5000] }', 'reserve.normal[1]: must be at most 1000, got 5000'],
    ['{ lognormal: [30, 1] }', 'reserve.lognormal[0]: its median must be at least 0 and at most 1000'],
    ['{ choice: [1, -1] }', 'reserve.choice[1]: must not be negative, got -1'],
    ['{ exponential: 1, max: 1e6 }', 'reserve.max: must be at least 0 and at most 1000, got 1e6'],
  ])('%s', (law, message) => {
    expect(() => read(`population[4].params.reserve=${law}`)).toThrow(message);
  });

  test('a wide one has the ends of the range', () => {
    const { groups } = read('population[4].params.reserve={ lognormal: [0, 9] }') as MarketExperiment;
    expect(groups[4]!.params['reserve']).toMatchObject({ min: 0, max: 1000 });
  });
});

describe('what ranges allow one by one may be too much together', () => {
  test('a world of more memory than there may be', () => {
    expect(() => read('population[4].count=1e8')).toThrow(
      /population: the world of a run would need \d+\.\d GiB, and may have 4\.0/,
    );
  });

  test('a run of more events than there may be', () => {
    expect(() => read('until=3650 d')).toThrow(
      /until: a run would make 1\.\de11 events, most of them by noise, and may make 1e10/,
    );
    expect(() => read('population[1].params.every=1 us')).not.toThrow();
    expect(() => read('market.capacity.work=1e5')).toThrow('and may make 100000');
  });
});
