// Collateral assets by hand: what they count for, what a forced sale brings, and whom a fall of their price breaks.
import { linear } from '../../../src/contracts/linear.ts';
import { describe, expect, test } from 'vitest';
import type { AssetTerms } from '../../../src/clearing/ledger/collateral.ts';
import {
  depositScaledCollateralWeight,
  sizeDiscountAssetWeight,
} from '../../../src/published/formulas/collateral-weights.ts';
import { Exact } from '../../../src/published/formulas/exact.ts';
import { Sheet } from '../../../src/published/formulas/sheet.ts';
import { OUTSIDE } from '../../../src/clearing/schema.ts';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import { newDesk } from '../desk.ts';
import { NO_ORIGIN } from '../../../src/clearing/calls/call-log.ts';

const policy: WrittenPolicy = { margin: { rule: 'flat', leverage: 10, maintenance_rate: 0.05 } };
const PLAIN: AssetTerms = {
  name: 'ETH',
  contract: linear(1),
  lot: 1,
  haircut_ppm: 100_000,
  size_discount: 0,
  deposit_scale_start: Infinity,
  penalty_ppm: 20_000,
};

/** Accounts from 1 on; one instrument at 1,000; the asset at 200. */
function desk(over: Partial<AssetTerms> = {}, accounts = 4) {
  const made = newDesk({ tickLots: [1], marks: [1000], accounts, policy, assets: [{ ...PLAIN, ...over }] });
  made.ledger.collateral.price[0] = 200;
  return made;
}

describe('an asset counts', () => {
  test('at its price less the haircut, rounded down', () => {
    const { ledger } = desk();
    ledger.collateral.bring(1, 0, 7);
    ledger.mint(1, 5);
    expect(ledger.equity(1)).toBe(5 + 1260); // 7 · 200 · 0.9
    expect(ledger.worth(1)).toBe(5);
    ledger.collateral.price[0] = 199;
    expect(ledger.equity(1)).toBe(5 + 1253); // 1253.7
  });

  test('less by size, as the formula has it', () => {
    const { ledger } = desk({ size_discount: 0.01, lot: 0.01 });
    for (const lots of [1, 400, 200_000, 5_000_000]) {
      ledger.collateral.sell(1, Number.MAX_SAFE_INTEGER);
      ledger.collateral.bring(1, 0, lots);
      const size = new Exact(lots).times('0.01');
      const weight = sizeDiscountAssetWeight(new Sheet(), new Exact('0.9'), new Exact('0.01'), size);
      const exact = weight.times(lots).times(200).toNumber();
      expect(ledger.collateral.counted(1)).toBeLessThanOrEqual(exact);
      expect(ledger.collateral.counted(1)).toBeGreaterThan(exact * (1 - 3e-6) - 1); // a weight in whole ppm
    }
  });

  test('less by deposits, as the formula has it: no more than the price at which they are worth the start', () => {
    const { ledger } = desk({ deposit_scale_start: 10_000_000 });
    ledger.collateral.bring(1, 0, 40_000);
    expect(ledger.collateral.counted(1)).toBe(7_200_000); // deposits of 8,000,000 are below the start
    ledger.collateral.bring(2, 0, 10_000);
    expect(ledger.collateral.counted(1)).toBe(7_200_000); // 10,000,000: not above it
    ledger.collateral.bring(2, 0, 30_000); // 80,000 · 200 = 16,000,000: min(200, 125) counts
    const weight = depositScaledCollateralWeight(
      new Sheet(),
      new Exact('0.9'),
      new Exact(10_000_000),
      new Exact(80_000),
      new Exact(200),
    );
    expect(ledger.collateral.counted(1)).toBe(weight.times(40_000).times(200).toNumber()); // 4,500,000
    ledger.collateral.price[0] = 130;
    expect(ledger.collateral.counted(1)).toBe(4_500_000); // it falls, and counts for as much
    ledger.collateral.price[0] = 100;
    expect(ledger.collateral.counted(1)).toBe(3_600_000);
  });

  test('for what a trader wants of it, with the fewest lots that do', () => {
    const { ledger } = desk({ size_discount: 0.05 });
    for (const quanta of [1, 180, 181, 100_000, 3_000_000]) {
      const lots = ledger.collateral.lotsFor(0, quanta);
      ledger.collateral.bring(1, 0, lots);
      expect(ledger.collateral.counted(1)).toBeGreaterThanOrEqual(quanta);
      ledger.collateral.sell(1, Number.MAX_SAFE_INTEGER);
      if (lots > 1) ledger.collateral.bring(1, 0, lots - 1);
      expect(ledger.collateral.counted(1)).toBeLessThan(quanta);
      ledger.collateral.sell(1, Number.MAX_SAFE_INTEGER);
    }
  });
});

