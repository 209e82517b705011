// Auctions of liquidated positions by hand. Margin is flat: 10 % initial, 5 % maintenance. A holds 100 lots and breaks at
// 950 with 4,750 quanta left: its bankruptcy price is 902.5, which is asked as 903. Nobody in the book could take it.
import { linear } from '../../src/contracts/linear.ts';
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER, INSURANCE } from '../../src/clearing/schema.ts';
import { ConfigError } from '../../src/core/errors.ts';
import type { WrittenPolicy } from './by-hand.ts';
import { policyOf, QUANTA_PER_UNIT } from './by-hand.ts';
import type { DrawOptions } from './draw.ts';
import { market } from './draw.ts';
import type { Bidder } from './drawn-traders.ts';
import { NO_ORIGIN } from '../../src/clearing/calls/call-log.ts';

const S = 1_000_000;
const margin = { rule: 'flat', leverage: 10, maintenance_rate: 0.05 };
const rich = 1_000_000;

const LONG = `
  price   bids   asks   longs that break here
  1000    1
   950    1             A: 100 lots
   850    100
`;

const auctioned = (
  rung: Record<string, unknown>,
  liquidators: Readonly<Record<string, Bidder>>,
  policy: Partial<WrittenPolicy> = {},
) => {
  const options: DrawOptions = {
    policy: { margin, ladder: [{ rung: 'auction', ...rung }, { rung: 'full' }], ...policy },
    liquidators,
  };
  return market(LONG, options).until(S).sell(2); // the mark is 950 from one second on
};

describe('a Dutch auction', () => {
  const dutch = { kind: 'dutch', start: '0 %', step: '1 %', every: '2 s', rounds: 5 };

  test('asks less and less, until somebody takes the position', () => {
    const world = auctioned(dutch, { L: { capital: rich, lots: 100, discount: 0.02 } });
    world.until(5 * S - 1);
    expect(world.takeovers()).toEqual([]);
    expect(world.orders()).toEqual([]);
    world.until(5 * S); // third offer: 950 − 19
    expect(world.takeovers()).toEqual([{ taker: 'L', lots: 100, price: 931, gained: 1900, time_us: 5 * S }]);
    expect(world.position('A')).toBe(0);
    expect(world.equity('A')).toBe(4750 - 1900);
    expect(world.position('L')).toBe(100);
    expect(world.equity('L')).toBe(rich + 1900);
    expect(world.calls()).toMatchObject([{ outcome: 'taken over', ended_us: 5 * S }]);
    expect(world.orders()).toMatchObject([{ ordered: 100, filled: 0 }]);
    expect(world.simulation.only.house.liquidations.taken_over[0]).toBe(100);
    expect(world.moneyCreated()).toBe(0);
    world.simulation.only.house.losses.assertBorne();
  });

  test('goes to those who ask for less discount first, and to equal ones in the order of accounts', () => {
    const world = auctioned(dutch, {
      late: { capital: rich, lots: 100, discount: 0.02 },
      first: { capital: rich, lots: 80, discount: 0.009 },
      second: { capital: rich, lots: 40, discount: 0.009 },
    });
    world.until(5 * S);
    expect(world.takeovers().map(({ taker, lots, price }) => [taker, lots, price])).toEqual([
      ['first', 80, 941],
      ['second', 20, 941],
    ]);
  });

  test('goes no lower than the bankruptcy price, and then to the next rung', () => {
    const steep = { ...dutch, step: '10 %', rounds: 3 };
    const world = auctioned(steep, { L: { capital: rich, lots: 100, discount: 0.06 } });
    world.until(7 * S - 1);
    expect(world.takeovers()).toEqual([]);
    world.until(7 * S);
    expect(world.orders()).toMatchObject([{ ordered: 100, filled: 100, price: 850 }]);
  });

  test('goes beyond it if the floor says so, and leaves a debt', () => {
    const deep = { ...dutch, step: '6 %', floor: '10 %' };
    const world = auctioned(deep, { L: { capital: rich, lots: 100, discount: 0.06 } });
    world.until(3 * S); // 950 − 57 = 893
    expect(world.takeovers()[0]).toMatchObject({ price: 893, gained: 5700 });
    expect(world.orders()).toMatchObject([{ written_off: 950 }]);
    expect(world.equity('A')).toBe(0);
    world.simulation.only.house.losses.assertBorne();
  });

  test('of a short position asks more and more', () => {
    const world = market(
      `
  price   bids   asks   shorts that break here
  1100           100
  1050           1      A: 100 lots
  1001           1
  1000    1
`,
      {
        policy: { margin, ladder: [{ rung: 'auction', ...dutch }] },
        liquidators: { L: { capital: rich, lots: 60, discount: 0.015 } },
      },
    );
    world
      .until(S)
      .buy(2)
      .until(5 * S);
    expect(world.takeovers()[0]).toMatchObject({ taker: 'L', lots: -60, price: 1071, gained: 1260 });
    expect([world.position('A'), world.position('L')]).toEqual([-40, -60]);
    // 3,990 of A's 5,250 quanta are left, and 2,100 are required.
    world.until(7 * S);
    expect(world.calls()).toMatchObject([{ outcome: 'met' }]);
  });

  test('takes no more than the margin of the liquidator carries', () => {
    const world = auctioned(dutch, { L: { capital: 4000, lots: 100, discount: 0 } });
    // 10 % of 950 is 95 a lot: 42 of them.
    expect(world.takeovers()[0]).toMatchObject({ lots: 42, price: 950, gained: 0 });
  });

  test('pays reward and penalty out of the equity that is left', () => {
    const world = auctioned(
      { ...dutch, reward: '2 %', penalty: '4 %' },
      { L: { capital: rich, lots: 100, discount: 0 } },
    );
    // 95,000 of value: 1,900 for L; 3,800 for the fund, of which 2,850 are there.
    expect(world.takeovers()).toMatchObject([
      { taker: 'L', lots: 100, price: 950, gained: 0 },
      { taker: 'L', lots: 0, gained: 1900 },
    ]);
    expect(world.equity('L')).toBe(rich + 1900);
    expect(world.money(INSURANCE)).toBe(2850);
    expect(world.orders()).toMatchObject([{ fee: 2850, written_off: 0 }]);
    expect(world.equity('A')).toBe(0);
    expect(world.moneyCreated()).toBe(0);
    world.simulation.only.house.losses.assertBorne();
  });

  test('ends when the account is healthy again', () => {
    const world = auctioned(dutch, { L: { capital: rich, lots: 100, discount: 0.02 } });
    world
      .bid(1, 1000)
      .ask(1, 1000)
      .until(10 * S);
    expect(world.calls()).toMatchObject([{ outcome: 'met' }]);
    expect(world.takeovers()).toEqual([]);
  });
});

