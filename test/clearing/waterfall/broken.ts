// An account that owes more than it has, on a desk of its own: long 10 from 1000, it owes 50 at 900. Margin is flat: 10 %
// initial, 5 % maintenance; one tick and lot is one quantum.
import { expect } from 'vitest';
import { FIRST_TRADER, INSURANCE, OUTSIDE } from '../../../src/clearing/schema.ts';
import { layerName } from '../../../src/clearing/waterfall/index.ts';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import type { Desk } from '../desk.ts';
import { newDesk } from '../desk.ts';
import { NO_ORIGIN } from '../../../src/clearing/calls/call-log.ts';

export type Waterfall = WrittenPolicy['waterfall'];

export const BROKE = FIRST_TRADER;
/** [lots, entry, money] of traders after the broken one. */
export type Trader = readonly [lots: number, entry: number, money: number];

/** Shorts who gained: 4 from 1000, 4 from 950, 6 from 980; a long who gained; somebody who holds nothing. */
export const TRADERS: readonly Trader[] = [
  [-4, 1000, 100], // gain 400, equity 500
  [-4, 950, 800], // gain 200, equity 1000
  [-6, 980, 1520], // gain 480, equity 2000
  [4, 850, 300], // gain 200, equity 500
  [0, 1, 700],
];

export interface Case extends Desk {
  /** Row of the broken account's forced order. */
  readonly row: number;
  readonly bearers: () => (readonly [string, number, number, number])[];
}

export function broken(
  waterfall: Waterfall,
  traders = TRADERS,
  options: { fund?: number; losses?: number } = {},
): Case {
  const accounts = FIRST_TRADER + 1 + traders.length;
  const policy: WrittenPolicy = { margin: { rule: 'flat', leverage: 10 }, ladder: 'immediate' };
  const desk = newDesk({
    tickLots: [1],
    marks: [1000],
    accounts,
    policy: waterfall === undefined ? policy : { ...policy, waterfall },
    ...(options.losses !== undefined && { losses: options.losses }),
  });
  const { ledger, house } = desk;
  [[10, 1000, 950] as const, ...traders].forEach(([lots, entry, money], i) => {
    const account = FIRST_TRADER + i;
    ledger.accounts.margined[account] = 1;
    ledger.mint(account, money);
    if (lots > 0) ledger.settle(account, OUTSIDE, 0, lots, entry);
    if (lots < 0) ledger.settle(OUTSIDE, account, 0, -lots, entry);
  });
  house.losses.open();
  ledger.mint(INSURANCE, options.fund ?? 0);
  ledger.setMark(0, 920);
  ledger.setMark(0, 900);
  house.openCall(0, BROKE, 0, NO_ORIGIN);
  const row = house.forced.open(1, BROKE, 0, -10);
  const { log } = house.losses;
  const bearers = () =>
    Array.from({ length: house.losses.count }, (_, n) => {
      const name = layerName(log.layer[n]!);
      return [name, log.account[n]!, log.quanta[n]!, log.lots[n]!] as const;
    });
  return { ...desk, row, bearers };
}

/** The broken account sells everything at 900, and its debt of 50 goes down the waterfall. */
export function closeOut(desk: Case, price = 900, time = 1): void {
  desk.ledger.settle(OUTSIDE, BROKE, 0, 10, price);
  desk.house.settleClosed(time, BROKE, desk.row);
  audit(desk);
}

export function takeOver(desk: Case, lots = 10): number {
  const left = desk.house.takeOver(1, BROKE, 0, lots, desk.row);
  audit(desk);
  return left;
}

/** Money, lots and losses, from the raw columns. */
export function audit({ ledger, house, row }: Case): void {
  ledger.assertConserved();
  house.losses.assertBorne();
  const { insured, shared, written_off, surplus } = house.liquidations;
  const borne = house.losses.log.quanta.reduce((sum, quanta) => sum + quanta, 0);
  expect(borne).toBe(insured[row]! + shared[row]! + written_off[row]! - surplus[row]!);
}

export const T = (n: number) => BROKE + 1 + n;
