// Ladders whose rungs act at levels of health of their own. Margin is flat: 10 % initial, 5 % maintenance. A holds 100
// lots at 1000. Its equity at p is E₀ − 100 (1000 − p) and its requirement 5 p, so each level has a price that can be
// worked out by hand: health h is where E₀ − 100,000 + 100 p = 5 h p.
import { describe, expect, test } from 'vitest';
import type { WrittenPolicy } from './by-hand.ts';
import type { DrawOptions } from './draw.ts';
import { market } from './draw.ts';
import type { Trader } from './drawn-traders.ts';

const S = 1_000_000;
const margin = { rule: 'flat', leverage: 10, maintenance_rate: 0.05 };

const withLadder = (
  ladder: WrittenPolicy['ladder'],
  options: { level?: number; A?: Trader; policy?: Partial<WrittenPolicy> } = {},
): DrawOptions => ({
  policy: { margin, ladder, ...options.policy },
  level: options.level ?? 1,
  ...(options.A === undefined ? {} : { traders: { A: options.A } }),
});

/** One lot bid at each price where something is to happen, much at 850. A reaches its first level at 950. */
const STEPS = `
  price   bids   asks   longs that break here
  1000    1
   950    1             A: 100 lots
   940    1
   934    1
   925    1
   908    1
   850    900
`;

describe('a ladder of levels: 150 % warn, 120 % call, 100 % partial, 66 % full', () => {
  // At 950 A has 1.5 · 4,750 = 7,125: E₀ = 12,125. 120 % at 934.8, 100 % at 925, 66 % at 908.7.
  const ladder: WrittenPolicy['ladder'] = [
    { rung: 'warn', at: '150 %', wait: '10 s' },
    { rung: 'call', at: '120 %', grace: '60 s' },
    { rung: 'partial', at: '100 %', fraction: '10 %', times: 1, cool_down: '30 s' },
    { rung: 'full', at: '66 %' },
  ];
  const world = () => market(STEPS, withLadder(ladder, { level: 1.5 })).until(S);

  test('does nothing above the first level', () => {
    const calm = world();
    calm.sell(1).until(5 * S);
    expect(calm.calls()).toEqual([]);
  });

  test('warns at the first and asks for nothing', () => {
    const warned = world()
      .sell(2)
      .until(5 * S);
    expect(warned.calls()).toMatchObject([{ account: 'A', outcome: 'open', notices: 0, mark: 950 }]);
    expect(warned.orders()).toEqual([]);
  });

  test('calls at the second, when the mark comes there, and not before', () => {
    const warned = world()
      .sell(2)
      .until(2 * S);
    warned.sell(1).until(3 * S); // 940
    expect(warned.calls()).toMatchObject([{ notices: 0 }]);
    warned.sell(1); // 934: equity 5,525 of 4,670 required, 118 %
    expect(warned.calls()).toMatchObject([{ notices: 1 }]);
    expect(warned.callDetails()).toMatchObject([{ sent_us: 3 * S, failed_us: -1 }]);
    expect(warned.demands()).toEqual([9340 - 5525]);
  });

  test('does not wait for the grace period when the third is reached', () => {
    const called = world()
      .sell(4)
      .until(10 * S); // 934
    called.sell(1); // 925
    expect(called.orders()).toMatchObject([{ account: 'A', ordered: 10, time_us: 10 * S }]);
    expect(called.callDetails()).toMatchObject([{ unmet: 0, failed_us: -1, liquidated_us: 10 * S }]);
  });

  test('closes everything at the last, at once', () => {
    const called = world()
      .sell(4)
      .until(10 * S);
    called.sell(2); // through 925 to 908: equity 2,925 of 4,540, 64 %
    expect(called.orders()).toMatchObject([{ ordered: 100, filled: 100 }]);
    expect(called.calls()).toMatchObject([{ outcome: 'liquidated' }]);
  });

  test('counts a call whose time runs out above the next level as unmet, and closes nothing', () => {
    const called = world()
      .sell(4)
      .until(S + 61 * S);
    expect(called.calls()).toMatchObject([{ outcome: 'open' }]);
    expect(called.callDetails()).toMatchObject([{ unmet: 1, failed_us: 61 * S }]);
    expect(called.orders()).toEqual([]);
  });
});

test('the cause of a forced order is what carried the price to its level, not what opened the episode', () => {
  const world = market(
    `
    price   bids   asks   longs that break here
    1000    1
     950    1             A: 100 lots
     930    1             B: 20 lots
     920    1
     910    900
  `,
    withLadder(
      [
        { rung: 'call', at: '120 %', grace: '60 s' },
        { rung: 'full', at: '100 %' },
      ],
      { level: 1.2 },
    ),
  ).until(S);
  world.sell(2).until(2 * S); // 950: A is called
  expect(world.calls()).toMatchObject([{ account: 'A' }]);
  world.sell(1); // 930: A is below 100 % and is closed; B is called. A's order takes B below 100 %
  expect(world.calls()).toMatchObject([{ account: 'A' }, { account: 'B', mark: 930 }]);
  expect(world.liquidations()).toEqual([
    { account: 'A', generation: 1, cause: 'sale', price: 910.1 },
    { account: 'B', generation: 2, cause: 'A', price: 910 },
  ]);
});

