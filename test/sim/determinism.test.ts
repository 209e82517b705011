// The same seed is the same run to the last byte: run again, or saved in the middle and gone on with in a world that
// never saw the beginning. And what a seed decides for one group depends on nobody else.
import { describe, expect, test } from 'vitest';
import { agents } from '../../agents/index.ts';
import { AUCTION, CALL_OPEN, FIRST_TRADER } from '../../src/clearing/schema.ts';
import { expandSeed } from '../../src/core/seed.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import * as Event from '../../src/sim/terms/events.ts';
import type { GroupSpec, Scenario } from '../../src/sim/scenario/scenario.ts';
import type { WrittenPolicy } from './by-hand.ts';
import { atVenue, eventsOf, group, instrument, scenarioOf, shock, tableOf } from './by-hand.ts';
import { wild } from './wild.ts';

const S = 1_000_000;
const END = 20 * S;

const noise = group('noise', 20);
/** Groups of each kind with parameters that make it act within the seconds of a test. */
const busy: Readonly<Record<string, readonly GroupSpec[]>> = {
  noise: [noise],
  'market-maker': [noise, group('market-maker', 4)],
  value: [noise, group('value', 10)],
  trend: [noise, group('trend', 20, { params: { every: 500_000, leverage: 30, threshold: 0.0001 } })],
  'leveraged-holder': [noise, ...holders(60)],
  liquidator: [
    noise,
    group('leveraged-holder', 40, { params: { side: 1, leverage: 100, size: 20 } }),
    group('liquidator', 5, { params: { capacity: 40, discount: 0.001, doubt: 0.001, every: 500_000 } }),
  ],
};

function holders(count: number): GroupSpec[] {
  return ([1, -1] as const).map((side) =>
    group('leveraged-holder', count, {
      name: side > 0 ? 'longs' : 'shorts',
      params: {
        side,
        leverage: { kind: 'lognormal', mu: 3, sigma: 0.6, min: 2, max: 100 },
        size: { kind: 'exponential', mean: 30 },
        answer_time: 500_000,
      },
    }),
  );
}

const everybody: readonly GroupSpec[] = [
  noise,
  group('market-maker', 4),
  group('value', 10),
  ...busy['trend']!.slice(1),
  ...holders(60),
  group(wild, 10, { params: { leverage: 30 } }),
];

const calls: WrittenPolicy['ladder'] = [
  { rung: 'call', grace: '2 s' },
  { rung: 'partial', cool_down: '700 ms' },
  { rung: 'full', retry: '300 ms' },
];

/** With auctions, what nobody takes going to the fund, which sells it on. */
const auctions: Partial<WrittenPolicy> = {
  margin: { rule: 'flat', leverage: 100 },
  ladder: [{ rung: 'auction', step: '0.3 %', every: '200 ms', rounds: 3 }, { rung: 'takeover' }],
  waterfall: [{ layer: 'insurance', take_over: true }],
  unwind: { every: '500 ms' },
};

function scenarioWith(groups: readonly GroupSpec[]): Scenario {
  const auctioned = groups.some(({ kind }) => kind.bid !== undefined);
  return scenarioOf({
    groups,
    policy: {
      margin: { rule: 'ewma-var', history: 'closes', horizon: '1 min', interval: '1 s' },
      ladder: calls,
      ...(auctioned && auctions),
      liquidation_fee: '0.5 %',
      insurance_fund: 1000,
    },
    shocks: [
      shock({ kind: 'sell-programme', at: '6 s', over: '6 s', every: '500 ms', notional: 1_500_000 }),
      shock({ kind: 'value-jump', at: '7 s', change: '-2 %' }),
      shock({ kind: 'withdrawal', at: '8 s', duration: '3 s' }),
    ],
  });
}

function run(scenario: Scenario, seed = 'determinism', until = END): Simulation {
  const simulation = new Simulation(scenario);
  simulation.start(expandSeed(seed));
  simulation.run(until);
  return simulation;
}

const cases = [
  ...agents.map((kind) => [kind.kind, busy[kind.kind] ?? [noise, group(kind, 10)]] as const),
  ['all kinds', everybody] as const,
];

