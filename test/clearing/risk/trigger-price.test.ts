// Trigger prices on small numbers: against a walk from tick to tick, at the ends of the price range, and the order in
// which a mark reaches them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NEVER } from '../../../src/clearing/risk/requirement.ts';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import { newDesk } from '../desk.ts';

/** 10 % initial, 5 % maintenance. */
const flat: WrittenPolicy = { margin: { rule: 'flat', leverage: 10 } };
const tiered: WrittenPolicy = {
  margin: {
    rule: 'tiered',
    tiers: [
      [0, 500, 0.02, 20, 0],
      [500, 2000, 0.1, 10, 40],
      [2000, 9000, 0.4, 2, 640],
    ],
  },
};
const HIGHEST_PRICE = 2 ** 30 - 2;

/** The mark at which lots, held alone, have lost so much. */
function triggerOf(mark: number, lots: number, slack: number, policy = flat, tickLot = 1, level = 1_000_000) {
  const { house, ledger } = newDesk({ tickLots: [tickLot], marks: [mark], accounts: 2, policy });
  ledger.settle(1, 0, 0, lots, mark);
  return house.requirement.band(1, 0, lots > 0 ? -1 : 1, slack, level);
}

describe('the trigger', () => {
  test('is the first mark at which a walk from the present one finds no slack left', () => {
    let never = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: -40, max: 40 }).filter((lots) => lots !== 0),
        fc.integer({ min: 1, max: 1500 }),
        fc.constantFrom(1, 3),
        fc.constantFrom(1_000_000, 1_300_000, 500_000),
        fc.constantFrom(flat, tiered),
        (mark, lots, slack, tickLot, level, policy) => {
          const desk = newDesk({ tickLots: [tickLot], marks: [mark], accounts: 1, policy });
          const needed = (price: number) =>
            Math.ceil((desk.margin.maintenance(0, Math.abs(lots), price) * level) / 1e6);
          const left = (price: number) =>
            slack + lots * tickLot * (price - mark) + needed(mark) - needed(price);
          const step = lots > 0 ? -1 : 1;
          let walked = mark + step;
          while (walked >= 1 && left(walked) > 0) walked += step;
          if (walked === NEVER) never++;
          expect(triggerOf(mark, lots, slack, policy, tickLot, level)).toBe(walked);
        },
      ),
      { numRuns: 600, seed: 4 },
    );
    expect(never).toBeGreaterThan(10);
  });

  test.each<[string, number, number, number, number]>([
    ['a long whose whole price is not enough to lose', 100, 1, 96, NEVER],
    ['a long that loses all at the last tick', 100, 1, 95, 1], // 99 lost, 4 less required
    ['a long at a mark of two, one tick from the end', 2, 10, 9, 1],
    ['a long at the end already', 1, 10, 1, NEVER],
    ['a short far away', 100, -1, 1_050_000, 100 + 1_000_000],
    ['a short at the highest price that there is', HIGHEST_PRICE - 1000, -1, 1000, HIGHEST_PRICE - 47],
  ])('of %s', (_, mark, lots, slack, price) => {
    expect(triggerOf(mark, lots, slack)).toBe(price);
  });

  test('of a short is never when only a price beyond the highest would reach it', () => {
    const free: WrittenPolicy = { margin: { rule: 'flat', leverage: 10, maintenance_rate: 0 } };
    const far = HIGHEST_PRICE - 1000;
    expect(triggerOf(1000, -1, far - 1, free)).toBe(HIGHEST_PRICE - 1);
    expect(triggerOf(1000, -1, far, free)).toBe(HIGHEST_PRICE);
    expect(triggerOf(1000, -1, far + 1, free)).toBe(NEVER);
    expect(triggerOf(HIGHEST_PRICE - 1, -1, 1, free)).toBe(HIGHEST_PRICE);
    expect(triggerOf(HIGHEST_PRICE, -1, 1, free)).toBe(NEVER);
  });
});

