// One world, stepped from outside: the same run as the laboratory makes, at any moment, from any moment, and with any change.
import { beforeAll, describe, expect, test } from 'vitest';
import { keyOfRun } from '../../src/core/seed.ts';
import { loadExperiment } from '../../src/library/load.ts';
import type { World } from '../../src/library/world.ts';
import { simulate } from '../../src/library/world.ts';
import type { MarketExperiment } from '../../src/models/experiment.ts';
import { compileScenario } from '../../src/models/experiment.ts';
import { Player } from '../../src/replay/player.ts';
import { TWIN } from '../../src/replay/fork.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { small } from './small.ts';

const WHERE = { policy: 'strict', shock: 1, run: 2 };
let experiment: MarketExperiment;
const world = (): World => simulate(experiment, WHERE);

beforeAll(() => {
  experiment = loadExperiment(small) as MarketExperiment;
});

test('is the run that the engine makes by itself', () => {
  const simulation = new Simulation(compileScenario(experiment, WHERE));
  simulation.start(keyOfRun('library', 2));
  simulation.run(30e6);
  const made = world();
  expect(made.run().hash()).toBe(simulation.hash());
  expect(made.events).toBe(simulation.events);
  expect([made.now_us, made.until_us, made.shock_us]).toEqual([30e6, 30e6, 10e6]);
  expect(made.moment().liquidations).toBeGreaterThan(5);
  made.assertConserved();
});

test('is the same in steps, in pieces of time, and from what was saved', () => {
  const whole = world().run('12 s');
  const steps = world();
  while (steps.events < whole.events) expect(steps.step()).toBe(true);
  expect(steps.run(12e6).hash()).toBe(whole.hash());
  const saved = whole.save();
  const at = whole.hash();
  const end = whole.run().hash();
  expect(whole.step()).toBe(false);
  expect(whole.load(saved).hash()).toBe(at);
  expect(whole.now_us).toBe(12e6);
  expect(whole.run().hash()).toBe(end);
  expect(steps.load(structuredClone(saved)).run().hash()).toBe(end);
});

test('is not gone back from what was saved of another run, shock, policy or fork', () => {
  const saved = world().run('1 s').save();
  const others = [
    simulate(experiment, { ...WHERE, run: 1 }),
    simulate(experiment, { ...WHERE, shock: 0 }),
    simulate(experiment, { ...WHERE, policy: 'easy' }),
    world().fork(),
    simulate(loadExperiment(small, { seed: 'other' }), WHERE),
  ];
  for (const other of others) {
    const before = other.hash();
    expect(() => other.load(saved)).toThrow('this world was saved of another run, or of a fork of it');
    expect(other.hash()).toBe(before);
  }
});

describe('a fork', () => {
  test('without a change is the same world, apart from the first', () => {
    const first = world().run('11 s');
    const copy = first.fork();
    expect(copy.hash()).toBe(first.hash());
    const before = first.hash();
    copy.run();
    expect(first.hash()).toBe(before);
    expect(first.run().hash()).toBe(copy.hash());
  });

  test('with the engine off just before the shock is the twin', () => {
    const rehearsal = Player.rehearse({ experiment, ...WHERE, fork: TWIN });
    let step = rehearsal.next();
    while (step.done !== true) step = rehearsal.next();
    const first = world();
    const twin = first
      .run(first.shock_us - 1)
      .fork({ engine: 'off' })
      .run();
    expect(twin.hash()).toBe(step.value.hash);
    expect(twin.moment().liquidations).toBe(0);
    expect(first.run().moment().liquidations).toBeGreaterThan(0);
  });

  test('of a fork has the rules that are in force there', () => {
    const easy = world().run('5 s').fork({ policy: 'easy' });
    const account = easy.groups[1]!.first;
    const own = world().run('5 s').account(account).maintenance;
    const eased = easy.account(account).maintenance;
    expect(eased / own).toBeCloseTo(20 / 25, 4);
    const again = easy.run('6 s').fork();
    expect(again.hash()).toBe(easy.hash());
    expect(again.run('7 s').hash()).toBe(easy.run('7 s').hash());
    expect(easy.fork({ policy: 'strict' }).account(account).maintenance).toBeCloseTo(own, 4);
  });
});