describe.each(cases)('a market of %s', (_, groups) => {
  const scenario = scenarioWith(groups);
  const whole = run(scenario);

  test('is the same run from the same seed, and another from another', () => {
    const first = run(scenario);
    expect(first.events).toBeGreaterThan(500);
    expect(whole.hash()).toBe(first.hash());
    expect(run(scenario, 'another').hash()).not.toBe(first.hash());
    first.start(expandSeed('another'));
    first.run(END);
    expect(first.hash()).toBe(run(scenario, 'another').hash()); // nothing of the run before is left
  });

  test.each([0, 1, 7_300_000, 11 * S])(
    'saved at %i µs goes on in a fresh world as if it had never stopped',
    (at) => {
      const half = run(scenario, 'determinism', at);
      const fresh = new Simulation(scenario);
      fresh.load(half.save());
      expect(fresh.hash()).toBe(half.hash());
      fresh.run(END);
      expect(fresh.events).toBe(whole.events);
      expect(fresh.hash()).toBe(whole.hash());
    },
  );

  test('in steps, in slices of time and in one go is the same run', () => {
    const sliced = run(scenario, 'determinism', 0);
    for (let until = 0; until <= END; until += 33_333) sliced.run(until);
    sliced.run(END);
    const stepped = run(scenario, 'determinism', 0);
    while (stepped.step(END));
    expect(sliced.hash()).toBe(whole.hash());
    expect(stepped.hash()).toBe(whole.hash());
  });
});

describe('a save in the middle of trouble', () => {
  const scenario = scenarioWith(everybody);

  /** Runs until the run shows `what`; the snapshot must then contain it. */
  function savedWhen(what: (simulation: Simulation) => boolean): { snapshot: Uint8Array; at: number } {
    const simulation = run(scenario, 'determinism', 0);
    while (!what(simulation)) if (!simulation.step(END)) throw new Error('this never happened');
    return { snapshot: simulation.save(), at: simulation.queue.now };
  }

  const openCalls = ({ only: { house } }: Simulation, detected: boolean): number => {
    let open = 0;
    for (let call = 0; call < house.callCount; call++) {
      const seen = house.calls.detected_us[call]! >= 0;
      if (house.calls.outcome[call] === CALL_OPEN && seen === detected) open++;
    }
    return open;
  };
  /** Accounts on a rung beyond the first. */
  const liquidating = ({ only: { ledger } }: Simulation): number =>
    ledger.accounts.stage.filter((stage) => stage > 1).length;
  const pendingOf = ({ queue }: Simulation, kind: number): number => {
    // Rows of the queue are reused, so a row counts if its time is still to come.
    const { columns } = queue;
    let pending = 0;
    for (let row = 0; row < columns.kind.length; row++) {
      if (columns.kind[row] === kind && columns.time_us[row]! > queue.now) pending++;
    }
    return pending;
  };

  test.each<[string, (simulation: Simulation) => boolean]>([
    ['calls not yet detected', (simulation) => openCalls(simulation, false) > 1],
    ['calls in their grace period', (simulation) => openCalls(simulation, true) > 3],
    [
      'accounts half liquidated',
      (simulation) => liquidating(simulation) > 2 && simulation.only.house.liquidationCount > 3,
    ],
    ['answers on their way', (simulation) => pendingOf(simulation, Event.TOP_UP) > 1],
    ['marks on their way', (simulation) => pendingOf(simulation, Event.MARK_PUBLISH) > 0],
    [
      'a shock half done',
      (simulation) => simulation.queue.now > 6.6 * S && pendingOf(simulation, Event.SHOCK_STEP) > 0,
    ],
    ['makers asleep', (simulation) => simulation.queue.now > 8.5 * S],
  ])('goes on the same with %s', (_, what) => {
    const whole = run(scenario);
    const { snapshot, at } = savedWhen(what);
    const fresh = new Simulation(scenario);
    fresh.load(snapshot);
    expect(fresh.queue.now).toBe(at);
    fresh.run(END);
    expect(fresh.hash()).toBe(whole.hash());
  });

  test('forks: one snapshot is run on twice in one world', () => {
    const { snapshot } = savedWhen((simulation) => openCalls(simulation, true) > 3);
    const world = new Simulation(scenario);
    world.load(snapshot);
    world.run(END);
    const first = world.hash();
    world.load(snapshot);
    world.run(END);
    expect(world.hash()).toBe(first);
  });

  test('a fork with the engine off has the same events until the first call, and other ones after it', () => {
    const simulation = run(scenario, 'determinism', 2 * S);
    expect(simulation.only.house.callCount).toBe(0);
    const snapshot = simulation.save();
    const events = eventsOf(simulation, END, () => simulation.only.house.callCount > 0);
    expect(events.length).toBeGreaterThan(1000);
    expect(simulation.queue.now).toBeLessThan(END);
    simulation.load(snapshot);
    simulation.only.house.switchEngineOff();
    const off = eventsOf(simulation, END);
    expect(off.slice(0, events.length)).toEqual(events);
    expect(simulation.only.house.callCount).toBe(0);
    simulation.only.ledger.assertConserved();
    simulation.load(snapshot);
    expect(eventsOf(simulation, END)).not.toEqual(off);
  });
});