describe('a forced sale', () => {
  test('sells as few lots as cover the debt, at the price less the penalty, and conserves both', () => {
    const { ledger } = desk();
    ledger.collateral.bring(1, 0, 10);
    ledger.mint(1, -1000);
    expect(ledger.sellCollateral(1, 1000)).toBe(1176); // 5 · 196 = 980 do not, 6 · 196 do
    expect(ledger.accounts.quote[1]).toBe(176);
    expect(ledger.accounts.quote[OUTSIDE]).toBe(-1176);
    expect([ledger.collateral.held(1, 0), ledger.collateral.held(OUTSIDE, 0)]).toEqual([4, 6]);
    ledger.assertConserved();
  });

  test('sells all of it when that does not cover the debt', () => {
    const { ledger } = desk();
    ledger.collateral.bring(1, 0, 10);
    expect(ledger.sellCollateral(1, 5000)).toBe(1960);
    expect(ledger.sellCollateral(1, 5000)).toBe(0);
    ledger.assertConserved();
  });

  test('comes before the waterfall, which gets what is left of the debt', () => {
    const { ledger, house } = desk();
    ledger.collateral.bring(1, 0, 10);
    ledger.mint(1, -3000);
    house.openCall(0, 1, 0, NO_ORIGIN);
    const row = house.forced.open(0, 1, 0, 0);
    house.settleClosed(0, 1, row);
    expect(house.liquidations.written_off[row]).toBe(1040); // 3000 − 1960
    expect(ledger.accounts.quote[1]).toBe(0);
    ledger.assertConserved();
    house.losses.assertBorne();
  });

  test('comes before a takeover, which else would pay for an account that has assets', () => {
    const { ledger, house } = newDesk({
      tickLots: [1],
      marks: [1000],
      accounts: 10,
      policy: { ...policy, waterfall: [{ layer: 'insurance' }] },
      assets: [PLAIN],
    });
    ledger.collateral.price[0] = 200;
    ledger.settle(9, OUTSIDE, 0, 10, 1000);
    ledger.collateral.bring(9, 0, 10);
    ledger.setMark(0, 850); // 1,500 lost, no money; the assets count for 1,800: 300 of 425 needed
    house.openCall(0, 9, 0, NO_ORIGIN);
    const row = house.forced.open(0, 9, 0, -10);
    house.takeOver(0, 9, 0, 10, row);
    expect(ledger.collateral.held(9, 0)).toBe(2); // 8 · 196 = 1,568
    expect(ledger.worth(9)).toBe(68);
    ledger.assertConserved();
  });
});

describe('a fall of the price breaks', () => {
  test('whoever falls to the requirement by it, at the very price', () => {
    const { ledger, house } = desk();
    ledger.settle(1, OUTSIDE, 0, 10, 1000); // needs 500
    ledger.collateral.bring(1, 0, 4); // counts for 720, less 3.6 a tick
    expect(house.watch(1)).toBe(true);
    // Slack 220: of exposures 10,000 and 720 the position gets ⌊220 · 10,000 / 10,720⌋ = 205, the asset 15: 705 at 196.
    expect(house.triggers.crossedByAsset(0, 197)).toBe(-1);
    ledger.collateral.price[0] = 196;
    expect(house.triggers.crossedByAsset(0, 196)).toBe(1);
    expect(house.watch(1)).toBe(true); // a band only: 705 of 500
    ledger.collateral.price[0] = 139;
    expect(house.triggers.crossedByAsset(0, 139)).toBe(1);
    expect(house.watch(1)).toBe(false); // 139 · 3.6 = 500.4: counts for 500, and that is the requirement
  });

  test('an account without positions whose debt it no longer covers', () => {
    const { ledger, house } = desk();
    ledger.collateral.bring(2, 0, 10);
    ledger.mint(2, -900);
    expect(house.watch(2)).toBe(true);
    expect(house.triggers.crossedByAsset(0, 100)).toBe(-1); // 900 of 900
    ledger.collateral.price[0] = 99;
    expect(house.triggers.crossedByAsset(0, 99)).toBe(2);
    expect(house.watch(2)).toBe(false);
  });
});
