// What holds for any rule in any wrappers, over random marks.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MarginRule } from '../../../src/clearing/margin/rule.ts';
import { LONG } from '../../setup/long.ts';
import { marginOf } from '../desk.ts';

type Written = Readonly<Record<string, unknown>>;

const WRAPPERS: readonly Written[] = [
  { wrapper: 'floor', rate: 0.03 },
  { wrapper: 'floor', lookback: 4 },
  { wrapper: 'buffer', rate: 0.2 },
  { wrapper: 'stressed-weight', rate: 0.15 },
  { wrapper: 'stressed-weight', quantile: 0.9, lookback: 5 },
  { wrapper: 'cap', rate: 0.25 },
  { wrapper: 'speed-limit', factor: 1.1, updates: 2 },
  { wrapper: 'concentration', multiple: 2 },
  { wrapper: 'adaptive-volatility', reference: 0.02 },
  { wrapper: 'adaptive-depth', reference: 100_000, least: 0.5 },
];

const RULES: readonly Written[] = [
  { rule: 'flat', leverage: 20 },
  { rule: 'tiered', tiers: 'tiers' },
  { rule: 'tiered', tiers: [[0, 50], [3_000_000, 3], [20_000_000, 2]] }, // prettier-ignore
  { rule: 'size-slope', slope: '0.0001 %' },
  { rule: 'open-interest', lower: 10_000, upper: 90_000 },
  { rule: 'ewma-var', history: 'closes' },
  { rule: 'ewma-var', volatility: 0.05, measure: 'es' },
  { rule: 'historical', history: 'closes', window: 100 },
  { rule: 'filtered-historical', history: 'closes', window: 100, measure: 'es' },
  { rule: 'stress', moves: [-0.15, 0.1] },
];

const move = fc.record({
  mark: fc.integer({ min: 500, max: 2000 }),
  minutes: fc.integer({ min: 1, max: 90 }),
});

test('any rule in any wrappers: whole, not negative, rising with size, initial not below maintenance', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...RULES),
      fc.array(fc.constantFrom(...WRAPPERS), { maxLength: 4 }),
      fc.array(move, { maxLength: 6 }),
      fc.integer({ min: 1, max: 50_000 }),
      (rule, wrappers, moves, lots) => {
        const market = { openInterest: () => 47, depth: () => 83 };
        const margin = marginOf({ ...rule, wrappers }, { market });
        for (const { mark, minutes } of moves) {
          margin.update?.(0, mark, minutes * 60e6);
          const [maintenance, initial] = [margin.maintenance(0, lots, mark), margin.initial(0, lots, mark)];
          expect(Number.isSafeInteger(maintenance) && Number.isSafeInteger(initial)).toBe(true);
          expect(maintenance).toBeGreaterThanOrEqual(0);
          expect(initial).toBeGreaterThanOrEqual(maintenance);
          expect(margin.maintenance(0, lots + 1, mark)).toBeGreaterThanOrEqual(maintenance);
          expect(margin.initial(0, lots + 1, mark)).toBeGreaterThanOrEqual(initial);
          // The rate is that of a small position, but for rounding up to a quantum, a few times a layer, and multiplied.
          const small = margin.maintenance(0, 1, 20 * mark) / (20 * mark);
          expect(Math.abs(small - margin.rate(0) / 1e6)).toBeLessThan(1e-4 + 60 / (20 * mark));
        }
      },
    ),
    { numRuns: LONG ? 1500 : 500, seed: 1 },
  );
});

test('wrappers keep their promises about the rule inside, whatever happens', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...RULES),
      fc.array(move, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 1000 }),
      (rule, moves, lots) => {
        const market = { openInterest: () => 47, depth: () => 8300 };
        const of = (...wrappers: Written[]) => marginOf({ ...rule, wrappers }, { market });
        const bare = of();
        const floor = of({ wrapper: 'floor', rate: 0.03 });
        const cap = of({ wrapper: 'cap', rate: 0.1 });
        const buffer = of({ wrapper: 'buffer', rate: 0.2 });
        const limited = of({ wrapper: 'speed-limit', factor: 1.1 });
        const stressed = of({ wrapper: 'stressed-weight', rate: 0.15 });
        let before = limited.rate(0);
        for (const { mark, minutes } of moves) {
          for (const one of [bare, floor, cap, buffer, limited, stressed]) {
            one.update?.(0, mark, minutes * 60e6);
          }
          const required = (one: MarginRule) => one.maintenance(0, lots, mark);
          const notional = lots * mark;
          const own = required(bare);
          expect(required(floor)).toBe(Math.max(own, Math.ceil(notional * 0.03 - 1e-6)));
          expect(required(cap)).toBe(Math.min(own, Math.ceil(notional * 0.1 - 1e-6)));
          const most = Math.min(Math.ceil(own * 1.25), Math.ceil(notional * 0.2 - 1e-6));
          expect(required(buffer)).toBe(Math.max(own, most));
          expect(required(limited)).toBeLessThanOrEqual(own);
          expect(limited.rate(0)).toBeLessThanOrEqual(Math.max(1.1 * before, 1) * (1 + 1e-5) + 1);
          before = limited.rate(0);
          expect(required(stressed)).toBe(
            Math.ceil(own * 0.75) + Math.ceil(Math.ceil(notional * 0.15 - 1e-6) / 4),
          );
        }
      },
    ),
    { numRuns: LONG ? 500 : 150, seed: 1 },
  );
});
