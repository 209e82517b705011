/** Sizes in an experiment file: of what is traded, in lots, or as their worth in money. */
import { expect, test } from 'vitest';
import type { Distribution } from '../../src/sim/distribution.ts';
import { bench } from './fixtures/experiment.ts';

const { market } = bench();

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

test('a default in BTC is its worth at 50,000 where something else is traded', () => {
  const ether = market('lot: 0.001 BTC', 'lot: 0.001 ETH');
  expect(ether.groups[0]!.params['size']).toEqual({ kind: 'constant', value: 9980 }); // 1,000 USDT at 100.2
  const lots = market('lot: 0.001 BTC', 'lot: 1 ALT').groups[0]!;
  expect(lots.params['size']).toEqual({ kind: 'constant', value: 10 });
});
