// The ladder of triggers against a scan of all accounts, command by command; and the trigger price against its
// definition: healthy one tick before it, in breach at it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atLevel } from '../../../src/clearing/margin/rule.ts';
import { NEVER } from '../../../src/clearing/risk/requirement.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { WrittenPolicy } from '../../sim/by-hand.ts';
import { realTiers } from '../../sim/real-data.ts';
import type { Desk } from '../desk.ts';
import { newDesk } from '../desk.ts';
import type { Requirement } from '../naive-requirement.ts';
import { flatRequirement, flooredRequirement, tieredRequirement } from '../naive-requirement.ts';
import { TriggerTwin } from './trigger-twin.ts';
import { LONG } from '../../setup/long.ts';

interface Case {
  readonly name: string;
  readonly policy: WrittenPolicy;
  readonly requirement: (desk: Desk) => Requirement;
}

const BTC = realTiers('BTCUSDT');
const FLOOR = 0.03;
const cases: readonly Case[] = [
  {
    name: 'flat',
    policy: { margin: { rule: 'flat', leverage: 50 } },
    requirement: () => flatRequirement(0.01),
  },
  {
    name: 'flat at zero',
    policy: { margin: { rule: 'flat', leverage: 50, maintenance_rate: 0 } },
    requirement: () => flatRequirement(0),
  },
  {
    name: 'tiered as published for BTCUSDT',
    policy: { margin: { rule: 'tiered', tiers: 'tiers' } },
    requirement: () => tieredRequirement(BTC, 1),
  },
  {
    name: 'ewma-var with a floor',
    policy: {
      margin: {
        rule: 'ewma-var',
        history: 'closes',
        horizon: '1 min',
        interval: '10 s',
        decay: 0.9,
        wrappers: [{ wrapper: 'floor', rate: FLOOR }],
      },
    },
    // The rule's rates lie behind its two numbers of memory for each instrument.
    requirement: ({ state, ledger }) =>
      flooredRequirement((instrument) => state[2 * ledger.instruments + instrument]!, FLOOR * 1e6),
  },
];

const COMMANDS = LONG ? 25_000 : 12_500;
/** Accounts called in all cases: a twin of nothing would prove nothing. */
let reported = 0;

describe('the accounts that the ladder reports are those that a scan finds, under', () => {
  describe.each(cases)('$name', ({ name, policy, requirement }) => {
    test.each([1, 3])('%i instruments', (instruments) => {
      const twin = new TriggerTwin(
        instruments,
        policy,
        requirement,
        createRng(`twin ${name} ${instruments}`),
      );
      for (let n = 0; n < COMMANDS; n++) {
        twin.command(n);
        if (twin.ladderHash !== twin.scanHash) {
          throw new Error(`command ${n}, ${twin.last}: ladder ${twin.byLadder}, scan ${twin.byScan}`);
        }
      }
      expect(twin.ladderHash).not.toBe(0);
      expect(twin.reported).toBeGreaterThan(COMMANDS / 100);
      expect(twin.crossings - twin.crossingsInBreach > 0).toBe(instruments > 1); // exact with one position
      if (policy.margin['rule'] === 'ewma-var') expect(twin.byUpdate).toBeGreaterThan(0);
      twin.ledger.assertConserved();
      reported += twin.reported;
    });
  });

  test('which were many', () => {
    expect(2 * cases.length * COMMANDS).toBeGreaterThanOrEqual(100_000);
    expect(reported).toBeGreaterThan(LONG ? 10_000 : 5_000);
  });
});

