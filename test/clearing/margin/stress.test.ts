// Stress scenarios: the largest of a list of moves.
import { describe, expect, test } from 'vitest';
import { marginOf, refusalOf } from '../desk.ts';

describe('stress scenarios', () => {
  test.each([
    [['-20 %', '15 %'], 200],
    [[0.05, -0.03], 50],
    [[-0.0000011], 1], // rounded up, twice
    [['250 %'], 1000],
  ])('%j of 1,000 need %i', (moves, required) => {
    const margin = marginOf({ rule: 'stress', moves });
    expect(margin.maintenance(0, 1, 1000)).toBe(required);
    expect(margin.initial(0, 1, 1000)).toBe(Math.ceil(1.5 * required));
    expect(margin.update).toBeUndefined();
  });

  test('take a factor of initial margin', () => {
    const margin = marginOf({ rule: 'stress', moves: [0.1], initial_factor: 1 });
    expect([margin.initial(0, 3, 1000), margin.rate(0)]).toEqual([300, 100_000]);
  });

  test('that move nothing are refused', () => {
    expect(refusalOf({ rule: 'stress', moves: [0, 0] })).toBe('margin.moves: needs a move that is not 0');
  });
});
