// Commands that are none: a slip in a trader's code is told in one line, and no order is dropped in silence.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import type { Market } from '../../../src/index.ts';
import { defineAgent } from '../../../src/index.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { group, scenarioOf } from '../by-hand.ts';

const about = 'For a test.';

describe('an order that is none is an error with agent, time and field', () => {
  const orders: readonly (readonly [string, (market: Market) => void, string])[] = [
    ['nothing', (market) => market.buy(undefined as never), 'lots undefined: needs a whole number'],
    ['NaN', (market) => market.buy(NaN), 'lots NaN: needs a whole number'],
    ['a fraction', (market) => market.buy(1.5), 'lots 1.5: needs a whole number'],
    ['a negative purchase', (market) => market.buy(-1), 'lots -1: needs a number above 0'],
    ['a text', (market) => market.limit('3' as never, 900), 'lots 3: needs a whole number'],
    ['too much', (market) => market.sell(2 ** 40), 'lots -1099511627776: needs a whole number'],
    [
      'a price between ticks',
      (market) => market.limit(1, 900.5),
      'price 900.5: needs a whole number of ticks',
    ],
    [
      'no price',
      (market) => market.immediate(-1, undefined as never),
      'price undefined: needs a whole number',
    ],
    ['a tag between numbers', (market) => market.limit(1, 900, 0.5), 'tag 0.5: needs a whole number'],
    ['an object', (market) => market.limit({ lots: 1 } as never, 900), 'lots [object Object]: needs a whole'],
    ['unknown flags', (market) => market.order(1, 900, 1 << 20), 'how 1048576: needs flags'],
    ['an end before the start', (market) => market.order(1, 900, 0, { until: -5 }), 'until -5: needs'],
    [
      'a number for a record',
      (market) => market.order(1, 900, 0, 5 as never),
      'the last argument 5: needs a record',
    ],
    [
      'null for a record',
      (market) => market.order(1, 900, 0, null as never),
      'the last argument null: needs a record',
    ],
    [
      'an unknown field',
      (market) => market.order(1, 900, 0, { untill: 5 } as never),
      'field untill: needs one of',
    ],
    [
      'a stop that shows lots',
      (market) => market.stop(-1, 9, 0, 0, { display: 5 } as never),
      'field display: needs',
    ],
    [
      'a trigger that is none',
      (market) => market.stop(-1, NaN),
      'trigger NaN: needs a whole number of ticks from 1',
    ],
    [
      'a trigger below a tick',
      (market) => market.stop(-1, 0),
      'trigger 0: needs a whole number of ticks from 1',
    ],
    ['a negative trigger', (market) => market.takeProfit(1, -9), 'trigger -9: needs a whole number of ticks'],
    [
      'a trigger between ticks',
      (market) => market.stop(-1, 9.5),
      'trigger 9.5: needs a whole number of ticks',
    ],
    [
      'a negative limit',
      (market) => market.limit(1, -900),
      'price -900: needs a whole number of ticks from 1',
    ],
    ['a limit of nothing', (market) => market.limit(1, 0), 'price 0: needs a whole number of ticks from 1'],
    ['a negative price to take', (market) => market.immediate(-1, -1), 'price -1: needs a whole number'],
    [
      'a negative price with terms',
      (market) => market.order(1, -1, 0),
      'price -1: needs a whole number of ticks, or 0',
    ],
    [
      'a negative price of a stop',
      (market) => market.stop(-1, 9, -1),
      'price -1: needs a whole number of ticks, or 0',
    ],
    [
      'a negative price in place of one',
      (market) => market.replace(1, 1, -1),
      'price -1: needs a whole number',
    ],
    [
      'lots elsewhere that are none',
      (market) => market.closeElsewhere(NaN),
      'lots NaN: needs a number from 0',
    ],
    [
      'fewer lots elsewhere than none',
      (market) => market.closeElsewhere(-1),
      'lots -1: needs a number from 0',
    ],
    ['money that is none', (market) => market.topUp(NaN, 5), 'quanta NaN: needs a number'],
    ['no leverage', (market) => market.chooseLeverage(0), 'leverage 0: needs a number above 0'],
  ];

  test.each(orders)('%s', (_, send, message) => {
    const hasty = defineAgent({
      kind: 'hasty',
      about,
      params: {},
      wake(_me, market) {
        send(market);
        return Infinity;
      },
    });
    const simulation = new Simulation(scenarioOf({ groups: [group(hasty, 1)] }));
    simulation.start(expandSeed('hasty'));
    expect(() => simulation.run(2_000_000)).toThrow(/^agent hasty at 0\.\d+ s: /);
    simulation.start(expandSeed('hasty'));
    expect(() => simulation.run(2_000_000)).toThrow(message);
  });
});
