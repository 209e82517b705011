// Declaring a kind of trader: what it may write, what the compiler refuses (`tsc -p test` checks this file), and what
// the declaration itself refuses.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import type { ConfigError } from '../../../src/index.ts';
import { defineAgent, number, rate } from '../../../src/index.ts';
import { checkKinds } from '../../../src/sim/agent/check.ts';
import { Me, Standing } from '../../../src/sim/agent/me.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { group, NO_LATENCY, scenarioOf, tableOf } from '../by-hand.ts';

const about = 'For a test.';

describe('the types of an agent', () => {
  test('let it read parameters, memory and its account, and write memory only', () => {
    const kind = defineAgent({
      kind: 'typed',
      about,
      params: { size: number(3, 'Lots.') },
      state: { average: 'f64', count: 'i32' },
      born(me, birth) {
        me.average = birth.mark;
        // @ts-expect-error a parameter is fixed
        me.size = 4;
        // @ts-expect-error the mark is the venue's
        birth.mark = 4;
      },
      wake(me, market, rng) {
        me.average += me.size * (market.mid - me.average);
        me.count++;
        // @ts-expect-error there is no cash to write
        me.cash = 1000;
        // @ts-expect-error a parameter is fixed
        me.size = 5;
        // @ts-expect-error nothing undeclared can be read
        if (typeof me.total === 'number') me.count = 0;
        // @ts-expect-error nothing undeclared can be written
        me.total = 1;
        // @ts-expect-error the account is the venue's
        me.equity = 1e9;
        // @ts-expect-error so is the position
        me.position = 0;
        // @ts-expect-error and the reserve
        me.reserveLeft = 0;
        // @ts-expect-error the market's prices are not an agent's to set
        market.mark = 1;
        // @ts-expect-error memory is numbers
        me.average = 'high';
        return rng.exponential(1000);
      },
      called(me) {
        // @ts-expect-error a parameter is fixed, in a call too
        me.size = 0;
      },
    });
    expect(kind.paramNames).toEqual(['size']);
    expect(kind.stateNames).toEqual(['average', 'count']);
  });

  test('give an agent without memory nothing to write', () => {
    defineAgent({
      kind: 'plain',
      about,
      params: {},
      wake(me) {
        // @ts-expect-error no memory was declared
        me.average = 1;
        return Infinity;
      },
    });
  });

  test('take memory of two sorts and parameters by their makers', () => {
    // @ts-expect-error text is no sort of memory
    expect(() => defineAgent({ kind: 'wrong', about, params: {}, state: { name: 'text' } })).toThrow();
    // @ts-expect-error a parameter says its unit and what it is for
    expect(() => defineAgent({ kind: 'wrong', about, params: { size: 3 } })).toThrow();
    // @ts-expect-error an agent says what it does
    expect(() => defineAgent({ kind: 'wrong', params: {} })).toThrow();
  });
});

const namesOf = (value: object): string[] => Object.getOwnPropertyNames(value);

/** An agent as it is when it wakes. */
function attached(): Me {
  let seen: Me | undefined;
  const shown = defineAgent({
    kind: 'shown',
    about,
    params: {},
    wake(me) {
      seen = me;
      return Infinity;
    },
  });
  const simulation = new Simulation(scenarioOf({ groups: [group(shown, 1)] }));
  simulation.start(expandSeed('shown'));
  simulation.run(1_000_000);
  return seen!;
}

describe('a declaration is refused that', () => {
  const own = [...namesOf(attached()), ...namesOf(Me.prototype), ...namesOf(Standing.prototype)].filter(
    (name) => name !== 'constructor',
  );

  test('is known from an agent at work', () => {
    expect(own).toEqual(expect.arrayContaining(['equity', 'account', 'row', 'book', 'house']));
  });

  test.each(own)('has a parameter named %s, which every agent has already', (name) => {
    const params = { [name]: number(1, 'Taken.') };
    expect(() => defineAgent({ kind: 'thief', about, params })).toThrow(
      `agent thief: '${name}' is taken; use another name`,
    );
  });

  test.each(own)('remembers something as %s', (name) => {
    expect(() => defineAgent({ kind: 'thief', about, params: {}, state: { [name]: 'f64' } })).toThrow(
      TypeError,
    );
  });

  test('has one name for a parameter and for memory', () => {
    const params = { average: number(1, 'At first.') };
    expect(() => defineAgent({ kind: 'double', about, params, state: { average: 'f64' } })).toThrow(
      `agent double: 'average' is both a parameter and a part of the state`,
    );
  });

  test('shares a clock that has no rate', () => {
    expect(() => defineAgent({ kind: 'still', about, clock: 'shared', params: {} })).toThrow(
      `agent still: a shared clock needs a parameter named 'rate'`,
    );
    expect(() =>
      defineAgent({ kind: 'going', about, clock: 'shared', params: { rate: rate('1 per s', 'Ticks.') } }),
    ).not.toThrow();
  });
});