describe('a sealed-bid auction', () => {
  const sealed = { kind: 'sealed', time: '3 s' };
  const three = {
    low: { capital: rich, lots: 100, discount: 0.04 },
    high: { capital: rich, lots: 50, discount: 0.01 },
    middle: { capital: rich, lots: 30, discount: 0.02 },
  };

  test('is opened when the time for bids is over, the best prices first', () => {
    const world = auctioned(sealed, three);
    world.until(4 * S - 1);
    expect(world.takeovers()).toEqual([]);
    world.until(4 * S);
    // Settled in the order of accounts: what is left for the lowest bid is 20 lots.
    expect(world.takeovers().map(({ taker, lots, price }) => [taker, lots, price])).toEqual([
      ['low', 20, 912],
      ['high', 50, 940],
      ['middle', 30, 931],
    ]);
    expect(world.calls()).toMatchObject([{ outcome: 'taken over' }]);
  });

  test('has all winners pay the worst price that won, if it is uniform', () => {
    const world = auctioned({ ...sealed, pricing: 'uniform' }, three).until(4 * S);
    expect(world.takeovers().map(({ lots, price }) => [lots, price])).toEqual([
      [20, 912],
      [50, 912],
      [30, 912],
    ]);
  });

  test('refuses bids below the floor, and leaves what nobody else takes', () => {
    const world = auctioned({ ...sealed, floor: '3 %' }, three).until(8 * S);
    expect(world.takeovers().map(({ taker, lots }) => [taker, lots])).toEqual([
      ['high', 50],
      ['middle', 30],
    ]);
    // What is left of A is healthy, so no next rung has it.
    expect(world.position('A')).toBe(20);
    expect(world.calls()).toMatchObject([{ outcome: 'met' }]);
  });

  test('does not ask a liquidator that is in distress itself', () => {
    const world = auctioned(sealed, three);
    world.simulation.only.house.openCall(S, FIRST_TRADER + 2, 0, NO_ORIGIN);
    world.until(4 * S);
    expect(world.takeovers().map(({ taker }) => taker)).toEqual(['low', 'middle']);
  });
});

describe('settings of another kind are refused with their place', () => {
  test.each([
    [{ kind: 'dutch', pricing: 'uniform' }, 'pricing'],
    [{ kind: 'sealed', step: '1 %' }, 'step'],
  ])('%o', (rung, name) => {
    const compile = () =>
      policyOf({ margin, ladder: [{ rung: 'full' }, { rung: 'auction', ...rung }] }).rules({
        instruments: [{ name: 'A', contract: linear(1) }],
        quantaPerUnit: QUANTA_PER_UNIT,
        state: new Float64Array(0),
        data: () => undefined,
      });
    expect(compile).toThrow(ConfigError);
    try {
      compile();
    } catch (error) {
      expect((error as ConfigError).describe()).toBe(
        `ladder[1].${name}: is not for an auction of kind ${rung.kind}`,
      );
    }
  });
});
