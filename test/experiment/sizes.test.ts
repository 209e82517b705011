/** Sizes in an experiment file: of what is traded, in lots, or as their worth in money. */
import { expect, test } from 'vitest';
import type { Distribution } from '../../src/sim/agent/distribution.ts';
import { bench } from './fixtures/experiment.ts';

const { errorOf, market } = bench();

const noise = (params: string): Readonly<Record<string, Distribution>> =>
  market('count: 3', `count: 3, params: { ${params} }`).groups[0]!.params;

test('a size may be its worth in money at the first price, in whole lots', () => {
  const size = (text: string) => noise(`size: ${text}`)['size'];
  expect(size('501 USDT')).toEqual({ kind: 'constant', value: 5000 });
  expect(size('0.00001 USDT')).toEqual({ kind: 'constant', value: 1 });
  expect(size('0 USDT')).toEqual({ kind: 'constant', value: 0 });
  expect(size('{ uniform: [0.004 BTC, 100.2 USDT] }')).toMatchObject({
    kind: 'uniform',
    low: 4,
    high: 1000,
  });
});

test('a default size is an amount of money, whatever is traded and whatever money is called', () => {
  const sized = (from = '', to = '', sets: string[] = []) =>
    market(from, to, { sets }).groups[0]!.params['size'];
  expect(sized()).toEqual({ kind: 'constant', value: 9980 }); // 1,000 USDT at 100.2
  expect(sized('lot: 0.001 BTC', 'lot: 0.001 ETH')).toEqual({ kind: 'constant', value: 9980 });
  expect(sized('', '', ['market.money=EUR', 'market.instruments.0.tick=0.1 EUR'])).toEqual({
    kind: 'constant',
    value: 9980,
  });
  expect(sized('lot: 0.001 BTC', 'lot: 1 ALT')).toEqual({ kind: 'constant', value: 10 });
});

test('a size in money is no second error where the instrument is broken', () => {
  const error = errorOf('book.csv }', 'none.csv }', {
    sets: ['population.0.params.size={ pareto: [2e3 USDT, 1.2], max: 10e6 USDT }'],
  });
  expect(error.split('\n')).toHaveLength(1);
  expect(error).toContain('none.csv');
});