describe('in a world', () => {
  test('memory is rounded by its type, and parameters come from the scenario', () => {
    const counter = defineAgent({
      kind: 'counter',
      about,
      params: { step: number(1, 'Added each time.') },
      state: { whole: 'i32', real: 'f64' },
      wake(me) {
        me.whole += me.step;
        me.real += me.step;
        return 1_000_000;
      },
    });
    const groups = [
      group(counter, 2, { name: 'slow', params: { step: 0.75 } }),
      group(counter, 1, { name: 'fast', params: { step: 2.5 } }),
    ];
    const simulation = new Simulation(scenarioOf({ groups, latency: NO_LATENCY }));
    simulation.start(expandSeed('counter'));
    simulation.run(3_999_999); // first wakes lie in the first second
    const { step, whole, real } = tableOf(simulation, 'counter');
    expect(step).toEqual(Float64Array.of(0.75, 0.75, 2.5));
    expect(real).toEqual(Float64Array.of(3, 3, 10));
    expect(whole).toEqual(Int32Array.of(0, 0, 8)); // 0.75 is cut to 0 each time, 2.5 to 2, 4.5 to 4, …
    expect(simulation.wakes).toBe(12);
  });

  test.each([NaN, -1, undefined, '5', null, {}])(
    'a wake that returns %j is an error that names the kind',
    (delay) => {
      const lost = defineAgent({ kind: 'lost', about, params: {}, wake: () => delay as number });
      const simulation = new Simulation(scenarioOf({ groups: [group(lost, 1)] }));
      simulation.start(expandSeed('lost'));
      expect(() => simulation.run(2_000_000)).toThrow(
        /^agent lost at 0\.\d+ s: wake returned (NaN|-1|undefined|5|null|\[object Object\]), needs a delay in µs or Infinity$/,
      );
    },
  );

  test('a wake that returns Infinity was the last', () => {
    const once = defineAgent({ kind: 'once', about, params: {}, wake: () => Infinity });
    const simulation = new Simulation(scenarioOf({ groups: [group(once, 5)] }));
    simulation.start(expandSeed('once'));
    simulation.run(20_000_000);
    expect(simulation.wakes).toBe(5);
  });

  test('an order reaches the book after the latency of orders, to the microsecond', () => {
    const punctual = defineAgent({
      kind: 'punctual',
      about,
      params: {},
      state: { sent: 'f64' },
      wake(me, market) {
        me.sent = market.time;
        market.buy(1);
        return Infinity;
      },
    });
    const groups = [group(punctual, 1)];
    const simulation = new Simulation(scenarioOf({ groups, latency: { order_us: 1234 } }));
    simulation.start(expandSeed('punctual'));
    simulation.run(3_000_000);
    expect(simulation.only.book.fills.count).toBe(1);
    const sent = tableOf(simulation, 'punctual')['sent']![0]!;
    expect(simulation.only.book.fills.sweeps.time(0)).toBe(sent + 1234);
  });
});

describe('a declaration that JavaScript lets through is refused', () => {
  const good = { kind: 'plain', about, params: {} };
  test.each([
    [undefined, 'defineAgent: needs an object with kind, about and params'],
    [{ about, params: {} }, 'defineAgent: kind: needs a name, got nothing'],
    [{ ...good, kind: 5 }, 'defineAgent: kind: needs a name, got 5'],
    [{ ...good, params: undefined }, 'agent plain: params: needs an object; {} for none, got nothing'],
    [{ ...good, wakes: () => 1 }, 'agent plain: wakes: there is no such field; there are kind, about'],
    [{ ...good, wake: 5 }, 'agent plain: wake: needs a function, got 5'],
    [{ ...good, clock: 'mine' }, `agent plain: clock: needs 'own' or 'shared', got "mine"`],
    [{ ...good, state: { a: 'text' } }, `agent plain: state.a: needs 'f64' or 'i32', got "text"`],
    [{ ...good, params: { a: 3 } }, 'agent plain: params.a: needs a parameter'],
    [{ ...good, params: { a: number(NaN, 'x') } }, 'agent plain: params.a.value: needs a finite number'],
    [{ ...good, wallet: [] }, 'agent plain: wallet: there is no such field; it is called facilities now'],
    [{ ...good, facilities: ['a'] }, 'agent plain: facilities: needs names of parameters, got "a"'],
  ])('%j', (definition, message) => {
    let said = '';
    try {
      defineAgent(definition as never);
    } catch (error) {
      said = (error as ConfigError).describe();
    }
    expect(said).toContain(message);
  });

  test('two kinds of one name, and one that was not there yet', () => {
    const kind = defineAgent({ kind: 'plain', about, params: {} });
    expect(() => checkKinds([kind, kind])).toThrow('a second kind named plain');
    expect(() => checkKinds([undefined])).toThrow('needs what defineAgent gives, got nothing');
  });
});
