/** Ticks, lots and quanta: whole, and not too large for the columns that hold them. */
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST, nearestWhole, quantaOf, stepsOf, whole } from '../../src/core/whole.ts';

const steps = (amount: string, step: string, unit: 'ticks' | 'lots' | 'quanta' = 'lots') =>
  stepsOf(new Decimal(amount), new Decimal(step), unit, `the step, ${step}`);

test('an amount is so many steps, exactly', () => {
  expect(steps('4.2', '0.001')).toBe(4200);
  expect(steps('2147483.647', '0.001')).toBe(MOST.lots);
});

test.each([
  ['4294967.297', '0.001', 'needs at most 2147483.647 (2147483647 lots); use a larger lot'],
  ['0.0005', '0.001', 'needs a positive multiple of the step, 0.001'],
  ['0', '0.001', 'needs a positive multiple of the step, 0.001'],
  ['-1', '0.001', 'needs a positive multiple of the step, 0.001'],
  // Twenty digits would not show it.
  ['100.1000000000000000000000001', '0.1', 'needs a positive multiple of the step, 0.1'],
])('%s in steps of %s: %s', (amount, step, message) => {
  expect(() => steps(amount, step)).toThrow(message);
});

test('no column changes what passes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 0, max: 12 }), (count, places) => {
      const step = new Decimal(10).pow(-places);
      let found: number | undefined;
      try {
        found = stepsOf(step.times(count), step, 'lots', 'the lot');
      } catch {
        expect(count).toBeGreaterThan(MOST.lots);
        return;
      }
      expect(found).toBe(count);
      expect(Int32Array.of(found)[0]).toBe(count);
    }),
  );
});

test('numbers that are already there', () => {
  expect(whole(-MOST.lots, 'lots')).toBe(-MOST.lots);
  expect(nearestWhole(1.6, 'lots')).toBe(2);
  expect(() => whole(1.5, 'lots')).toThrow('needs a whole number of lots, got 1.5');
  expect(() => whole(NaN, 'ticks')).toThrow('needs a whole number of ticks, got NaN');
  expect(() => nearestWhole(2 ** 32 + 1, 'lots')).toThrow(
    'must be at most 2147483647 lots, got 4294967297 lots; use a larger lot',
  );
  expect(quantaOf(0.07, 100, 'fund')).toBe(7);
  expect(() => quantaOf(1e15, 100, 'fund')).toThrow(
    'must be at most 90071992547409.9, got 1000000000000000;',
  );
});
