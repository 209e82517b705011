// Traders at two venues: what they see and do there, in worlds drawn by hand.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER } from '../../../src/clearing/schema.ts';
import { ConfigError } from '../../../src/core/errors.ts';
import { expandSeed } from '../../../src/core/seed.ts';
import { SECOND } from '../../../src/core/units.ts';
import { defineAgent } from '../../../src/sim/agent/agent.ts';
import type { AgentKind } from '../../../src/sim/agent/agent.ts';
import { placesOf } from '../../../src/sim/scenario/places.ts';
import type { Scenario } from '../../../src/sim/scenario/scenario.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { group, instrument, levels, mark, NO_LATENCY, scenarioOf, shock, venueOf } from '../by-hand.ts';

const still = { volatility: 0, every_us: SECOND };
const follows = mark({ rule: 'last' });

/** AAA at 50,000 at A; at B it comes second, 100 ticks dearer, and orders take 20 ms. */
const A = venueOf({
  name: 'A',
  instruments: [instrument({ index: still, mark: follows })],
  latency: NO_LATENCY,
});
const B = venueOf({
  name: 'B',
  instruments: [
    instrument({ name: 'BBB', index: still, mark: follows }),
    instrument({
      price: 50_100,
      bids: levels(50_095, -1, 500, 40, 10),
      asks: levels(50_105, 1, 500, 40, 10),
      index: still,
      mark: follows,
    }),
  ],
  latency: { ...NO_LATENCY, order_us: 20_000 },
});

function worldOf(
  kind: AgentKind,
  venues: readonly number[] = [0, 1],
  more: Partial<Scenario> = {},
): Simulation {
  const groups = [{ ...group(kind, 1), venues }];
  const simulation = new Simulation({ ...scenarioOf({ groups }), venues: [A, B], ...more });
  simulation.start(expandSeed('several'));
  return simulation;
}

/** Buys where it is cheap and sells where it is dear, once; a template for traders at several venues. */
const between = defineAgent({
  kind: 'between',
  about: 'Buys at home and sells at B while the bid there is above the ask here.',
  params: {},
  wake(_me, market) {
    const there = market.on('B');
    if (there.bid > market.ask && there.me.position === 0) {
      market.buy(10);
      there.sell(10);
    }
    return SECOND;
  },
});

describe('market.on', () => {
  test('trades at both, under one account number, after each venue’s own latency', () => {
    const simulation = worldOf(between);
    const [a, b] = simulation.venues;
    const woken = () => simulation.venues[0]!.ledger.position(FIRST_TRADER, 0);
    while (woken() === 0) simulation.step(2 * SECOND);
    const bought = simulation.queue.now;
    expect(b!.ledger.position(FIRST_TRADER, 1)).toBe(0); // still on its way
    simulation.run(bought + 20_000);
    expect([a!.ledger.position(FIRST_TRADER, 0), b!.ledger.position(FIRST_TRADER, 1)]).toEqual([10, -10]);
    expect(b!.ledger.position(FIRST_TRADER, 0)).toBe(0); // by the name, not by the number
    // 10 lots bought at 50,005 and sold at 50,095: 900 quanta, of which each venue has its side.
    expect(a!.ledger.accounts.quote[FIRST_TRADER]).toBe(-500_050);
    expect(b!.ledger.accounts.quote[FIRST_TRADER]).toBe(500_950);
    simulation.run(5 * SECOND);
    expect([a!.ledger.position(FIRST_TRADER, 0), b!.ledger.position(FIRST_TRADER, 1)]).toEqual([10, -10]);
    simulation.assertConserved();
  });

  test('leaves the home market as it was, and leads back from there', () => {
    const seen: unknown[] = [];
    const looks = defineAgent({
      kind: 'looks',
      about: 'Looks.',
      params: {},
      wake(me, market) {
        const there = market.on('B');
        seen.push(market.venue, there.venue, there.on('A') === market, there.mark, market.mark, me.account);
        return Infinity;
      },
    });
    worldOf(looks).run(SECOND);
    expect(seen).toEqual(['A', 'B', true, 50_100, 50_000, FIRST_TRADER]);
  });

  test.each([
    [[0], 'B', 'not registered at venue B: it is registered at A'],
    [[0, 1], 'C', 'not registered at venue C: it is registered at A, B'],
  ])('of %j, %s: is refused with agent, time and name', (venues, name, message) => {
    const lost = defineAgent({
      kind: 'lost',
      about: 'Asks for a venue.',
      params: {},
      wake: (_me, market) => market.on(name).bid,
    });
    const simulation = worldOf(lost, venues);
    expect(() => {
      simulation.run(2 * SECOND);
    }).toThrow(ConfigError);
    expect(() => {
      simulation.start(expandSeed('several'));
      simulation.run(2 * SECOND);
    }).toThrow(new RegExp(`^agent lost at 0\\.\\d+ s: ${message}$`));
  });
});

