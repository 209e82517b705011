// The gambler's ruin against published numbers and its own recursion.
import { expect, test } from 'vitest';
import { ruinTop } from '../../../src/models/random-walk/gamblers-ruin.ts';

test('20 before 0 from 1, up with probability .3', () => {
  expect(ruinTop(0.3, 1, 20)).toBeCloseTo(5.826437e-8, 14);
});

test('without a drift it is the share of the way', () => {
  expect(ruinTop(0.5, 3, 12)).toBe(0.25);
});

test.each([0.2, 0.3, 0.49, 0.7])('one step on, the mean is the same (up %f)', (up) => {
  expect(ruinTop(up, 0, 9)).toBeCloseTo(0, 15);
  expect(ruinTop(up, 9, 9)).toBeCloseTo(1, 12);
  for (let from = 1; from < 9; from++) {
    const mean = up * ruinTop(up, from + 1, 9) + (1 - up) * ruinTop(up, from - 1, 9);
    expect(ruinTop(up, from, 9)).toBeCloseTo(mean, 12);
  }
});
