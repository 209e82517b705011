// Tiered margin against the published formula in decimal arithmetic, at and around every border; and tables that a
// venue could not mean.
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Tier } from '../../../src/clearing/margin/tiers.ts';
import { checkTiers } from '../../../src/clearing/margin/tiers.ts';
import { ConfigError } from '../../../src/core/errors.ts';
import { realTiers } from '../../sim/real-data.ts';
import { newDesk } from '../desk.ts';

const CONTRACTS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'DOGEUSDT'];

/** The rule over a table, by notional in quanta. */
function tiered(tiers: readonly Tier[], quantaPerUnit: number) {
  const policy = { margin: { rule: 'tiered', tiers: tiers as never } };
  const { margin } = newDesk({ tickLots: [1], marks: [1000], accounts: 2, policy, quantaPerUnit });
  return {
    maintenance: (notional: number) => margin.maintenance(0, 1, notional),
    initial: (notional: number) => margin.initial(0, 1, notional),
  };
}

/** The tier of a notional in money: its border belongs to the tier below. */
const tierOf = (tiers: readonly Tier[], money: Decimal): Tier =>
  tiers.findLast(([floor]) => money.greaterThan(floor)) ?? tiers[0]!;

/** MM = N · rate − amount in quanta, rounded up. */
function published(tiers: readonly Tier[], notional: number, quantaPerUnit: number): number {
  const money = new Decimal(notional).div(quantaPerUnit);
  const [, , rate, , amount] = tierOf(tiers, money);
  return money.times(rate).minus(amount).times(quantaPerUnit).ceil().toNumber();
}

describe.each(CONTRACTS)('the tiers of %s', (contract) => {
  const tiers = realTiers(contract);
  const caps = tiers.map(([, cap]) => cap);

  test.each([1, 100, 10_000])(
    'at %i quanta a unit give the published requirement to the quantum',
    (quanta) => {
      const { maintenance } = tiered(tiers, quanta);
      const around = caps.flatMap((cap) => [-2, -1, 0, 1, 2].map((by) => cap * quanta + by));
      for (const notional of [1, 2, ...around]) {
        expect(maintenance(notional), `at ${notional}`).toBe(published(tiers, notional, quanta));
      }
      fc.assert(
        fc.property(fc.constantFrom(...caps), fc.double({ min: 0, max: 1.5, noNaN: true }), (cap, share) => {
          const notional = Math.max(1, Math.round(cap * quanta * share));
          expect(maintenance(notional)).toBe(published(tiers, notional, quanta));
        }),
        { numRuns: 500, seed: 1 },
      );
    },
  );

  test('are continuous: a quantum of notional across a border adds at most a quantum', () => {
    const { maintenance } = tiered(tiers, 100);
    for (const cap of caps.slice(0, -1)) {
      const steps = [-1, 0, 1].map((by) => maintenance(100 * cap + by + 1) - maintenance(100 * cap + by));
      expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...steps)).toBeLessThanOrEqual(1);
    }
  });

  test('limit the leverage, and never ask for less to open than to keep', () => {
    const { initial, maintenance } = tiered(tiers, 100);
    for (const cap of caps.slice(0, -1)) {
      for (const notional of [100 * cap - 7, 100 * cap, 100 * cap + 1]) {
        const [, , , leverage] = tierOf(tiers, new Decimal(notional).div(100));
        expect(initial(notional)).toBeGreaterThanOrEqual(notional / leverage);
        expect(initial(notional)).toBeLessThanOrEqual(notional / leverage + notional / 1e6 + 1); // rates are in ppm
        expect(initial(notional)).toBeGreaterThanOrEqual(maintenance(notional));
      }
    }
  });

  test('go on with the last one above its cap', () => {
    const { maintenance } = tiered(tiers, 1);
    const [, cap, rate, , amount] = tiers.at(-1)!;
    expect(maintenance(3 * cap)).toBeCloseTo(3 * cap * rate - amount, 5);
  });
});

describe('the trigger of an account is the liquidation price that the venue publishes', () => {
  // Worked cases of Binance USD-M, isolated: rate 1 %, amount 0.01; LP = (WB + cum − s·q·E) / (q·MMR − s·q).
  const tiers: Tier[] = [
    [0, 2, 0.005, 100, 0],
    [2, 1e6, 0.01, 50, 0.01],
  ];

  test.each([
    ['short', 10, 1.0, 3.3333333333333335, 13.211221122079207],
    ['short', 10, 0.6, 1.2, 11.897689768976898],
    ['long', 8, 1.0, 1.6, 6.454545454545454],
    ['long', 10, 0.6, 1.2, 8.063973063973064],
  ] as const)('%s from %d, size %d, wallet %d: %d', (side, entry, size, wallet, expected) => {
    // A tick is 10^-6, a lot 10^-3, so a quantum is 10^-9.
    const mark = entry * 1e6;
    const policy = { margin: { rule: 'tiered', tiers: tiers as never } };
    const desk = newDesk({ tickLots: [1], marks: [mark], accounts: 2, policy, quantaPerUnit: 1e9 });
    const lots = Math.round(size * 1000) * (side === 'long' ? 1 : -1);
    desk.ledger.settle(1, 0, 0, lots, mark);
    desk.ledger.mint(1, Math.round(wallet * 1e9));
    expect(desk.house.watch(1)).toBe(true);
    const key = desk.house.triggers.ladder.keyOf(1);
    const price = side === 'long' ? key : ~key;
    const first = side === 'long' ? Math.floor(expected * 1e6) : Math.ceil(expected * 1e6);
    expect(Math.abs(price - first)).toBeLessThanOrEqual(1); // the cases have 13 digits of wallet
  });
});

describe('a table is refused when', () => {
  const good: Tier[] = [
    [0, 1000, 0.01, 50, 0],
    [1000, 5000, 0.02, 25, 10],
    [5000, 9000, 0.05, 10, 160],
  ];
  const changed = (row: number, over: Partial<Record<0 | 1 | 2 | 3 | 4, number>>): Tier[] =>
    good.map((tier, i) => (i === row ? (Object.assign([...tier], over) as unknown as Tier) : tier));

  test('it is not: the good one', () => {
    expect(() => checkTiers(good)).not.toThrow();
    for (const contract of CONTRACTS) expect(() => checkTiers(realTiers(contract))).not.toThrow();
  });

  test.each([
    ['it does not begin at zero', changed(0, { 0: 1 }), 0, 'the first tier must start at 0, not 1'],
    ['a cap is not above its floor', changed(1, { 1: 1000 }), 1, 'cap 1000 is not above floor 1000'],
    ['there is a gap', changed(1, { 0: 1100 }), 1, 'a gap: starts at 1100, but the tier before ends at 1000'],
    [
      'tiers overlap',
      changed(1, { 0: 900 }),
      1,
      'an overlap: starts at 900, but the tier before ends at 1000',
    ],
    ['a rate falls', changed(2, { 2: 0.01 }), 2, 'rate 0.01 is below the tier before (0.02)'],
    [
      'the requirement would jump',
      changed(2, { 4: 150 }),
      2,
      'amount 150 makes the requirement jump at 5000; continuous would be 160',
    ],
  ])('%s', (_, table, row, message) => {
    const error = thrownBy(() => tiered(table, 1));
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).path).toEqual(['margin', 'tiers', row]);
    expect((error as ConfigError).message).toBe(message);
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
