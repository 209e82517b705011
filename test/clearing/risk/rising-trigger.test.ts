// Longs that a rise of the mark breaks: a level above the maintenance margin may ask for more than the whole position.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atLevel } from '../../../src/clearing/margin/rule.ts';
import { newDesk } from '../desk.ts';

const HIGHEST = 0x3ffffffe;
const POSITION = 1; // the desk's first trader with one

/** Ladder: a warning at `level`, then the usual liquidation. */
const policyOf = (rate: number, level: number) => ({
  margin: {
    rule: 'tiered',
    tiers: [
      [0, 10_000, rate / 2, 1, 0],
      [10_000, 1e9, rate, 1, 5000 * rate],
    ],
  },
  ladder: [{ rung: 'warn', at: level }, { rung: 'full' }],
});

test.each([
  [0.9, 2, 150], // health falls with the mark in the second tier: by .8 of its rise
  [0.4, 2, undefined], // it rises with it
  [0.9, 1, undefined], // and always does at the maintenance margin itself
])('rate %d, level %d: the mark at which a rise breaks the account', (rate, level, found) => {
  const desk = newDesk({ tickLots: [1], marks: [100], accounts: 2, policy: policyOf(rate, level) });
  const { house, ledger } = desk;
  const { triggers } = house;
  ledger.settle(POSITION, 0, 0, 100, 100);
  // Requirement at 100: 10,000 · rate / 2. Slack at mark m in the second tier: 100·m + quote − level·(100·m·rate − 5000·rate).
  ledger.mint(POSITION, atLevel(house.requirement.maintenance(POSITION), level * 1e6) + 4000);
  expect(house.watch(POSITION)).toBe(true);
  const node = level > 1 ? triggers.risingNodeOf(POSITION, 0) : -1;
  const risen = node >= 0 && triggers.ladder.isLinked(node) ? ~triggers.ladder.keyOf(node) : undefined;
  expect(risen).toBe(found);
  if (found === undefined) return;
  ledger.marks[0] = found - 1;
  expect(triggers.crossed(0, found - 1)).toBe(-1);
  ledger.marks[0] = found;
  expect(triggers.crossed(0, found)).toBe(POSITION);
  expect([triggers.crossedPrice, triggers.crossedRising]).toEqual([found, true]);
  expect(house.watch(POSITION)).toBe(false);
});

test('while the mark is inside of both triggers the account is above the level, and at neither', () => {
  let rising = 0;
  fc.assert(
    fc.property(
      fc.record({
        mark: fc.integer({ min: 2, max: 100_000 }),
        lots: fc.integer({ min: 1, max: 1800 }),
        rate: fc.integer({ min: 1, max: 99 }).map((n) => n / 100),
        level: fc.constantFrom(1.1, 1.25, 1.5, 2, 4),
        slack: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 400_000_000 })),
        inside: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }),
      }),
      ({ mark, lots, rate, level, slack, inside }) => {
        const policy = policyOf(rate, level);
        const desk = newDesk({ tickLots: [1], marks: [mark], accounts: 2, policy });
        const { ledger, house } = desk;
        const { triggers } = house;
        const { ladder } = triggers;
        ledger.settle(POSITION, 0, 0, lots, mark);
        const ppm = Math.round(level * 1e6);
        ledger.mint(POSITION, atLevel(house.requirement.maintenance(POSITION), ppm) + slack);
        expect(house.watch(POSITION)).toBe(true);
        const quote = ledger.accounts.quote[POSITION]!;
        const healthyAt = (p: number) =>
          quote + lots * p > atLevel(house.requirement.maintenanceOf(0, lots, p), ppm);
        const falling = triggers.nodeOf(POSITION, 0);
        const above = triggers.risingNodeOf(POSITION, 0);
        const low = ladder.isLinked(falling) ? ladder.keyOf(falling) : 0;
        const high = ladder.isLinked(above) ? ~ladder.keyOf(above) : HIGHEST + 1;
        if (low > 0) expect(healthyAt(low)).toBe(false);
        if (high <= HIGHEST) {
          rising++;
          expect(healthyAt(high)).toBe(false);
        }
        for (const share of [0, 1, ...inside]) {
          // Evenly by logarithm: what is near the mark and what is a thousand times as high.
          const price = Math.round((low + 1) * ((high - 1) / (low + 1)) ** share);
          expect(healthyAt(Math.min(Math.max(price, low + 1), high - 1)), `at ${price}`).toBe(true);
        }
        house.triggers.lift(POSITION);
        expect([ladder.isLinked(falling), ladder.isLinked(above)]).toEqual([false, false]);
      },
    ),
    { seed: 71, numRuns: 2000 },
  );
  expect(rising).toBeGreaterThan(300);
});