test('a world too large to keep a copy of its beginning starts each run afresh all the same', () => {
  const usual = scenarioWith(everybody);
  const large = atVenue(usual, { capacity: { ...usual.venues[0]!.capacity, calls: 1_200_000 } });
  const simulation = new Simulation(large);
  expect(simulation.bytes).toBeGreaterThan(64 * 1024 * 1024);
  const hashes = ['one', 'two', 'one'].map((seed) => {
    simulation.start(expandSeed(seed));
    simulation.run(8 * S);
    return simulation.hash();
  });
  expect(hashes[2]).toBe(hashes[0]);
  expect(hashes[1]).not.toBe(hashes[0]);
});

describe('another group of traders', () => {
  const base = [group('noise', 5), group('trend', 10), ...holders(20)];
  const extra = [
    group('noise', 3, { name: 'more noise' }),
    group('leveraged-holder', 15, {
      name: 'more longs',
      params: { leverage: { kind: 'uniform', low: 2, high: 90 } },
    }),
  ];
  const calm = (groups: readonly GroupSpec[]) =>
    scenarioOf({ groups, instruments: [instrument({ index: { volatility: 0, every_us: S } })] });

  /** Parameters and memory of the agents of each group at birth, by name of group. */
  function born(groups: readonly GroupSpec[]): Map<string, Record<string, number[]>> {
    const simulation = run(calm(groups), 'born', 0);
    const found = new Map<string, Record<string, number[]>>();
    const rows = new Map<string, number>();
    let account = FIRST_TRADER;
    for (const { name, kind, count } of groups) {
      const first = rows.get(kind.kind) ?? 0;
      rows.set(kind.kind, first + count);
      const columns = Object.entries(tableOf(simulation, kind.kind)).map(
        ([key, column]) => [key, Array.from({ length: count }, (_, i) => column[first + i]!)] as const,
      );
      const of = (column: ArrayLike<number>) => Array.from({ length: count }, (_, i) => column[account + i]!);
      found.set(name, {
        ...Object.fromEntries(columns),
        quote: of(simulation.only.ledger.accounts.quote),
        lots: of(simulation.only.ledger.lots),
      });
      account += count;
    }
    return found;
  }

  test.each<[string, readonly GroupSpec[]]>([
    ['after', [...base, ...extra]],
    ['before', [...extra, ...base]],
    ['between', [base[0]!, extra[1]!, ...base.slice(1), extra[0]!]],
  ])('put %s the others changes nobody else', (_, groups) => {
    const [alone, together] = [born(base), born(groups)];
    for (const [name, columns] of alone) expect(together.get(name), name).toEqual(columns);
    const leverage = together.get('longs')!['leverage']!;
    expect(new Set(leverage).size).toBe(leverage.length);
    expect(together.get('more longs')!['leverage']).not.toEqual(leverage.slice(0, 15));
  });

  test('needs a name of its own', () => {
    const twins = scenarioOf({ groups: [group('noise', 5), group('trend', 3), group('noise', 2)] });
    expect(() => new Simulation(twins)).toThrow('two groups are named noise: same name, same luck');
  });

  test('leaves the others their wake times', () => {
    // Traders who look at their own clocks only, and a group that never trades.
    const quiet = group('leveraged-holder', 30, { name: 'quiet', params: { leverage: 1.5 } });
    const wakes = (groups: readonly GroupSpec[]): number[] => {
      const simulation = run(calm(groups), 'wakes', 0);
      const events = eventsOf(simulation, 5 * S);
      return events
        .filter(({ kind }) => kind === Event.WAKE || kind === Event.CLOCK)
        .map(({ time_us }) => time_us);
    };
    const alone = wakes([group('noise', 5), group('trend', 10)]);
    expect(alone.length).toBeGreaterThan(50);
    expect(wakes([quiet, group('noise', 5), group('trend', 10)])).toEqual(alone);
  });
});

test('the market of liquidators has auctions that somebody wins, and inventory that is sold', () => {
  const simulation = run(scenarioWith(busy['liquidator']!), 'determinism', 0);
  const sales = eventsOf(simulation, END).filter(({ kind }) => kind === Event.UNWIND);
  const { log, count } = simulation.only.house.losses;
  expect(Array.from(log.layer.subarray(0, count))).toContain(AUCTION);
  expect(sales.length).toBeGreaterThan(5);
});