describe('where a pool is too small', () => {
  const tight = loadExperiment({
    ...small,
    market: { ...small.market, capacity: { liquidations: 2, calls: 2 } },
  });

  test('the world is made again with more room, and goes on as if there had been enough', () => {
    const roomy = world();
    const narrow = simulate(tight, WHERE);
    const saved = narrow.run('9 s').save();
    const count = (one: World): number[] => [
      one.events,
      one.now_us,
      one.moment().liquidations,
      one.book().last,
    ];
    roomy.run('9 s');
    const early = count(roomy);
    expect(count(narrow.run())).toEqual(count(roomy.run()));
    expect(count(narrow.load(saved))).toEqual(early);
    const [a, b] = [roomy, narrow].map((one) =>
      one
        .load(one === roomy ? world().run('9 s').save() : saved)
        .fork({ policy: 'easy' })
        .run(),
    );
    expect(count(b!)).toEqual(count(a!));
  });
});

describe('what is looked at', () => {
  test('the book adds up, level by level, with best prices first', () => {
    const { bids, asks, bid, ask, mark, time_us } = world().run('8 s').book({ instrument: 'BTC' });
    expect(time_us).toBe(8e6);
    expect([bids.price[0], asks.price[0]]).toEqual([bid, ask]);
    expect(Math.abs(mark - 5000)).toBeLessThan(10);
    for (let i = 1; i < bids.price.length; i++) expect(bids.price[i]!).toBeLessThan(bids.price[i - 1]!);
    for (let i = 1; i < asks.price.length; i++) expect(asks.price[i]!).toBeGreaterThan(asks.price[i - 1]!);
    expect(bids.lots[500]).toBe(2000);
  });

  test('accounts of a group by their numbers; the largest hold most', () => {
    const now = world().run('1 s');
    const { first, count } = now.groups[1]!;
    expect(now.groups[1]).toEqual({ name: 'longs', kind: 'leveraged-holder', count: 100, first });
    const all = Array.from({ length: count }, (_, i) => now.account(first + i));
    expect(all.map(({ group, member }) => `${group} ${member}`).at(-1)).toBe('longs 99');
    const lots = all.reduce((sum, { positions }) => sum + positions[0]!.lots, 0);
    expect(lots / 1000).toBeCloseTo(200, 0);
    const most = Math.max(...all.map(({ positions }) => positions[0]!.lots));
    expect(now.account(now.largest(1)[0]!).positions[0]!.lots).toBe(most);
  });

  test('statistics of one’s own: samples at their times, the first now and the last at the end', () => {
    const { time_us, columns } = world()
      .run('9 s')
      .sample('2 s', (now) => ({ last: now.book().last, at: now.now_us }), '14 s');
    expect([...time_us]).toEqual([9e6, 11e6, 13e6, 14e6]);
    expect([...columns.at]).toEqual([...time_us]);
    expect(columns.last[1]!).toBeLessThan(columns.last[0]! - 200);
  });
});

test.each([
  ['no such policy', { policy: 'none' }, 'policy none: there are easy, strict'],
  ['no such shock', { shock: 2 }, /^shock 2: there are 0 \(/],
  ['no such run', { run: 4 }, 'run 4: there are runs 0 to 3'],
  ['half a run', { run: 0.5 }, 'run 0.5: needs a whole number from 0 on'],
])('refuses %s', (_, options, message) => {
  expect(() => simulate(experiment, options)).toThrow(message);
});

test.each([
  ['a time without a unit', (one: World) => one.run('12'), 'until: needs a time with its unit'],
  ['half a µs', (one: World) => one.run(0.5), 'needs whole µs from 0 on, or a time with its unit'],
  ['samples all the time', (one: World) => one.sample(0, () => ({})), 'must be at least 1 µs'],
  [
    'an account that is not there',
    (one: World) => one.account(5000),
    'there is no account 5000: they are 0 to 117',
  ],
  [
    'an instrument that is not there',
    (one: World) => one.book({ instrument: 'ETH' }),
    'there is no ETH at any venue; there are BTC',
  ],
  ['a change that is none', (one: World) => one.fork({ engine: 'of' }), /^engine: /],
])('refuses %s', (_, work, message) => {
  expect(() => work(world())).toThrow(message);
});
