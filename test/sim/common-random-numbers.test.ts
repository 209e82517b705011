// Two policies on the same seed are the same market until the policies first act: the same traders with the same
// parameters, waking at the same times and doing the same things.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../src/core/seed.ts';
import { defineAgent, number } from '../../src/index.ts';
import * as Event from '../../src/sim/terms/events.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import type { PoppedEvent, WrittenPolicy } from './by-hand.ts';
import { eventsOf, group, scenarioOf, shock, tableOf } from './by-hand.ts';

const S = 1_000_000;
const END = 15 * S;

const groups = [
  group('noise', 20),
  group('market-maker', 4),
  group('value', 10),
  group('trend', 10),
  group('leveraged-holder', 80, {
    params: {
      leverage: { kind: 'lognormal', mu: 2.5, sigma: 0.6, min: 2, max: 40 },
      size: { kind: 'exponential', mean: 30 },
      answers: 0.7,
    },
  }),
];

const policies: Readonly<Record<string, WrittenPolicy>> = {
  loose: { margin: { rule: 'flat', leverage: 100 }, ladder: 'immediate' },
  strict: { margin: { rule: 'flat', leverage: 15 }, ladder: 'call-then-partial', liquidation_fee: '1 %' },
  tiered: { margin: { rule: 'tiered', tiers: 'tiers' }, ladder: 'partial-then-full', insurance_fund: 1000 },
};

function start(policy: WrittenPolicy, seed: string): Simulation {
  const simulation = new Simulation(
    scenarioOf({
      groups,
      policy,
      shocks: [
        shock({ kind: 'sell-programme', at: '6 s', over: '4 s', every: '250 ms', notional: 8_000_000 }),
      ],
    }),
  );
  simulation.start(expandSeed(seed));
  return simulation;
}

interface Play {
  readonly events: readonly PoppedEvent[];
  /** Time of the first call, µs. */
  readonly called: number;
}

function play(policy: WrittenPolicy, seed: string): Play {
  const simulation = start(policy, seed);
  const events = eventsOf(simulation, END);
  const called = simulation.only.house.callCount > 0 ? simulation.only.house.calls.breach_us[0]! : END;
  return { events, called };
}

const pairs = [
  ['loose', 'strict'],
  ['loose', 'tiered'],
  ['strict', 'tiered'],
] as const;

describe.each(['one', 'two'])('seed %s', (seed) => {
  test.each(pairs)('gives the traders under %s and %s the same parameters', (a, b) => {
    const [one, other] = [start(policies[a]!, seed), start(policies[b]!, seed)];
    for (const { kind } of groups) {
      const columns = (simulation: Simulation) =>
        Object.entries(tableOf(simulation, kind.kind)).map(([key, column]) => [key, Array.from(column)]);
      expect(columns(one)).toEqual(columns(other));
    }
    expect(one.only.ledger.lots).toEqual(other.only.ledger.lots);
    // Only the collateral differs, where a policy asks for more than the trader would bring.
    expect(one.only.ledger.accounts.quote).not.toEqual(other.only.ledger.accounts.quote);
  });

  test.each(pairs)('makes the same events under %s and %s until the first call of either', (a, b) => {
    const [one, other] = [play(policies[a]!, seed), play(policies[b]!, seed)];
    const first = Math.min(one.called, other.called);
    expect(first).toBeGreaterThan(6 * S);
    expect(first).toBeLessThan(END);
    const before = ({ events }: Play) => events.filter(({ time_us }) => time_us < first);
    expect(before(one).length).toBeGreaterThan(1000);
    expect(before(one)).toEqual(before(other));
    expect(one.events).not.toEqual(other.events);
  });

  test('keeps the clocks of traders in step even after the policies have acted', () => {
    const [one, other] = [play(policies['loose']!, seed), play(policies['strict']!, seed)];
    expect(one.called).not.toBe(other.called);
    // Shared clocks draw from streams of their own, so that no trade can shift them.
    const clocks = ({ events }: Play) => events.filter(({ kind }) => kind === Event.CLOCK);
    expect(clocks(one).length).toBeGreaterThan(500);
    expect(clocks(one)).toEqual(clocks(other));
  });
});

describe('the answer to a margin call', () => {
  /** Draws one number at each call, and keeps those of the first two. */
  const listener = defineAgent({
    kind: 'listener',
    about: 'Holds a position, trades at random, and notes its luck at each call.',
    margined: true,
    params: { leverage: number(25, 'Notional over money.') },
    state: { calls: 'i32', first: 'f64', second: 'f64' },
    born(me, birth) {
      birth.deposit((100 * birth.lotValue(birth.mark)) / me.leverage);
      birth.hold(100, birth.mark);
    },
    wake: (_me, _market, rng) => rng.exponential(100_000),
    called(me, _market, rng) {
      me.calls++;
      const luck = rng.uniform();
      if (me.calls === 1) me.first = luck;
      if (me.calls === 2) me.second = luck;
    },
  });

  function luck(grace: string, at: string): { first: number[]; second: number[] } {
    const simulation = new Simulation(
      scenarioOf({
        groups: [group('noise', 10), group(listener, 5)],
        policy: { margin: { rule: 'flat', leverage: 40 }, ladder: [{ rung: 'call', grace }] },
        shocks: [shock({ kind: 'sale', at, lots: 15_000 })],
      }),
    );
    simulation.start(expandSeed('luck'));
    simulation.run(20 * S);
    const { calls, first, second } = tableOf(simulation, 'listener');
    expect(Math.min(...Array.from(calls!))).toBeGreaterThanOrEqual(2);
    return { first: Array.from(first!), second: Array.from(second!) };
  }

  test('depends on the trader and on which of its calls it is, not on when it comes', () => {
    const [soon, late] = [luck('1 s', '2 s'), luck('3 s', '6 s')];
    expect(late).toEqual(soon);
    expect(new Set([...soon.first, ...soon.second]).size).toBe(10);
  });
});
