// Coins that are owned need their whole value to be bought and a haircut from then on, whatever the rule says of contracts.
import { describe, expect, test } from 'vitest';
import { linear } from '../../../src/contracts/linear.ts';
import { spot } from '../../../src/contracts/spot.ts';
import { newDesk } from '../desk.ts';

const A = 1;
const tiers = [
  [0, 20_000, 0.1, 5, 0],
  [20_000, 90_000, 0.2, 4, 2000],
];

const deskOf = (margin: Readonly<Record<string, unknown>>) =>
  newDesk({
    tickLots: [],
    contracts: [linear(1), spot(2)],
    marks: [100, 500],
    accounts: 3,
    policy: { margin },
  });

describe('coins beside a linear position', () => {
  test('are paid in full and count less a haircut', () => {
    const { house, ledger } = deskOf({ rule: 'flat', leverage: 10, spot_haircut: '7.5 %' });
    const { requirement } = house;
    ledger.settle(A, 0, 0, 50, 100);
    ledger.settle(A, 0, 1, 3, 500);
    expect(requirement.maintenance(A)).toBe(250 + 225); // 5 % of 5,000; 7.5 % of 3,000
    expect(requirement.initial(A)).toBe(500 + 3000);
    expect([requirement.part(A, 0), requirement.part(A, 1)]).toEqual([250, 225]);
    expect(requirement.initialWith(A, 1, 7)).toBe(500 + 7000);
    expect(requirement.initialWith(A, 0, -20)).toBe(200 + 3000);
    expect(requirement.maintenanceAfter(A, 500_000)).toBe(125 + 75); // a half, rounded up, of each is closed
    expect(requirement.maintenanceAfter(A, 1_000_000)).toBe(0);
    expect(requirement.maintenanceOfAll(Int32Array.of(-10, 1))).toBe(50 + 75);
    expect([
      requirement.positionLimit(1, false),
      requirement.positionLimit(1, true),
      requirement.positionLimit(0, true),
    ]).toEqual([Infinity, 0, Infinity]);
  });

  test('have no haircut unless there is one, and no tiers or limit of contracts', () => {
    const { house, ledger } = deskOf({ rule: 'tiered', tiers, beyond: 'refuse' });
    const { requirement } = house;
    ledger.settle(A, 0, 0, 300, 100);
    ledger.settle(A, 0, 1, 60, 500);
    expect(requirement.part(A, 1)).toBe(0);
    expect(requirement.part(A, 0)).toBe(4000); // 20 % of 30,000, less 2,000
    expect([requirement.stepDown(A, 0, 1), requirement.stepDown(A, 1, 1)]).toEqual([200, 0]);
    expect([requirement.positionLimit(0, false), requirement.positionLimit(1, false)]).toEqual([
      900,
      Infinity,
    ]);
    expect(requirement.initialOf(A, 1, 60, 500)).toBe(60_000);
  });

  test('cannot be sold short, nor bought with borrowed money', () => {
    const { house, ledger } = deskOf({ rule: 'flat', leverage: 10 });
    ledger.mint(A, 2999);
    expect(house.affords(A, 1, 3, 0)).toBe(false);
    ledger.mint(A, 1);
    expect(house.affords(A, 1, 3, 0)).toBe(true);
    expect(house.affords(A, 1, 3, 0, 1)).toBe(false);
    expect(house.affords(A, 0, 0, 300)).toBe(true);
    expect(house.affords(A, 0, 0, 301)).toBe(false);
  });
});
