// What lost runs leave of results: bounds of probabilities, and of nothing else.
import { expect, test } from 'vitest';
import { shareOf, withoutLost } from '../../src/models/lost-runs.ts';
import { wilson } from '../../src/stats/intervals/proportion.ts';

test('a probability lies between none of the lost runs and all of them', () => {
  const [none, all] = [wilson(3, 10), wilson(5, 10)];
  expect(withoutLost({ p: shareOf(3, 8) }, 2)).toEqual({
    p: { value: NaN, low: none.low, high: all.high, successes: 3, trials: 8, of_finished: 0.375 },
  });
});

test('anything else is unknown, in groups and lists too; words stay', () => {
  const mean = { value: 5, low: 4, high: 6, n: 7 };
  const lost = { value: NaN, low: NaN, high: NaN, n: 7, of_finished: 5 };
  const curve = [{ at: 0.1, value: 1, low: 0.8, high: 1 }];
  const results = { mean, group: { mean, chi_squared: 3, law: 'refused' }, curve };
  expect(withoutLost(results, 1)).toEqual({
    mean: lost,
    group: { mean: lost, chi_squared: NaN, law: 'refused' },
    curve: [{ at: 0.1, value: NaN, low: NaN, high: NaN, of_finished: 1 }],
  });
});
