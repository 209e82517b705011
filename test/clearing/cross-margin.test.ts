// Accounts with two to four positions on the ladder of triggers against a scan of all accounts after each of more than
// 10⁵ random marks, at the levels of health that ladders of calls watch for.
import { describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import type { WrittenPolicy } from '../sim/by-hand.ts';
import { realTiers } from '../sim/real-data.ts';
import { ASSETS, CrossTwin } from './cross-twin.ts';
import { flatRequirement, tieredRequirement } from './naive-requirement.ts';

const MARKS = 20_000;
const rules = {
  flat: {
    policy: { margin: { rule: 'flat', leverage: 50 } } as WrittenPolicy,
    required: flatRequirement(0.01),
  },
  tiered: {
    policy: { margin: { rule: 'tiered', tiers: 'tiers' } } as WrittenPolicy,
    required: tieredRequirement(realTiers('BTCUSDT'), 1),
  },
};

describe('cross accounts that the ladder reports are those that a scan finds, by hash', () => {
  const levels = [1, 0.66, 1.3, 2.345679];
  const cases = (['flat', 'tiered'] as const).flatMap((rule) =>
    levels.map((level) => [rule, level] as const),
  );
  let marks = 0;

  test.each(cases)('under %s margin, watched at %f times its maintenance', (rule, level) => {
    const { policy, required } = rules[rule];
    const twin = new CrossTwin(policy, level, required, createRng(`cross ${rule} ${level}`));
    for (let n = 0; n < MARKS; n++) twin.move();
    expect(twin.ladderHash).toBe(twin.scanHash);
    expect(twin.broken).toBeGreaterThan(MARKS / 50);
    expect(twin.looks).toBeGreaterThan(twin.broken);
    expect(Math.min(...twin.sizes.slice(2))).toBeGreaterThan(100);
    expect(twin.hedged).toBeGreaterThan(100);
    twin.desk.ledger.assertConserved();
    marks += twin.marks;
  });

  test.each(cases)(
    'with collateral assets, under %s margin, watched at %f times its maintenance',
    (rule, level) => {
      const { policy, required } = rules[rule];
      const twin = new CrossTwin(policy, level, required, createRng(`assets ${rule} ${level}`), ASSETS);
      for (let n = 0; n < MARKS; n++) twin.move();
      expect(twin.ladderHash).toBe(twin.scanHash);
      expect(twin.brokenByAsset).toBeGreaterThan(MARKS / 400);
      expect(twin.brokenFlat).toBeGreaterThan(10);
      expect(twin.looks).toBeGreaterThan(twin.broken);
      twin.desk.ledger.assertConserved();
      marks += twin.marks;
    },
  );

  test('over more than 10⁵ marks', () => {
    expect(marks).toBeGreaterThanOrEqual(100_000);
  });
});
