// The haircut of winners.
import { describe, expect, test } from 'vitest';
import { broken, closeOut, T } from './broken.ts';

describe('the haircut', () => {
  test('takes from everybody who gains, in proportion', () => {
    const desk = broken([{ layer: 'haircut' }]);
    closeOut(desk);
    // 50 of 1,280: 15.6, 7.8, 18.75, 7.8
    expect(desk.bearers()).toEqual([
      ['haircut', T(0), 15, 0],
      ['haircut', T(1), 8, 0],
      ['haircut', T(2), 19, 0],
      ['haircut', T(3), 8, 0],
    ]);
    expect(desk.house.liquidations.shared[desk.row]).toBe(50);
  });

  test('takes no more than the share allowed, and leaves the rest', () => {
    const desk = broken([{ layer: 'haircut', most: '2.5 %' }]);
    closeOut(desk);
    expect(desk.bearers().map(([, , quanta]) => quanta)).toEqual([10, 5, 12, 5, 18]);
  });
});
