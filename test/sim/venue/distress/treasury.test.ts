// Money between traders and the venue, and the check of orders against margin. A holds 100 lots at 1000 with 9,750
// quanta; margin is flat: 10 % initial, 5 % maintenance, so that it breaks at 950.
import { describe, expect, test } from 'vitest';
import { FIRST_TRADER, OUTSIDE } from '../../../../src/clearing/schema.ts';
import type { WrittenPolicy } from '../../by-hand.ts';
import { market } from '../../draw.ts';
import type { Trader } from '../../drawn-traders.ts';

const S = 1_000_000;

const world = (A: Trader, policy: Partial<WrittenPolicy> = {}) =>
  market(
    `
    price   bids   asks   longs that break here
    1000    1
     950    1             A: 100 lots
     850    900
  `,
    {
      policy: {
        margin: { rule: 'flat', leverage: 10, maintenance_rate: 0.05 },
        ladder: 'call-then-full',
        ...policy,
      },
      traders: { A },
    },
  ).until(S);

describe('money between a trader and the venue', () => {
  test('a transfer costs its share on top, rounded up, and no more than there is', () => {
    const calm = world({ reserve: 1000 });
    const account = FIRST_TRADER;
    const { treasury, ledger } = calm.simulation.only;
    const before = [calm.equity('A'), calm.money(OUTSIDE)];
    treasury.topUp(account, 333, 0, 10_000);
    expect(calm.equity('A') - before[0]!).toBe(333);
    expect(calm.money(OUTSIDE) - before[1]!).toBe(4);
    expect(ledger.accounts.reserve[account]).toBe(1000 - 337);
    treasury.topUp(account, 5000, 0, 10_000); // 663 are left: 656 and 7
    expect(calm.equity('A') - before[0]!).toBe(333 + 656);
    expect(ledger.accounts.reserve[account]).toBe(0);
    expect(calm.moneyCreated()).toBe(0);
  });

  test('what is borrowed is owed with its cost', () => {
    const calm = world({ free: 1 });
    const { treasury, tables } = calm.simulation.only;
    const before = calm.equity('A');
    treasury.topUp(FIRST_TRADER, 1000, 1, 20_000);
    expect(calm.equity('A') - before).toBe(1000);
    expect(tables.facilities.borrowed[FIRST_TRADER]).toBe(1020);
  });

  test('a transfer that fails is an answer, and the call stays unmet', () => {
    const calm = world({})
      .sell(2)
      .until(2 * S);
    calm.simulation.only.treasury.topUp(FIRST_TRADER, 0, 2, 0);
    expect(calm.calls()).toMatchObject([{ outcome: 'open', topped_up: 0 }]);
    expect(calm.callDetails()).toMatchObject([{ answered_us: 2 * S }]);
    calm.until(62 * S);
    expect(calm.calls()).toMatchObject([{ outcome: 'liquidated' }]);
    expect(calm.callDetails()).toMatchObject([{ unmet: 1, failed_us: 61 * S }]);
  });

  test('withdrawals leave the initial margin, or the release level if that is more', () => {
    const calm = world({ reserve: 20_000 });
    const { treasury } = calm.simulation.only;
    treasury.topUp(FIRST_TRADER, 20_000, 0, 0); // 29,750 at 1000
    treasury.withdraw(FIRST_TRADER, 5000);
    expect(calm.equity('A')).toBe(24_750);
    treasury.withdraw(FIRST_TRADER, 1e6);
    expect(calm.equity('A')).toBe(10_000); // 10 %
    const strict = world({ reserve: 20_000 }, { release: '400 %' });
    strict.simulation.only.treasury.topUp(FIRST_TRADER, 20_000, 0, 0);
    strict.simulation.only.treasury.withdraw(FIRST_TRADER, 1e6);
    expect(strict.equity('A')).toBe(20_000);
  });

  test('a lower leverage asks for more initial margin, and is refused when equity does not cover it', () => {
    const calm = world({ free: 1, reserve: 20_000 });
    const { treasury, house } = calm.simulation.only;
    expect(treasury.chooseLeverage(FIRST_TRADER, 200_000)).toBe(false);
    expect(house.requirement.initial(FIRST_TRADER)).toBe(10_000);
    treasury.topUp(FIRST_TRADER, 20_000, 0, 0);
    expect(treasury.chooseLeverage(FIRST_TRADER, 200_000)).toBe(true);
    expect(house.requirement.initial(FIRST_TRADER)).toBe(20_000);
  });
});

describe('an order of a margined account', () => {
  test('enters only if equity covers what all its open orders could lead to at worst', () => {
    const calm = world({ reserve: 10_000 });
    const { commands: venue, book, treasury } = calm.simulation.only;
    const account = FIRST_TRADER;
    treasury.topUp(account, 1250, 0, 0); // 11,000 quanta carry 110 lots at 1000
    const rests = () => book.owners.open[account]!;
    venue.limit(account, 0, 6, 800, 1, false);
    expect(rests()).toBe(1);
    venue.limit(account, 0, 5, 801, 1, false); // 111 lots
    expect(rests()).toBe(1);
    venue.limit(account, 0, 4, 802, 1, false);
    expect(rests()).toBe(2);
    venue.limit(account, 0, -210, 1200, 1, false); // at worst short 110
    expect(rests()).toBe(3);
    venue.limit(account, 0, -1, 1200, 1, false);
    expect(rests()).toBe(3);
  });
});
