// The engine's integer rules and triggers against the exact formulas: for random tables and positions, the requirement
// is the exact one rounded up to a quantum, and the trigger is the first tick beyond the closed-form liquidation price
// of an account that has one quantum less to lose.
//
// Why one: equity is a whole number of quanta and the requirement is rounded up, so equity ≤ ⌈MM⌉ is equity − 1 < MM.
// Rates are whole parts per million and amounts whole quanta, as the engine keeps them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact, ONE } from '../../../src/published/formulas/exact.ts';
import { tierTable } from '../../../src/published/formulas/tier-table.ts';
import { NEVER } from '../../../src/clearing/risk/requirement.ts';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import { realTiers } from '../../sim/real-data.ts';
import { newDesk } from '../../clearing/desk.ts';
import type { Plain } from './accounts.ts';
import { at, rowOf } from './accounts.ts';
import { LONG } from '../../setup/long.ts';

/** A rule as the engine and as the formulas have it; the latter in quanta. */
interface Rule {
  readonly policy: WrittenPolicy;
  readonly venue: string;
  readonly terms: Pick<Plain, 'rate' | 'tiers'>;
}

const QUANTA_PER_UNIT = 100;

const flatRule = fc.integer({ min: 0, max: 500_000 }).map((ppm): Rule => {
  const rate = ppm / 1e6;
  return {
    policy: { margin: { rule: 'flat', leverage: 2, maintenance_rate: rate } },
    venue: 'flat',
    terms: { rate },
  };
});

/** Borders at whole millions of quanta, so that amounts by continuity are whole quanta. */
const drawnTable = fc
  .array(
    fc.record({ millions: fc.integer({ min: 1, max: 400 }), rise: fc.integer({ min: 0, max: 90_000 }) }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((rows) => {
    let floor = 0;
    let ppm = 1000;
    return rows.map(({ millions, rise }) => {
      const start = floor;
      floor += millions * 1e6;
      ppm += rise;
      return [start, floor, ppm / 1e6, Math.max(1, Math.floor(5e5 / ppm)), undefined] as const;
    });
  });

const published = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'DOGEUSDT'].map((contract) =>
  realTiers(contract).map(
    ([floor, cap, rate, leverage]) =>
      [floor * QUANTA_PER_UNIT, cap * QUANTA_PER_UNIT, rate, leverage, undefined] as const,
  ),
);

/** The exact table, with its amounts by continuity, handed to the engine as data. */
const tieredRule = fc.oneof(drawnTable, fc.constantFrom(...published)).map((tiers): Rule => {
  const table = tierTable(tiers.map(rowOf), { amounts: 'continuous', rates: 'given' });
  const rows = tiers.map(([floor, cap, rate, leverage], i) => [
    floor / QUANTA_PER_UNIT,
    cap / QUANTA_PER_UNIT,
    rate,
    leverage,
    table[i]!.amount.div(QUANTA_PER_UNIT).toNumber(),
  ]);
  return {
    policy: { margin: { rule: 'tiered', tiers: rows } },
    venue: 'binance',
    terms: { tiers },
  };
});

const desk = (policy: WrittenPolicy, tickLot: number, mark: number) =>
  newDesk({ tickLots: [tickLot], marks: [mark], accounts: 2, policy, quantaPerUnit: QUANTA_PER_UNIT });

const rules = [
  ['flat', flatRule],
  ['tiered', tieredRule],
] as const;

describe.each(rules)('%s', (_name, anyRule) => {
  test('asks the exact requirement, rounded up to a quantum', () => {
    fc.assert(
      fc.property(
        anyRule,
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 1, max: 900_000 })), {
          minLength: 20,
          maxLength: 20,
        }),
        ({ policy, venue, terms }, tickLot, positions) => {
          const { margin } = desk(policy, tickLot, 1000);
          for (const [lots, mark] of positions) {
            const quantity = lots * tickLot;
            const exact = at(venue, { ...terms, wallet: 0, quantity, entry: mark }).maintenanceMargin;
            expect(margin.maintenance(0, lots, mark)).toBe(exact.ceil().toNumber());
          }
        },
      ),
      { numRuns: LONG ? 200 : 70, seed: 7 },
    );
  });

  test('triggers at the first tick beyond the liquidation price of an account with a quantum less', () => {
    let placed = 0;
    let never = 0;
    fc.assert(
      fc.property(
        anyRule,
        fc.record({
          tickLot: fc.integer({ min: 1, max: 30 }),
          lots: fc.integer({ min: 1, max: 20_000 }),
          short: fc.boolean(),
          entry: fc.integer({ min: 100, max: 60_000 }),
          mark: fc.integer({ min: 100, max: 60_000 }),
          // Slack as a share of the notional: enough to fall through several tiers.
          slack: fc.double({ min: 0, max: 1.05, noNaN: true }),
        }),
        ({ policy, venue, terms }, { tickLot, lots, short, entry, mark, slack }) => {
          const { ledger, house, margin } = desk(policy, tickLot, mark);
          const signed = short ? -lots : lots;
          ledger.settle(1, 0, 0, signed, entry);
          const profit = signed * tickLot * (mark - entry);
          const spare = 1 + Math.round(slack * lots * tickLot * mark);
          const wallet = margin.maintenance(0, lots, mark) - profit + spare;
          ledger.mint(1, wallet);
          expect(house.watch(1)).toBe(true);
          const { ladder } = house.triggers;
          const trigger = ladder.isLinked(1) ? ladder.keyOf(1) ^ -(short ? 1 : 0) : NEVER;

          const side = short ? 'short' : 'long';
          const position: Plain = { ...terms, side, entry, mark, quantity: lots * tickLot };
          const price = at(venue, { ...position, wallet: new Exact(wallet).minus(ONE) }).liquidationPrice;
          if (price === undefined || (!short && price.lte(1))) {
            never++;
            expect(trigger).toBe(NEVER);
            return;
          }
          placed++;
          const first = short ? price.floor().plus(1) : price.ceil().minus(1);
          expect(trigger).toBe(first.toNumber());
          // The account's own liquidation price is at most the worth of that quantum away.
          const own = at(venue, { ...position, wallet }).liquidationPrice;
          if (own !== undefined) {
            const apart = own
              .minus(price)
              .abs()
              .times(lots * tickLot)
              .toNumber();
            expect(apart).toBeLessThanOrEqual(short ? 1 : 2.01); // a long's requirement falls with it, by half at most
            expect(
              own
                .minus(trigger)
                .abs()
                .lte(new Exact(apart).div(lots * tickLot).plus(1)),
            ).toBe(true);
          }
        },
      ),
      { numRuns: LONG ? 4000 : 1300, seed: 8 },
    );
    expect(placed).toBeGreaterThan(LONG ? 2000 : 650);
    expect(never).toBeGreaterThan(LONG ? 20 : 6);
  });
});