test('a margin call comes from the venue where it is, and is answered there', () => {
  const told: string[] = [];
  const called = defineAgent({
    kind: 'both',
    about: 'Holds a position at each venue, and answers calls.',
    params: {},
    margined: true,
    born(_me, birth) {
      birth.deposit(1_000_000);
      birth.hold(100, birth.mark);
      const there = birth.on('B');
      there.deposit(260_000); // the initial margin is 250,500, the maintenance one 2.5 %
      there.hold(100, there.mark);
      there.keepReserve(500_000);
    },
    called(me, market, _rng, demand) {
      told.push(market.venue);
      expect([market.me.isCalled, me.isCalled]).toEqual([true, false]);
      expect(market.me.position).toBe(100);
      market.topUp(demand, 0);
    },
  });
  const policy = {
    margin: { rule: 'flat', leverage: 20 },
    ladder: [{ rung: 'call', grace: '5 s' }, { rung: 'full' }],
  };
  const dear = venueOf({ ...B, policy, name: 'B' });
  const sale = shock({ kind: 'sale', at: '1 s', lots: 12_000, instrument: '1' });
  const simulation = worldOf(called, [0, 1], {
    venues: [A, { ...dear, instruments: B.instruments, latency: B.latency }],
    shocks: [{ ...sale, venue: 1 }],
  });
  simulation.run(6 * SECOND);
  const [a, b] = simulation.venues;
  expect(told.length).toBeGreaterThan(0);
  expect(new Set(told)).toEqual(new Set(['B']));
  expect([a!.house.callCount, b!.house.callCount]).toEqual([0, 1]);
  expect(b!.ledger.reserve(FIRST_TRADER)).toBeLessThan(500_000);
  expect(a!.ledger.accounts.quote[FIRST_TRADER]).toBe(1_000_000 - 100 * 50_000);
});

describe('a world with several venues', () => {
  const groups = (venues: readonly number[]) =>
    ['noise', 'market-maker', 'leveraged-holder'].map((kind) => ({ ...group(kind, 20), venues }));
  const scenario: Scenario = {
    ...scenarioOf({ groups: [...groups([0]), ...groups([1])] }),
    venues: [A, { ...A, name: 'B' }],
  };

  test('is saved, loaded, branched and compared as a whole', () => {
    const one = new Simulation(scenario);
    one.start(expandSeed('whole'));
    one.run(2 * SECOND);
    const saved = one.save();
    one.run(4 * SECOND);
    const other = new Simulation(scenario);
    other.load(saved);
    other.run(4 * SECOND);
    expect(other.hash()).toBe(one.hash());
    other.load(saved);
    other.branch(expandSeed('other luck'));
    other.run(4 * SECOND);
    expect(other.hash()).not.toBe(one.hash());
    other.assertConserved();
  });

  test('has the same tables at both, where crowds and luck are the same', () => {
    const simulation = new Simulation(scenario);
    simulation.start(expandSeed('twins'));
    simulation.run(5 * SECOND);
    const [a, b] = simulation.venues;
    expect(b!.events).toBe(a!.events);
    for (const name of ['accounts', 'positions', 'prices', 'marks', 'flow', 'calls'] as const)
      expect(b!.tables[name]).toEqual(a!.tables[name]);
    expect(a!.book.fills.count).toBeGreaterThan(10);
  });

  test('accounts are numbered one behind another where groups meet, and anew where they do not', () => {
    const of = (count: number, ...venues: number[]) => ({ count, venues });
    const places = placesOf([of(3, 0), of(2, 1), of(4, 1, 0), of(1, 0), of(5, 1)], 2);
    const first = FIRST_TRADER;
    expect(places.firstAccounts).toEqual([first, first, first + 3, first + 7, first + 7]);
    expect(places.firstAgents).toEqual([0, 3, 5, 9, 10]);
    expect(places.accounts).toEqual([first + 8, first + 12]);
  });
});
