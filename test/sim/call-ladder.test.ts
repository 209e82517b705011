// The call ladder, rung by rung, on a market that fits on a page. Margin is flat: 10 % initial, 5 % maintenance. A
// holds 100 lots at 1000 and breaks at 950: it has 9,750 quanta, 5,000 of which are gone there and 4,750 required.
import { describe, expect, test } from 'vitest';
import { policySchema } from '../../src/clearing/policy/policy.ts';
import type { WrittenPolicy } from './by-hand.ts';
import type { DrawOptions } from './draw.ts';
import { market } from './draw.ts';

const MS = 1000;
const S = 1_000_000;
const margin = { rule: 'flat', leverage: 10, maintenance_rate: 0.05 };
const call = { rung: 'call', grace: '60 s' };
const partial = { rung: 'partial', fraction: '25 %', times: 2, cool_down: '2 s' };
const full = { rung: 'full', retry: '1 s' };

const withLadder = (ladder: WrittenPolicy['ladder'], options: DrawOptions = {}): DrawOptions => ({
  ...options,
  policy: { margin, ladder, ...options.policy },
});

/** Deep at 950 and below, so that A's own sale does not move the price much. */
const DEEP = `
  price   bids   asks   longs that break here
  1000    1
   950    200           A: 100 lots
   900    200
   850    900
`;

/** A sale to 950 at one second. */
const breach = (options: DrawOptions, table = DEEP) => market(table, options).until(S).sell(2);

describe('a call', () => {
  test('that is answered in time is met, and the account rests at its new trigger', () => {
    const world = breach(
      withLadder([call, full], { traders: { A: { reserve: 10_000, answers: 1, after_us: 10 * S } } }),
    );
    expect(world.calls()).toMatchObject([{ account: 'A', outcome: 'open', notices: 1, detected_us: S }]);
    world.until(11 * S - 1);
    expect(world.equity('A')).toBe(4750);
    world.until(11 * S);
    expect(world.equity('A')).toBe(9500); // 10 % of 95,000
    expect(world.calls()).toEqual([
      {
        account: 'A',
        outcome: 'met',
        mark: 950,
        notices: 1,
        topped_up: 4750,
        breach_us: S,
        detected_us: S,
        ended_us: 11 * S,
      },
    ]);
    world.until(100 * S);
    expect(world.liquidations()).toEqual([]);
    expect(world.drawn()).toBe(`
  price   bids   asks   longs that break here
   950    199
   900    200           A: 100 lots
   850    900
`);
    expect(world.simulation.only.ledger.accounts.reserve[world.accountOf('A')]).toBe(5250);
    expect(world.moneyCreated()).toBe(0);
  });

  test('for maintenance only asks for one quantum more than is required', () => {
    const options = { traders: { A: { reserve: 10_000, answers: 1, after_us: S } } };
    const world = breach(withLadder([{ ...call, demand: 'maintenance' }, full], options)).until(2 * S);
    expect(world.calls()).toMatchObject([{ outcome: 'met', topped_up: 1 }]);
    expect(world.equity('A')).toBe(4751);
  });

  test('for an initial margin no larger than maintenance asks for that quantum too, and can be met', () => {
    const same = { rule: 'flat', leverage: 20, maintenance_rate: 0.05 };
    const options = { traders: { A: { reserve: 10_000, answers: 1, after_us: S } } };
    const world = breach(withLadder([call, full], { ...options, policy: { margin: same } })).until(100 * S);
    expect(world.calls()).toMatchObject([{ outcome: 'met', topped_up: 1, notices: 1 }]);
    expect(world.liquidations()).toEqual([]);
  });

  test('that is answered with less than is missing is not met', () => {
    const options = { traders: { A: { reserve: 10_000, answers: 0.5, after_us: S } } };
    const world = breach(withLadder([call, full], options)).sell(200); // on to 900
    world.until(2 * S); // 2,375 quanta arrive; 250 were negative, 4,500 are required
    expect(world.equity('A')).toBe(-250 + 2375);
    world.until(61 * S);
    expect(world.calls()).toMatchObject([{ outcome: 'liquidated', topped_up: 2375, ended_us: 61 * S }]);
  });

  test('is answered no further than the reserve goes', () => {
    const options = { traders: { A: { reserve: 1000, answers: 1, after_us: S } } };
    const world = breach(withLadder([call, full], options)).until(2 * S);
    expect(world.calls()).toMatchObject([{ outcome: 'met', topped_up: 1000 }]);
    expect(world.equity('A')).toBe(5750);
    expect(world.simulation.only.ledger.accounts.reserve[world.accountOf('A')]).toBe(0);
  });

  test('is met without money when the price comes back before anybody looks again', () => {
    const world = breach(withLadder([call, full]));
    world
      .bid(1, 980)
      .sell(1)
      .until(S)
      .until(60 * S);
    expect(world.calls()).toMatchObject([{ outcome: 'open' }]);
    world.until(61 * S);
    expect(world.calls()).toMatchObject([{ outcome: 'met', topped_up: 0, ended_us: 61 * S }]);
    expect(world.drawn()).toContain('950    199           A: 100 lots');
  });

  test('alone on the ladder is repeated after each grace period', () => {
    const world = breach(withLadder([call])).until(4 * 60 * S + S);
    expect(world.calls()).toMatchObject([{ outcome: 'open', notices: 5 }]);
    expect(world.liquidations()).toEqual([]);
  });
});