/** Two instruments at 1,000 and 500; accounts 1, 2, … as [lots, lots, slack above maintenance]. */
function placed(...accounts: readonly (readonly [number, number, number])[]) {
  const desk = newDesk({ tickLots: [1, 1], marks: [1000, 500], accounts: 1 + accounts.length, policy: flat });
  const { ledger, house } = desk;
  accounts.forEach(([first, second, slack], i) => {
    ledger.settle(i + 1, 0, 0, first, 1000);
    ledger.settle(i + 1, 0, 1, second, 500);
    ledger.mint(i + 1, house.requirement.maintenance(i + 1) + slack);
    house.triggers.place(i + 1, slack, 1_000_000);
  });
  const { triggers, requirement } = house;
  const crossed = (instrument: number, mark: number) => {
    const account = triggers.crossed(instrument, mark);
    return account < 0 ? account : [account, triggers.crossedPrice];
  };
  return { triggers, requirement, crossed };
}

describe('a mark reaches', () => {
  test('the highest triggers of longs first, equal ones as they came, and none below it', () => {
    // 20 lots lose 19 quanta a tick, less of the requirement's rounding: 190 are 10 ticks, 380 are 20.
    const { crossed } = placed([20, 0, 380], [20, 0, 190], [20, 0, 190], [20, 0, 950]);
    expect(crossed(0, 991)).toBe(-1);
    expect(crossed(0, 980)).toEqual([2, 990]);
    expect(crossed(0, 980)).toEqual([3, 990]);
    expect(crossed(0, 980)).toEqual([1, 980]);
    expect(crossed(0, 980)).toBe(-1);
    expect(crossed(0, 950)).toEqual([4, 950]);
  });

  test('the lowest triggers of shorts first, and none above it', () => {
    const { crossed } = placed([-20, 0, 420], [-20, 0, 210]); // 21 quanta a tick
    expect(crossed(0, 1009)).toBe(-1);
    expect(crossed(0, 1020)).toEqual([2, 1010]);
    expect(crossed(0, 1020)).toEqual([1, 1020]);
    expect(crossed(0, 1e6)).toBe(-1);
  });

  test('triggers of its own instrument only, and takes the account off both', () => {
    const { triggers, crossed } = placed([20, -20, 380 + 420]); // 20,000 : 10,000 of value: 533 and 266; the short loses 21 a tick
    expect(crossed(1, 520)).toEqual([1, 513]);
    expect([0, 1, 2, 3].map((row) => triggers.ladder.isLinked(row))).toEqual([false, false, false, false]);
    expect(crossed(0, 1)).toBe(-1);
  });

  test('nobody that was lifted', () => {
    const { triggers, crossed } = placed([20, 20, 800], [20, 20, 900]);
    triggers.lift(1);
    expect(crossed(0, 1)).toEqual([2, 968]); // two thirds of 900, at 19 a tick
    expect(crossed(0, 1)).toBe(-1);
  });
});

describe('the requirement', () => {
  test('of an account is the sum over its positions, whichever their side', () => {
    const { requirement } = placed([20, -30, 1], [0, 0, 0]);
    expect([requirement.maintenance(1), requirement.initial(1)]).toEqual([1000 + 750, 2000 + 1500]);
    expect([requirement.maintenance(2), requirement.initial(2)]).toEqual([0, 0]);
  });

  test('is initially that of the leverage chosen, if that asks for more', () => {
    const desk = newDesk({ tickLots: [1, 3], marks: [1000, 500], accounts: 2, policy: flat });
    const { requirement } = desk.house;
    const of = (ppm: number, lots: number, instrument = 0) => {
      desk.ledger.chooseLeverage(1, ppm);
      return requirement.initialOf(1, instrument, lots, desk.ledger.marks[instrument]!);
    };
    expect(of(0, 20)).toBe(2000);
    expect(of(250_000, 20)).toBe(5000);
    expect(of(50_000, 20)).toBe(2000); // a higher leverage than allowed
    expect(of(250_000, 7, 1)).toBe(2625); // 7 · 500 · 3 / 4
    expect(of(333_333, 1)).toBe(334); // rounded up
    expect(of(250_000, 0)).toBe(0);
  });
});
