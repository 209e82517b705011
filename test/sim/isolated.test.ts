// Isolated positions: one trader holds 100 lots of AAA and 100 of BBB, each with a margin balance of its own (5 % required, 10 %
// at first), and has one reserve and one free balance for both.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER } from '../../src/clearing/schema.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { expandSeed } from '../../src/core/seed.ts';
import { defineAgent, number } from '../../src/index.ts';
import { layoutOf } from '../../src/sim/scenario/layout.ts';
import { purseOwners, pursesAt } from '../../src/sim/scenario/purses.ts';
import { FROM_RESERVE } from '../../src/sim/terms/top-up-source.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import type { WrittenPolicy } from './by-hand.ts';
import { group, instrument, levels, mark, NO_LATENCY, scenarioOf } from './by-hand.ts';

const S = 1_000_000;
const [AAA, BBB] = [FIRST_TRADER, FIRST_TRADER + 1];

const holder = defineAgent({
  kind: 'isolated-holder',
  about: 'Holds 100 lots with 10,000 quanta of margin.',
  margined: true,
  facilities: ['free'],
  params: { reserve: number(0, 'Quanta.'), free: number(0, 'Quanta.') },
  born(me, birth) {
    birth.deposit(10_000);
    birth.hold(100, birth.mark);
    birth.keepReserve(me.reserve);
    birth.keepFree(me.free);
  },
});

/** Both positions of the trader; the mark of each is the test's. */
function world(
  ladder: WrittenPolicy['ladder'],
  params: { readonly reserve?: number; readonly free?: number } = {},
) {
  const spec = instrument({
    price: 1000,
    bids: levels(850, -1, 10, 100),
    asks: levels(1001, 1, 10, 10),
    mark: mark({ rule: 'index' }),
    index: { volatility: 0, every_us: 100 * S },
  });
  const simulation = new Simulation(
    scenarioOf({
      instruments: [spec, { ...spec, name: 'BBB' }],
      groups: [
        group(holder, 1, { name: 'a', params }),
        { ...group(holder, 1, { name: 'b', instrument: 1 }), sameTradersAs: 'a' },
      ],
      latency: NO_LATENCY,
      policy: { margin: { rule: 'flat', leverage: 10, maintenance_rate: 0.05 }, ladder },
    }),
  );
  simulation.start(expandSeed('isolated'));
  return simulation;
}

describe('isolated positions of one trader', () => {
  test('break one by one: what one loses beyond its margin is not taken from the other', () => {
    const simulation = world('immediate');
    const { commands: venue, ledger, house } = simulation.only;
    venue.marks.publish(0, 860);
    simulation.run(0);
    expect(ledger.position(AAA, 0)).toBe(0);
    expect(house.liquidations.written_off[0]).toBe(5000); // sold at 850: 15,000 lost of 10,000
    expect(house.inDistress(BBB)).toBe(false);
    expect([ledger.position(BBB, 1), ledger.equity(BBB)]).toEqual([100, 10_000]);
  });

  test('draw on one free balance', () => {
    const ladder = [
      { rung: 'search', at: '110 %', wait: '1 s' },
      { rung: 'call', grace: '60 s' },
      { rung: 'full' },
    ];
    const simulation = world(ladder, { free: 7000 });
    const { commands: venue, ledger } = simulation.only;
    venue.marks.publish(0, 952);
    simulation.run(0);
    // 5,200 quanta are left, 9,520 are the initial margin.
    expect([ledger.equity(AAA), ledger.free(AAA), ledger.free(BBB)]).toEqual([9520, 2680, 2680]);
    venue.marks.publish(1, 952);
    simulation.run(0);
    expect([ledger.equity(BBB), ledger.free(AAA), ledger.free(BBB)]).toEqual([5200 + 2680, 0, 0]);
  });

  test('are topped up from one reserve, which takes what either gives back', () => {
    const { treasury, ledger } = world('immediate', { reserve: 3000 }).only;
    treasury.topUp(BBB, 2000, FROM_RESERVE, 0);
    treasury.topUp(AAA, 2000, FROM_RESERVE, 0);
    expect([ledger.equity(BBB), ledger.equity(AAA), ledger.reserve(AAA)]).toEqual([12_000, 11_000, 0]);
    treasury.withdraw(BBB, 1500);
    expect([ledger.equity(BBB), ledger.reserve(AAA), ledger.reserve(BBB)]).toEqual([10_500, 1500, 1500]);
    ledger.assertConserved();
  });
});

describe('groups of the same traders', () => {
  const of = (name: string, count: number, sameTradersAs?: string) => ({
    name,
    count,
    ...(sameTradersAs === undefined ? {} : { sameTradersAs }),
  });

  const purses = (groups: readonly ReturnType<typeof of>[]) => {
    const scenario = scenarioOf({
      groups: groups.map((one) => ({ ...group('leveraged-holder', 1), ...one })),
    });
    return pursesAt(scenario, layoutOf(scenario), 0);
  };

  test('use the purses of the other, in order', () => {
    expect(purses([of('a', 2), of('b', 3)])).toBeUndefined();
    const first = FIRST_TRADER;
    const shared = purses([of('b', 2, 'a'), of('a', 3)])!;
    expect(Array.from(shared.slice(first))).toEqual([first + 2, first + 3, first + 2, first + 3, first + 4]);
  });

  test.each([
    [[of('a', 2, 'c')], 'there is no other group c'],
    [[of('a', 2, 'a')], 'there is no other group a'],
    [[of('a', 2), of('b', 3, 'a')], 'a has 2 traders, which is less than 3'],
    [[of('a', 2), of('b', 2, 'a'), of('c', 2, 'b')], 'b are themselves those of a: name that group'],
  ])('are refused where they cannot be: %#', (groups, message) => {
    expect(() => purseOwners(groups)).toThrow(ConfigError);
    expect(() => purseOwners(groups)).toThrow(message);
  });
});