describe('an unmet call', () => {
  test('goes on to partial orders and then a full one, at the times of the ladder', () => {
    const table = `
  price   bids   asks   longs that break here
  1000    1
   950    1             A: 100 lots
   930    25
   920    19
   900    900
`;
    const world = breach(withLadder([call, partial, full]), table).until(200 * S);
    const free = { fee: 0, insured: 0, written_off: 0 };
    expect(world.orders()).toEqual([
      { account: 'A', time_us: 61 * S, ordered: 25, filled: 25, price: 930, ...free },
      { account: 'A', time_us: 63 * S, ordered: 19, filled: 19, price: 920, ...free }, // 25 % of 75, rounded up
      { account: 'A', time_us: 65 * S, ordered: 56, filled: 56, price: 900, ...free },
    ]);
    expect(world.calls()).toMatchObject([{ outcome: 'liquidated', notices: 1, ended_us: 65 * S }]);
    expect(world.equity('A')).toBe(9750 - 25 * 70 - 19 * 80 - 56 * 100);
  });

  test('ends with the first partial order when that restores health', () => {
    const world = breach(withLadder([call, partial, full])).until(200 * S);
    expect(world.orders()).toMatchObject([{ time_us: 61 * S, ordered: 25, price: 950 }]);
    // 4,750 quanta now stand against a requirement of 3,563
    expect(world.calls()).toMatchObject([{ outcome: 'met', ended_us: 63 * S }]);
    expect(world.position('A')).toBe(75);
    expect(world.drawn()).toBe(`
  price   bids   asks   longs that break here
   950    174
   933                  A: 75 lots
   900    200
   850    900
`);
  });

  test('is not demanded anew by visits that its end has made void', () => {
    const options = { traders: { A: { reserve: 20_000, answers: 1, after_us: 10 * S } } };
    const world = breach(withLadder([call, full], options)).until(11 * S); // met
    world.sell(200); // to 900: a second call, whose grace ends at 71 s
    expect(world.calls()).toMatchObject([{ outcome: 'met' }, { outcome: 'open', breach_us: 11 * S }]);
    world.simulation.only.ledger.accounts.reserve[world.accountOf('A')] = 0; // the answer at 21 s comes to nothing
    world.until(61 * S); // the first call's visit finds another call
    expect(world.calls()).toMatchObject([{ outcome: 'met' }, { outcome: 'open', notices: 1 }]);
    expect(world.orders()).toEqual([]);
    world.until(71 * S);
    expect(world.orders()).toMatchObject([{ time_us: 71 * S, ordered: 100 }]);
    expect(world.calls()).toMatchObject([{ outcome: 'met' }, { outcome: 'liquidated', ended_us: 71 * S }]);
  });
});

