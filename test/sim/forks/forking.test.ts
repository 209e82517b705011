// Forks under other rules and with one thing changed: what does not differ goes on as it would have, to the bit; money and
// lots stay what they are in all.
import { describe, expect, test } from 'vitest';
import { CALL_TAKEN_OVER, FIRST_TRADER, INSURANCE } from '../../../src/clearing/schema.ts';
import { expandSeed } from '../../../src/core/seed.ts';
import type { Change, ChangeContext, Rules } from '../../../src/sim/forks/changes/change.ts';
import { changes } from '../../../src/sim/forks/changes/index.ts';
import { goOnUnder, takeBackShocks } from '../../../src/sim/forks/forking.ts';
import { policySchema } from '../../../src/clearing/policy/policy.ts';
import type { GroupSpec, Scenario } from '../../../src/sim/scenario/scenario.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { PLAIN_RULES } from '../../../src/sim/terms/trading-rules.ts';
import type { MarketOptions, WrittenPolicy } from '../by-hand.ts';
import { group, instrument, levels, NO_LATENCY, scenarioOf, shock, tableOf } from '../by-hand.ts';

const S = 1_000_000;
const SHOCK = 6 * S;
const END = 15 * S;

const groups = [
  group('noise', 20),
  group('market-maker', 4),
  group('trend', 10),
  group('leveraged-holder', 80, {
    params: {
      leverage: { kind: 'lognormal', mu: 2.5, sigma: 0.6, min: 2, max: 40 },
      size: { kind: 'exponential', mean: 30 },
      answers: 0.7,
    },
  }),
];

const flat: WrittenPolicy = {
  margin: { rule: 'flat', leverage: 20 },
  ladder: 'immediate',
  insurance_fund: 1000,
};
const called: WrittenPolicy = { ...flat, ladder: [{ rung: 'call', grace: '2 s' }, { rung: 'full' }] };
const volatile: WrittenPolicy = {
  margin: {
    rule: 'flat',
    leverage: 20,
    wrappers: [{ wrapper: 'adaptive-volatility', interval: '500 ms', reference: '1 %' } as never],
  },
  ladder: 'immediate',
};

function scenario(policy: WrittenPolicy = flat, more: Partial<MarketOptions> = {}): Scenario {
  const sale = shock({
    kind: 'sell-programme',
    at: '6 s',
    over: '3 s',
    every: '250 ms',
    notional: 8_000_000,
  });
  const withdrawal = shock({ kind: 'withdrawal', at: '6 s', duration: '5 s' });
  return scenarioOf({ groups, policy, shocks: [sale, withdrawal], ...more });
}

/** A run up to `at`. */
function runTo(at: number, one: Scenario = scenario()): Simulation {
  const simulation = new Simulation(one);
  simulation.start(expandSeed('forking'));
  simulation.run(at);
  return simulation;
}

const rulesOf = (policy: WrittenPolicy, trading = PLAIN_RULES): Rules => [
  { policy: policySchema.parse(policy), trading: [trading], latency: NO_LATENCY },
];

const context: ChangeContext = {
  quantaPerUnit: 100,
  money: 'USDT',
  kinds: groups.map(({ kind }) => kind.kind),
  paramsOf: (kind) => groups.find((one) => one.kind.kind === kind)!.kind.paramNames,
  accounts: groups.reduce((sum, { count }) => sum + count, 0),
  policies: new Map([
    ['flat', rulesOf(flat)],
    ['called', rulesOf(called)],
  ]),
};

function changeOf(written: Readonly<Record<string, unknown>>, own: ChangeContext = context): Change {
  const definition = changes.find(({ name }) => name in written)!;
  return definition.compile(definition.settings.parse(written), own);
}

function finish(simulation: Simulation): Simulation {
  simulation.run(END);
  simulation.assertConserved();
  return simulation;
}

const SAME = { margin: false, ladder: false, waterfall: false };

