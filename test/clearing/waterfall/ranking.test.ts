// A heap against sorting.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ranking } from '../../../src/clearing/waterfall/ranking.ts';

test('numbers come by falling key, equal ones by number, as when sorted', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 40 }), (keys) => {
      const ranking = new Ranking(40);
      ranking.add(99, 1); // of the time before
      ranking.clear();
      keys.forEach((key, id) => {
        ranking.add(id, key);
      });
      const sorted = [...keys.keys()].sort((a, b) => keys[b]! - keys[a]! || a - b);
      expect(keys.map(() => ranking.next())).toEqual(sorted);
      expect(ranking.next()).toBe(-1);
    }),
  );
});
