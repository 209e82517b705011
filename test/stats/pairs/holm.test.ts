import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holm } from '../../../src/stats/pairs/holm.ts';

test('a worked example, in the order given', () => {
  // smallest times 4, next times 3, …; never below the one before
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((p, i) => expect(adjusted[i]).toBeCloseTo(p, 12));
});

test('a comparison that could not be made is no comparison', () => {
  expect([...holm([0.02, NaN, 0.01])]).toEqual([0.02, NaN, 0.02]);
  expect([...holm([])]).toEqual([]);
});

test('rejects exactly what stepping down rejects, and never more than testing each alone', () => {
  const p = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(p, { maxLength: 12 }), p, (values, alpha) => {
      const adjusted = holm(values);
      const sorted = [...values].sort((a, b) => a - b);
      let rejected = 0;
      while (rejected < sorted.length && Math.min(1, sorted[rejected]! * (sorted.length - rejected)) <= alpha)
        rejected++;
      expect(adjusted.filter((x) => x <= alpha)).toHaveLength(rejected);
      adjusted.forEach((x, i) => expect(x).toBeGreaterThanOrEqual(values[i]!));
    }),
  );
});

test('what is no probability is refused', () => {
  expect(() => holm([0.5, 1.5])).toThrow('p-value 1 is 1.5');
});