describe('search', () => {
  test('takes what is missing from the free balance, and nobody is called', () => {
    const world = market(
      STEPS,
      withLadder([{ rung: 'search' }, { rung: 'call' }, { rung: 'full' }], { A: { free: 20_000 } }),
    ).until(S);
    world.sell(2); // 950: 4,750 of 4,750
    expect(world.calls()).toMatchObject([{ outcome: 'met', notices: 0, topped_up: 4750 }]);
    expect(world.equity('A')).toBe(9500);
    expect(world.free('A')).toBe(20_000 - 4750);
    expect(world.moneyCreated()).toBe(0);
  });

  test('takes all there is when that is not enough, and the call asks for the rest', () => {
    const world = market(
      STEPS,
      withLadder([{ rung: 'search' }, { rung: 'call' }, { rung: 'full' }], { A: { free: 0 } }),
    ).until(S);
    world.sell(2);
    expect(world.demands()).toEqual([4750]);
  });
});

describe('restrict', () => {
  test('lets the account reduce and nothing else, until it is healthy', () => {
    const world = market(
      STEPS,
      withLadder([{ rung: 'restrict' }, { rung: 'call', grace: '60 s' }, { rung: 'full' }], {
        A: { reserve: 10_000, answers: 1, after_us: 20 * S },
      }),
    ).until(S);
    world.sell(2).until(2 * S);
    const account = world.accountOf('A');
    const { commands: venue, book } = world.simulation.only;
    venue.limit(account, 0, 5, 800, 1, false);
    expect(book.owners.open[account]).toBe(0);
    venue.market(account, 0, -10, 0);
    expect(world.position('A')).toBe(90);
    venue.limit(account, 0, -100, 990, 1, false); // cut to what it holds
    expect(book.orders.lots(book.oldest(account))).toBe(90);
  });
});

describe('enough', () => {
  test('closes as little as restores the buffer, here at the mark', () => {
    const world = market(
      STEPS,
      withLadder([{ rung: 'enough', buffer: '10 %' }, { rung: 'full' }], {
        policy: { liquidation_fee: '1 %' },
      }),
    ).until(S);
    world.sell(2);
    // Closing x lots at 950 costs a fee of 9.5 x: 4,750 − 9.5 x > 1.1 · 47.5 (100 − x) from x = 11.1 on.
    expect(world.orders()[0]).toMatchObject({ ordered: 12 });
  });
});

describe('step-down', () => {
  test('reduces to the cap of the next lower tier, and closes everything in the lowest', () => {
    const tiers: [number, number, number, number, number][] = [
      [0, 400, 0.05, 20, 0],
      [400, 800, 0.06, 10, 4],
      [800, 10_000, 0.08, 5, 20],
    ];
    const world = market(
      `
    price   bids   asks   longs that break here
    1000    1
     950    900           A: 100 lots
    `,
      withLadder([{ rung: 'step-down', cool_down: '1 s' }], {
        policy: { margin: { rule: 'tiered', tiers } },
      }),
    ).until(S);
    world.sell(2).until(60 * S);
    // 95,000 quanta are 950 money: tier 3. 800 money are 84 lots at 950; then 400 are 42.
    expect(world.orders()[0]).toMatchObject({ ordered: 16 });
  });
});

describe('paced', () => {
  test('closes equal slices at equal times', () => {
    const world = market(
      `
    price   bids   asks   longs that break here
    1000    1
     950                  A: 100 lots
     900    900
    `,
      withLadder([{ rung: 'paced', slices: 4, every: '2 s' }]),
    ).until(S);
    world.sell(2).until(60 * S);
    expect(world.orders().map(({ ordered, time_us }) => [ordered, time_us / S])).toEqual([
      [25, 1],
      [25, 3],
      [25, 5],
      [25, 7],
    ]);
  });

  test('keeps to its share of the volume that is traded', () => {
    const world = market(
      `
    price   bids   asks   longs that break here
    1000    1
     950                  A: 100 lots
     900    900
    `,
      withLadder([{ rung: 'paced', slices: 4, every: '2 s', share_of_volume: '50 %' }]),
    ).until(S);
    world.sell(21).until(2 * S); // 21 lots so far
    world.sell(30).until(3 * S);
    expect(world.orders().map(({ ordered }) => ordered)).toEqual([10, 15]);
  });
});

describe('an order with a limit', () => {
  test('does not trade beyond the bankruptcy price; the next rung takes the rest', () => {
    const world = market(
      `
    price   bids   asks   longs that break here
    1000    1
     950    1             A: 100 lots
     920    10
     902    10
     901    900
    `,
      withLadder([{ rung: 'full', limit: 'bankruptcy', times: 1, retry: '5 s' }, { rung: 'full' }]),
    ).until(S);
    world.sell(2); // equity 4,750 for 100 lots at 950: nothing is left at 902.5
    expect(world.orders()[0]).toMatchObject({ ordered: 100, filled: 10 });
    world.until(6 * S);
    expect(world.orders()[1]).toMatchObject({ ordered: 90, filled: 90 });
  });

  test('does not trade further from the mark than it says', () => {
    const world = market(
      STEPS,
      withLadder([{ rung: 'full', limit: '2 %', times: 1, retry: '5 s' }, { rung: 'full' }]),
    ).until(S);
    world.sell(2); // 950 less 2 % is 931
    expect(world.orders()[0]).toMatchObject({ filled: 2 });
  });
});

test('a partial liquidation grows with each call that was not met', () => {
  const world = market(
    `
    price   bids   asks   longs that break here
    1000    1
     950    900           A: 100 lots
    `,
    withLadder([
      { rung: 'call', grace: '1 s' },
      { rung: 'call', grace: '1 s' },
      { rung: 'partial', fraction: '10 %', per_unmet_call: '100 %', times: 1 },
      { rung: 'full' },
    ]),
  ).until(S);
  world.sell(2).until(3 * S);
  expect(world.orders()).toMatchObject([{ ordered: 30, time_us: 3 * S }]);
  expect(world.callDetails()).toMatchObject([{ unmet: 2, failed_us: 2 * S }]);
});
