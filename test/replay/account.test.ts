// One account's view: its entry, trigger and calls are those of the ledger and the house.
import { expect, test } from 'vitest';
import { accountView, largestAccounts } from '../../src/replay/account.ts';
import { rehearsed, smallExperiment } from './small.ts';

const experiment = smallExperiment();
const player = rehearsed({ experiment, policy: 'flat', shock: 0, run: 0 });
const { view } = player;

test('an account that is liquidated broke when the mark came to its trigger', () => {
  player.seek(experiment.until_us);
  const { calls } = view.venue.house;
  const account = calls.account[0]!;
  const broken = accountView(view, account);
  expect(broken.calls[0]!.outcome).toBe('liquidated');
  expect(broken.orders.length).toBeGreaterThan(0);
  player.seek(calls.breach_us[0]! - 1);
  const before = accountView(view, account);
  expect(before.positions[0]!.trigger).toBeGreaterThanOrEqual(broken.calls[0]!.mark);
  expect(before.health).toBeGreaterThan(1);
  expect(before.group).toBe('longs');
  expect(before.calls).toHaveLength(0);
});

test('entry, profit and leverage follow from cost and money', () => {
  player.seek(5e6);
  const [account] = largestAccounts(view, 1);
  const one = accountView(view, account!);
  const [position] = one.positions;
  const { ledger } = view.venue;
  const cost = view.venue.tables.positions.cost[account!]!;
  const perTick = ledger.contracts.notional(0, position!.lots, 1);
  expect(position!.entry).toBeCloseTo(cost / perTick, 6);
  expect(one.equity).toBe(ledger.equity(account!) / experiment.quantaPerUnit);
  expect(one.leverage).toBeCloseTo(position!.notional / one.equity, 12);
});

test('the largest come first, and there is no account beyond the last', () => {
  player.seek(5e6);
  const sizes = largestAccounts(view, 10).map((account) => view.venue.ledger.notional(account, 0));
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect(() => accountView(view, 1e6)).toThrow('there is no account 1000000');
});