describe('a full order', () => {
  test('that finds an empty book is tried again, ever more rarely, until all is sold; tries leave one row', () => {
    const table = `
  price   bids   asks   longs that break here
  1000    1
   950    1             A: 100 lots
`;
    const world = breach(withLadder([full]), table).until(2 * S);
    world.bid(30, 910).until(4 * S);
    expect(world.position('A')).toBe(70);
    world.bid(500, 905).until(10 * S);
    expect(world.orders()).toMatchObject([
      { time_us: S, ordered: 100, filled: 0 },
      { time_us: 4 * S, ordered: 100, filled: 30, price: 910 },
      { time_us: 5 * S, ordered: 70, filled: 70, price: 905 },
    ]);
    expect(world.calls()).toMatchObject([{ outcome: 'liquidated', ended_us: 5 * S }]);
  });

  test('in a market that is gone is tried at growing intervals, and takes no room', () => {
    const table = `
  price   bids   asks   longs that break here
  1000    1
   950    1             A: 100 lots
`;
    const world = breach(withLadder([full]), table).until(1000 * S);
    expect(world.orders()).toMatchObject([{ time_us: S, ordered: 100, filled: 0 }]);
    // At 1, 2, 4, 8 and 16 s, and every ten seconds from there.
    world.bid(500, 905).until(1015.9 * S);
    expect(world.orders()[1]).toMatchObject({ time_us: 1006 * S, filled: 100, price: 905 });
    expect(world.orders()).toHaveLength(2);
  });

  test('for a short position buys', () => {
    const table = `
  price   bids   asks   shorts that break here
  1100           200
  1050           1      A: 100 lots
  1000           1
`;
    const world = market(table, withLadder([full], { price: 1000 }))
      .until(S)
      .buy(2);
    expect(world.orders()).toMatchObject([{ ordered: -100, filled: 100, price: 1100 }]);
    expect(world.equity('A')).toBe(10_250 - 100 * 100); // 5,250 required at 1050 and 5,000 to lose until there
  });
});

describe('latency', () => {
  const latency = { mark_us: 12_345, liquidation_us: 678, notice_us: 91 };

  test('of mark, detection and notice add up to the microsecond', () => {
    const world = breach(
      withLadder([call, full], { latency, traders: { A: { reserve: 5000, answers: 1, after_us: 7 } } }),
    );
    const breached = S + 12_345;
    const seen = breached + 678;
    world.until(breached - 1);
    expect(world.calls()).toEqual([]);
    world.until(breached);
    expect(world.calls()).toMatchObject([{ breach_us: breached, detected_us: -1, notices: 0 }]);
    world.until(seen);
    expect(world.calls()).toMatchObject([{ detected_us: seen, notices: 1, topped_up: 0 }]);
    world.until(seen + 91 + 6);
    expect(world.calls()).toMatchObject([{ outcome: 'open' }]);
    world.until(seen + 91 + 7);
    expect(world.calls()).toMatchObject([{ outcome: 'met', ended_us: seen + 91 + 7 }]);
  });

  test('of detection lets an account that is healthy again go', () => {
    const world = breach(withLadder([full], { latency: { liquidation_us: 10 * MS } }));
    world
      .bid(1, 980)
      .sell(1)
      .until(2 * S);
    expect(world.calls()).toMatchObject([{ outcome: 'met', notices: 0, ended_us: S + 10 * MS }]);
    expect(world.orders()).toEqual([]);
  });
});

describe('a ladder is refused', () => {
  test.each([
    ['a call', [{ rung: 'call', grace: 0 }], 'grace'],
    ['a partial order', [{ rung: 'partial', cool_down: '0 s' }], 'cool_down'],
    ['a full order', [{ rung: 'full', retry: '0 ms' }], 'retry'],
  ])('whose last rung, %s, would be tried again and again at the same microsecond', (_, ladder, setting) => {
    const result = policySchema.safeParse({ margin, ladder });
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error)).toContain(setting);
  });
});

describe('with the engine off', () => {
  test('nobody is called', () => {
    const world = market(DEEP, withLadder([call, full]));
    world.simulation.only.house.switchEngineOff();
    world
      .until(S)
      .sell(400)
      .until(100 * S);
    expect(world.equity('A')).toBeLessThan(0);
    expect(world.calls()).toEqual([]);
  });

  test('calls that were open stay as they are', () => {
    const world = breach(withLadder([call, full]));
    world.simulation.only.house.switchEngineOff();
    world.until(200 * S);
    expect(world.calls()).toMatchObject([{ outcome: 'open', notices: 1 }]);
    expect(world.orders()).toEqual([]);
  });
});