describe('going on under other rules', () => {
  test('is the same run where the rules are the same', () => {
    const base = runTo(7 * S);
    const fork = new Simulation(scenario());
    goOnUnder(fork, base, [SAME]);
    expect(fork.hash()).toBe(base.hash());
    expect(finish(fork).hash()).toBe(finish(base).hash());
  });

  test('is the other run where both were the same until then', () => {
    // Nobody is in distress before the shock, so a ladder that comes into force there has been in force from the start.
    const base = runTo(SHOCK - 1);
    expect(base.only.house.callCount).toBe(0);
    const whole = finish(runTo(0, scenario(called)));
    const fork = new Simulation(scenario(called));
    goOnUnder(fork, base, [{ ...SAME, ladder: true }]);
    finish(fork);
    expect(fork.only.house.callCount).toBe(whole.only.house.callCount);
    expect(fork.only.house.callCount).toBeGreaterThan(10);
    expect(fork.only.ledger.accounts.quote).toEqual(whole.only.ledger.accounts.quote);
    expect(fork.only.ledger.lots).toEqual(whole.only.ledger.lots);
  });

  test('puts accounts in distress on the new ladder, and looks at them after the latency', () => {
    const late = runTo(SHOCK, scenario(called));
    const inDistress = (): number[] =>
      [...late.only.ledger.accounts.stage.keys()].filter((account) => late.only.house.inDistress(account));
    while (inDistress().length < 3 && late.queue.now < END) late.run(late.queue.now + 100_000);
    const { now } = late.queue;
    const fork = new Simulation(scenario());
    goOnUnder(fork, late, [{ ...SAME, ladder: true }]);
    const calls = inDistress().map((account) => late.only.ledger.accounts.call[account]! - 1);
    expect(calls.length).toBeGreaterThanOrEqual(3);
    fork.run(now + scenario().venues[0]!.latency.liquidation_us);
    const { liquidated_us, ended_us } = fork.only.house.calls;
    for (const call of calls)
      expect(Math.max(liquidated_us[call]!, ended_us[call]!)).toBeGreaterThanOrEqual(now);
    late.run(now + scenario().venues[0]!.latency.liquidation_us);
    expect(calls.every((call) => late.only.house.calls.liquidated_us[call]! < now)).toBe(true);
    finish(fork);
  });

  test('begins a margin that changes in time at the fork, though its table is larger', () => {
    const base = runTo(SHOCK - 1);
    const fork = new Simulation(scenario(volatile));
    expect(fork.only.tables.margin.value.length).toBeGreaterThan(base.only.tables.margin.value.length);
    goOnUnder(fork, base, [{ ...SAME, margin: true }]);
    expect(fork.only.tables.margin.value.some((value) => value !== 0)).toBe(true);
    const before = [...fork.only.tables.margin.value];
    finish(fork);
    expect([...fork.only.tables.margin.value]).not.toEqual(before);
  });

  test('brings in the capital of the new waterfall, takes out that of the old one, and moves the fund by the difference', () => {
    const vault: WrittenPolicy = {
      ...flat,
      waterfall: [{ layer: 'backstop', capital: 5000 }, { layer: 'write-off' }],
      insurance_fund: 400,
    };
    const base = runTo(7 * S, scenario(vault));
    const fork = new Simulation(scenario());
    goOnUnder(fork, base, [{ ...SAME, waterfall: true }]);
    expect(fork.only.ledger.equity(4)).toBeLessThanOrEqual(0);
    expect(fork.only.ledger.equity(INSURANCE) - base.only.ledger.equity(INSURANCE)).toBe(60_000);
    fork.only.ledger.assertConserved();
    const back = new Simulation(scenario(vault));
    goOnUnder(back, fork, [{ ...SAME, waterfall: true }]);
    expect(back.only.ledger.equity(4) - fork.only.ledger.equity(4)).toBe(500_000);
    finish(back);
    finish(fork);
  });

  test('calls those whom a tighter margin puts in breach in the instrument that they hold', () => {
    const instruments = [
      instrument(),
      instrument({
        name: 'BBB',
        price: 20_000,
        bids: levels(19_995, -1, 500, 40, 10),
        asks: levels(20_005, 1, 500, 40, 10),
      }),
    ];
    const [first, second] = [0, 1].map((n) =>
      group('leveraged-holder', 5, { name: `holders of ${n}`, instrument: n, params: { leverage: 15 } }),
    ) as [GroupSpec, GroupSpec];
    const two = (leverage: number) =>
      scenario(
        { margin: { rule: 'flat', leverage }, ladder: called.ladder! },
        { instruments, groups: [first, second], shocks: [] },
      );
    const base = runTo(S, two(20));
    expect(base.only.house.callCount).toBe(0);
    const fork = new Simulation(two(5));
    goOnUnder(fork, base, [{ ...SAME, margin: true }]);
    expect(fork.only.house.callCount).toBe(10);
    const { account, instrument: of, mark } = fork.only.house.calls;
    for (let row = 0; row < 10; row++) {
      const held = account[row]! < FIRST_TRADER + 5 ? 0 : 1;
      expect(fork.only.ledger.position(account[row]!, held)).not.toBe(0);
      expect([of[row], mark[row]]).toEqual([held, fork.only.ledger.marks[held]]);
    }
    finish(fork);
  });

  test('begins batches and a halt band that were not there, and ends them', () => {
    const batched = instrument({ trading: { ...PLAIN_RULES, batch_us: 100_000 } });
    const halting = instrument({
      trading: {
        ...PLAIN_RULES,
        halt: { move_ppm: 5000, within_us: 5 * S, call_us: S, makers: { kind: 'none' } },
      },
    });
    for (const venue of [batched, halting]) {
      const fork = new Simulation(scenario(flat, { instruments: [venue] }));
      goOnUnder(fork, runTo(7 * S), [SAME]);
      fork.run(7 * S + 50_000);
      expect(fork.only.commands.exchange.isCall(0)).toBe(venue === batched);
      finish(fork);
      if (venue === halting) expect(fork.only.commands.phases.halts(0)).toBeGreaterThan(0);
      const back = new Simulation(scenario());
      goOnUnder(back, fork, [SAME]);
      back.run(END + 2 * S);
      expect(back.only.commands.exchange.isCall(0)).toBe(false);
    }
  });

  test('refuses a world of another layout', () => {
    const other = new Simulation(scenario(flat, { groups: [group('noise', 3)] }));
    expect(() => {
      goOnUnder(other, runTo(S), [SAME]);
    }).toThrow(/layouts differ/);
  });
});

