/** Ticks, lots and money that no column of the engine could hold: an error at the setting, never another number. */
import { expect, test } from 'vitest';
import { bench } from './fixtures/experiment.ts';

const { errorOf } = bench();

const BOOK = 'market.instruments.0.book';
const LOTS = 'must be at most 2147483647 lots, got';

test.each([
  [['policies.flat.insurance_fund=1e15'], 'policies.flat.insurance_fund: must be at most 900719925474.0991'],
  [['policies.flat.waterfall=[{ layer: backstop, capital: 1e15 }]'], 'policies.flat.waterfall[0].capital: must be at most'], // prettier-ignore
  [['policies.flat.waterfall=[{ layer: default-fund, own_capital: 1e15 }]'], 'policies.flat.waterfall[0].own_capital: must be at most'], // prettier-ignore
  [['counterfactuals=[{ insurance_fund: 1e15 }]'], 'counterfactuals[0].insurance_fund: must be at most'],
  [
    ['population.1.open_interest=0x10 depths'],
    'needs a number of depths, such as 1.2 depths, got 0x10 depths',
  ],
  [['population.1.open_interest=4294967.297 BTC'], `${LOTS} 4294967297 lots; use a larger lot`],
  [
    ['population.0.params.size=4294967.297 BTC'],
    'population[0].params.size: must be at least 0 lots and at most 1e7 lots, got 4294967.297 BTC',
  ],
  [[`${BOOK}={ flat: { lots_per_tick: 4294967297, ticks: 1 } }`, 'market.instruments.0.price=100'], 'book.flat.lots_per_tick: needs a whole number of at least 1 and at most 1e9, got 4294967297'], // prettier-ignore
  [[`${BOOK}={ }`, 'market.instruments.0.price=429496729.7'], 'price: needs at most 107374182.3 (1073741823 ticks); use a larger tick'], // prettier-ignore
  [['shock={ kind: sale, at: 1 s, lots: 4294967297 }'], 'shock.lots: needs a whole number of at least 1 and at most 1e9, got 4294967297'], // prettier-ignore
  [['shock.notional=1e14'], 'shock.notional: must be at most 900719925474.0991, got 100000000000000'],
  [['policies.flat.margin={ rule: tiered, tiers: [[0, 1e14, 0.004, 125, 0], [1e14, 2e14, 0.004, 100, 0]] }'], 'policies.flat.margin.tiers[0]: 100000000000000 is more than 2^53 quanta, which is not exact'], // prettier-ignore
  [['market.instruments.0.halt={ move: 5 %, makers: { size: 4294967.297 BTC } }'], `halt.makers.size: ${LOTS} 4294967297 lots`], // prettier-ignore
])('%j: %s', (sets, message) => {
  expect(errorOf('', '', { sets })).toContain(message);
});