describe('the trigger price is exact, under', () => {
  /** An account with one position, `slack` quanta above its requirement. */
  function place(desk: Desk, lots: number, slack: number): number {
    const { ledger, house } = desk;
    ledger.settle(1, 0, 0, lots, ledger.marks[0]!);
    ledger.mint(1, house.requirement.maintenance(1) + slack);
    expect(house.watch(1)).toBe(true);
    return house.triggers.ladder.isLinked(1) ? house.triggers.ladder.keyOf(1) ^ -(lots < 0 ? 1 : 0) : NEVER;
  }

  test.each(cases)('$name', ({ policy, requirement }) => {
    let never = 0;
    let near = 0;
    fc.assert(
      fc.property(
        fc.record({
          mark: fc.integer({ min: 1, max: 1_000_000 }),
          lots: fc.oneof(fc.integer({ min: -1800, max: 1800 }), fc.integer({ min: -5, max: 5 })),
          tickLot: fc.constantFrom(1, 1, 3, 10),
          slack: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 400_000_000 })),
          inside: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        }),
        ({ mark, lots, tickLot, slack, inside }) => {
          fc.pre(lots !== 0);
          const desk = newDesk({ tickLots: [tickLot], marks: [mark], accounts: 2, policy });
          const price = place(desk, lots, slack);
          const quote = desk.ledger.accounts.quote[1]!;
          const required = requirement(desk);
          const healthyAt = (p: number) =>
            quote + lots * p * tickLot > required(Math.abs(lots) * p * tickLot, 0);
          const step = lots > 0 ? -1 : 1;
          if (price === NEVER) {
            never++;
            expect(lots).toBeGreaterThan(0); // a short always has a price at which it breaks
            for (let p = 1; p < mark; p += 1 + Math.floor(mark / 50)) expect(healthyAt(p)).toBe(true);
            return;
          }
          if (Math.abs(price - mark) < 100) near++;
          expect((price - mark) * step).toBeGreaterThan(0);
          expect(healthyAt(price)).toBe(false);
          expect(healthyAt(price - step)).toBe(true);
          for (const share of inside) {
            const between = mark + Math.round(share * (price - step - mark));
            expect(healthyAt(between), `at ${between}`).toBe(true);
          }
        },
      ),
      { numRuns: LONG ? 2000 : 700, seed: 20_240_808 },
    );
    expect(never).toBeGreaterThan(20);
    expect(near).toBeGreaterThan(20);
  });

  test('tiered, when it lies exactly on the border of two tiers', () => {
    const policy: WrittenPolicy = { margin: { rule: 'tiered', tiers: 'tiers' } };
    for (const [, cap, rate, , amount] of BTC.slice(0, -1)) {
      // 1,000 lots at a mark of twice the cap, with the money that leaves them at their requirement at the cap.
      const desk = newDesk({ tickLots: [1], marks: [(2 * cap) / 1000], accounts: 2, policy });
      const required = tieredRequirement(BTC, 1);
      expect(required(cap, 0)).toBeCloseTo(cap * rate - amount, 5);
      const slack = cap + required(cap, 0) - required(2 * cap, 0);
      expect(place(desk, 1000, slack)).toBe(cap / 1000);
    }
  });
});

describe('an account with several positions', () => {
  const LOTS = fc.integer({ min: -500, max: 500 });

  test('is healthy at all marks strictly inside all its triggers', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            mark: fc.integer({ min: 1000, max: 600_000 }),
            // Of small positions a tick is worth so little that every rounding matters.
            lots: fc.oneof(LOTS, fc.integer({ min: -3, max: 3 })).filter((lots) => lots !== 0),
            tickLot: fc.constantFrom(1, 2, 7),
            share: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
          }),
          { minLength: 2, maxLength: 4 },
        ),
        fc.oneof(fc.integer({ min: 1, max: 50_000_000 }), fc.integer({ min: 1, max: 500 })),
        fc.constantFrom(...cases),
        fc.constantFrom(1, 0.66, 1.5, 2.345679),
        (positions, slack, { policy }, level) => {
          const desk = newDesk({
            tickLots: positions.map(({ tickLot }) => tickLot),
            marks: positions.map(({ mark }) => mark),
            accounts: 2,
            policy: { ...policy, ladder: [{ rung: 'full', at: level }] },
          });
          const { ledger, house } = desk;
          positions.forEach(({ lots, mark }, i) => ledger.settle(1, 0, i, lots, mark));
          ledger.mint(1, atLevel(house.requirement.maintenance(1), Math.round(level * 1e6)) + slack);
          expect(house.watch(1)).toBe(true);
          positions.forEach(({ lots, mark, share }, i) => {
            const node = positions.length + i;
            const { ladder } = house.triggers;
            if (!ladder.isLinked(node)) return;
            const trigger = ladder.keyOf(node) ^ -(lots < 0 ? 1 : 0);
            const last = lots > 0 ? trigger + 1 : trigger - 1;
            ledger.marks[i] = mark + Math.round(share * (last - mark));
          });
          expect(house.isHealthy(1)).toBe(true);
        },
      ),
      { numRuns: LONG ? 3000 : 1000, seed: 20_240_809 },
    );
  });

  test('whose slack is smaller than its number of positions is looked at after any move', () => {
    const policy: WrittenPolicy = { margin: { rule: 'flat', leverage: 50 } };
    const { ledger, house } = newDesk({ tickLots: [1, 1], marks: [1000, 500], accounts: 2, policy });
    ledger.settle(1, 0, 0, 10, 1000);
    ledger.settle(1, 0, 1, -10, 500);
    ledger.mint(1, house.requirement.maintenance(1) + 1);
    expect(house.watch(1)).toBe(true);
    const { ladder } = house.triggers;
    expect([ladder.keyOf(2), ~ladder.keyOf(3)]).toEqual([999, 501]);
  });
});