describe('a change', () => {
  test('engine off ends all liquidation', () => {
    const fork = runTo(7 * S);
    const before = fork.only.house.liquidationCount;
    changeOf({ engine: 'off' }).apply!(fork);
    expect(finish(fork).only.house.liquidationCount).toBe(before);
    expect(finish(runTo(7 * S)).only.house.liquidationCount).toBeGreaterThan(before);
  });

  test('a larger fund has more money, a smaller one not less than none', () => {
    const fork = runTo(7 * S);
    const had = fork.only.ledger.equity(INSURANCE);
    changeOf({ insurance_fund: 1500 }).apply!(fork);
    expect(fork.only.ledger.equity(INSURANCE)).toBe(had + 50_000);
    changeOf({ insurance_fund: 0 }).apply!(fork);
    expect(fork.only.ledger.equity(INSURANCE)).toBe(Math.max(0, had - 50_000));
    finish(fork);
  });

  test('makers that stay rest orders through a withdrawal', () => {
    const quotes = (simulation: Simulation): number => {
      simulation.run(SHOCK + 2 * S);
      const makers = [20, 21, 22, 23].map((agent) => FIRST_TRADER + agent);
      return makers.filter((account) => simulation.only.commands.exchange.open.oldest(account) >= 0).length;
    };
    expect(quotes(runTo(SHOCK - 1))).toBe(0);
    const fork = runTo(SHOCK - 1);
    changeOf({ kind: ['market-maker', 'noise'], stay: true }).apply!(fork); // noise has nothing to withdraw by
    expect(tableOf(fork, 'market-maker')['withdraw_above']![0]).toBe(Infinity);
    expect(quotes(fork)).toBeGreaterThan(0);
    finish(fork);
  });

  test('a scaled parameter is multiplied for all agents of the kind, and for no other', () => {
    const fork = runTo(SHOCK - 1);
    const before = Float64Array.from(tableOf(fork, 'market-maker')['inventory_limit']!);
    const size = Float64Array.from(tableOf(fork, 'market-maker')['size']!);
    const change = changeOf({ kind: 'market-maker', scale: { inventory_limit: 0.1 } });
    expect(change.title).toBe('market-maker inventory_limit × 0.1');
    change.apply!(fork);
    expect(tableOf(fork, 'market-maker')['inventory_limit']).toEqual(before.map((limit) => limit * 0.1));
    expect(tableOf(fork, 'market-maker')['size']).toEqual(size);
    finish(fork);
    expect(() => changeOf({ kind: 'market-maker', scale: { limit: 2 } })).toThrow(
      /no such parameter; it has every/,
    );
    expect(() => changeOf({ kind: 'market-maker', scale: {} })).toThrow(/needs a parameter/);
    expect(() => changeOf({ kind: 'bear', scale: { size: 2 } })).toThrow(/no group of bear/);
  });

  test('an inactive kind trades no more, and leaves no order behind', () => {
    const fork = runTo(SHOCK - 1);
    changeOf({ kind: 'noise', inactive: true }).apply!(fork);
    const accounts = Array.from({ length: 20 }, (_, i) => FIRST_TRADER + i);
    const held = accounts.map((account) => fork.only.ledger.position(account, 0));
    for (const account of accounts) expect(fork.only.commands.exchange.open.oldest(account)).toBe(-1);
    finish(fork);
    expect(accounts.map((account) => fork.only.ledger.position(account, 0))).toEqual(held);
  });

  test.each(['largest', 'most-leveraged', FIRST_TRADER + 40] as const)(
    'removing an account (%s) leaves it empty, and every other as it was',
    (which) => {
      for (const at of [SHOCK - 1, 7 * S]) {
        const base = runTo(at);
        const fork = runTo(at);
        changeOf({ remove: which }).apply!(fork);
        fork.only.ledger.assertConserved();
        const changed = [...base.only.ledger.accounts.quote.keys()].filter(
          (account) => fork.only.ledger.accounts.quote[account] !== base.only.ledger.accounts.quote[account],
        );
        expect(changed.length).toBe(2);
        const removed = changed[1]!;
        if (typeof which === 'number') expect(removed).toBe(which);
        expect(fork.only.ledger.isFlat(removed)).toBe(true);
        expect(fork.only.ledger.equity(removed)).toBe(0);
        expect(fork.only.book.bestBid(0)).toBe(base.only.book.bestBid(0));
        finish(fork);
        expect(fork.only.ledger.equity(removed)).toBe(0);
        const { account, ended_us, outcome } = fork.only.house.calls;
        for (let row = 0; row < fork.only.house.callCount; row++) {
          if (account[row] !== removed) continue;
          expect(ended_us[row]).toBeGreaterThanOrEqual(0);
          expect(ended_us[row]! < at || outcome[row] === CALL_TAKEN_OVER).toBe(true);
        }
      }
    },
  );

  test('without a rule drops the rungs, wrappers, layers or venue rules of that name', () => {
    const halt = { move_ppm: 10_000, within_us: S, call_us: S, makers: { kind: 'none' as const } };
    const own = rulesOf({ ...called, liquidation_fee: '1 %' }, { ...PLAIN_RULES, halt, taker_ppm: 500 });
    const all = { ...context, policies: new Map([['own', own]]) };
    const ruled = (name: string): Rules => changeOf({ without: name }, all).rules!(own);
    expect(ruled('call')[0]!.policy.ladder).toMatchObject([{ rung: 'full' }]);
    expect(ruled('insurance')[0]!.policy.waterfall).toEqual([{ layer: 'write-off' }]);
    expect(ruled('liquidation_fee')[0]!.policy.liquidation_fee).toBe(0);
    expect(ruled('halt')[0]!.trading[0]).not.toHaveProperty('halt');
    expect(ruled('fees')[0]!.trading[0]!.taker_ppm).toBe(0);
    expect(() => ruled('floor')).toThrow('no policy has a rule of the name floor');
    const bare = { ...context, policies: new Map([['own', rulesOf(flat)]]) };
    expect(() => changeOf({ without: 'full' }, bare)).toThrow('full is the only rung of policy own');
  });

  test('says what there is where a name is wrong', () => {
    expect(() => changeOf({ kind: 'bear', stay: true })).toThrow(/no group of bear/);
    expect(() => changeOf({ kind: ['market-maker', 'bear'], stay: true })).toThrow(/no group of bear/);
    expect(() => changeOf({ policy: 'none' })).toThrow(/there are flat, called/);
    expect(() => changeOf({ remove: 3 })).toThrow(/needs the number of a trader/);
  });
});

