// Who pays: liquidation fees, the insurance fund, and losses written off, in exact quanta. Margin is flat: 10 % initial,
// 5 % maintenance. A holds 100 lots at 1000 and breaks at 950: it has 9,750 quanta, 4,750 of which are required there.
import { describe, expect, test } from 'vitest';
import { INSURANCE, WRITTEN_OFF } from '../../src/clearing/schema.ts';
import type { WrittenPolicy } from './by-hand.ts';
import type { DrawOptions } from './draw.ts';
import { market } from './draw.ts';

const S = 1_000_000;
const margin = { rule: 'flat', leverage: 10, maintenance_rate: 0.05 };

/** A sale to 950 at one second. */
const breach = (options: DrawOptions, table: string) => market(table, options).until(S).sell(2);

describe('a loss beyond the collateral', () => {
  /** A's 100 lots find bids at 900 only: it ends 250 quanta short. B's find them at 890: 100 · 110 − 9,750 = 1,250. */
  const THIN = `
  price   bids   asks   longs that break here
  1000    1
   950    1             A: 100 lots, B: 100 lots
   900    100
   890    100
`;
  const policy = (over: Partial<WrittenPolicy>): DrawOptions => ({
    policy: { margin, ladder: 'immediate', ...over },
  });

  test('is paid by the fund first, and written off when that is empty', () => {
    const world = breach(policy({ insurance_fund: 10 }), THIN); // 1,000 quanta
    expect(world.orders()).toMatchObject([
      { account: 'A', price: 900, insured: 250, written_off: 0 },
      { account: 'B', price: 890, insured: 750, written_off: 500 },
    ]);
    expect(world.equity('A')).toBe(0);
    expect(world.equity('B')).toBe(0);
    expect(world.money(INSURANCE)).toBe(0);
    expect(world.money(WRITTEN_OFF)).toBe(-500);
    expect(world.moneyCreated()).toBe(0);
  });

  test('is written off at once when the waterfall says so, whatever the fund has', () => {
    const world = breach(policy({ insurance_fund: 10, waterfall: [{ layer: 'write-off' }] }), THIN);
    expect(world.orders()).toMatchObject([
      { insured: 0, written_off: 250 },
      { insured: 0, written_off: 1250 },
    ]);
    expect(world.money(INSURANCE)).toBe(1000);
    expect(world.money(WRITTEN_OFF)).toBe(-1500);
  });

  test('is written off by whatever the last layer leaves', () => {
    const world = breach(policy({ insurance_fund: 10, waterfall: [{ layer: 'insurance' }] }), THIN);
    expect(world.orders()).toMatchObject([
      { insured: 250, written_off: 0 },
      { insured: 750, written_off: 500 },
    ]);
    expect(world.money(WRITTEN_OFF)).toBe(-500);
  });

  test('of an account that had closed everything itself is on a row of no lots', () => {
    const slow = { ...policy({}), latency: { liquidation_us: S } };
    const world = breach(slow, THIN);
    world.simulation.only.commands.market(world.accountOf('A'), 0, -100, 0); // in its distress A sells, before the visit
    expect(world.equity('A')).toBe(-250);
    world.until(2 * S);
    expect(world.orders()).toMatchObject([
      { account: 'A', time_us: 2 * S, ordered: 0, filled: 0, written_off: 250 },
      { account: 'B', time_us: 2 * S, ordered: 100, price: 890, written_off: 1250 },
    ]);
    expect(world.equity('A')).toBe(0);
    expect(world.calls()[0]).toMatchObject({ outcome: 'liquidated' });
  });
});

describe('the liquidation fee', () => {
  const fee = { policy: { margin, ladder: 'immediate', liquidation_fee: '1 %' } } as const;
  const soldAt = (price: number): string => `
  price   bids   asks   longs that break here
  1000    1
   950    1             A: 100 lots
   ${price}    200
`;

  test.each([
    [940, 940, 9750 - 6000 - 940],
    [910, 750, 0], // 910 would be due, 750 quanta are left
    [903, 50, 0],
    [902, 0, -50], // the loss is 9,800
  ])('at %i is %i quanta, and leaves the account %i before the waterfall', (price, paid, left) => {
    const world = breach(fee, soldAt(price));
    const order = world.orders()[0]!;
    expect(order).toMatchObject({ price, fee: paid });
    expect(world.equity('A') - order.insured - order.written_off).toBe(left);
    expect(world.money(INSURANCE)).toBe(paid);
  });

  test('is taken from each order of a ladder on what that order sold', () => {
    const world = breach(
      { policy: { margin, ladder: [{ rung: 'partial' }, { rung: 'full' }], liquidation_fee: '1 %' } },
      soldAt(920),
    );
    world.until(10 * S);
    expect(world.orders().map(({ ordered, fee: paid }) => [ordered, paid])).toEqual([
      [25, 230],
      [19, 175], // 1 % of 17,480, rounded up
      [56, 516],
    ]);
    expect(world.equity('A')).toBe(9750 - 100 * 80 - 230 - 175 - 516);
  });
});

describe('a loss that others share', () => {
  /** A falls 250 quanta short at 900; W is short from 1000 with 200 lots, and wins. */
  const SHARED = `
  price   bids   asks   longs that break here   shorts that break here
  1060                                          W: 200 lots
  1000    1
   950    1             A: 100 lots
   900    100
`;

  test('is logged, and moves the triggers of those who pay', () => {
    const world = breach(
      { policy: { margin, ladder: 'immediate', waterfall: [{ layer: 'haircut' }] } },
      SHARED,
    );
    expect(world.orders()).toMatchObject([{ account: 'A', price: 900, insured: 0, written_off: 0 }]);
    const { losses, liquidations } = world.simulation.only.house;
    expect([losses.count, losses.log.account[0], losses.log.quanta[0]]).toEqual([
      1,
      world.accountOf('W'),
      250,
    ]);
    expect(liquidations.shared[0]).toBe(250);
    losses.assertBorne();
    expect(world.moneyCreated()).toBe(0);
    // 250 quanta less on 200 lots are 1.25 ticks, or 1.19 with the requirement: the trigger is a tick nearer.
    expect(world.drawn()).toContain('1059');
  });

  test('opens a call for who can no longer meet its requirement', () => {
    const assessed = [{ layer: 'default-fund', contribution: '0.2 %', assessment: 1000 }];
    const world = breach(
      { policy: { margin, ladder: 'immediate', waterfall: assessed } },
      `
  price   bids   asks   longs that break here   shorts that break here
  1003                                          W: 10 lots
  1000    1
   950    1             A: 100 lots
   850    100
`,
    );
    // A owes 5,250: 20 are its contribution, 2 are W’s, and W, which has hardly more, is asked for 2,000.
    expect(world.orders()[0]).toMatchObject({ account: 'A', price: 850, written_off: 5250 - 2022 });
    expect(world.calls().map(({ account, outcome }) => [account, outcome])).toEqual([
      ['A', 'liquidated'],
      ['W', 'open'],
    ]);
  });
});