describe('other luck', () => {
  test('is another run for another key, the same for the same, and leaves who the traders are', () => {
    const forked = (key: string): Simulation => {
      const simulation = runTo(SHOCK - 1);
      simulation.branch(expandSeed(key));
      return simulation;
    };
    const [one, same, other] = [forked('a'), forked('a'), forked('b')];
    expect(tableOf(one, 'leveraged-holder')).toEqual(tableOf(other, 'leveraged-holder'));
    expect(one.only.ledger.accounts.quote).toEqual(other.only.ledger.accounts.quote);
    expect(finish(one).hash()).toBe(finish(same).hash());
    expect(one.hash()).not.toBe(finish(other).hash());
  });

  test('is that of a run whose key it was from the start, where nothing has been drawn', () => {
    const simulation = new Simulation(scenario(flat, { groups: [group('noise', 20)] }));
    simulation.start(expandSeed('a'));
    simulation.branch(expandSeed('a'));
    expect(finish(simulation).only.ledger.lots.some((lots) => lots !== 0)).toBe(true);
  });
});

test('shocks that are taken back do nothing', () => {
  const fork = runTo(SHOCK - 1);
  takeBackShocks(fork);
  finish(fork);
  expect(fork.only.tables.prices.reference[0]).toBe(0);
  expect(fork.only.ledger.position(3, 0)).toBe(0);
});
