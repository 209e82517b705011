import { afterEach, expect, test, vi } from 'vitest';
import { Loop } from '../../src/core/loop.ts';
import { madeCodes } from '../setup/made-codes.ts';

/** Something is due at each of these times. */
class Due {
  readonly done: number[] = [];
  private readonly times: readonly number[];

  constructor(times: readonly number[]) {
    this.times = times;
  }

  step(until: number): boolean {
    const next = this.times[this.done.length];
    if (next === undefined || next > until) return false;
    this.done.push(next);
    return true;
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('steps up to and including the time, and no further', () => {
  const due = new Due([1, 3, 3, 8]);
  const loop = new Loop(due);
  loop.until(2);
  expect(due.done).toEqual([1]);
  loop.until(3);
  expect(due.done).toEqual([1, 3, 3]);
  loop.until(7);
  expect(due.done).toEqual([1, 3, 3]);
  loop.until(100);
  expect(due.done).toEqual([1, 3, 3, 8]);
});

test('gets code of its own once, when it has made so many steps in all, and goes on as before', () => {
  const codes = madeCodes();
  const due = new Due([1, 2, 3, 4, 5, 6]);
  const loop = new Loop(due, 3);
  loop.until(2);
  expect(codes).toHaveLength(0);
  loop.until(3);
  expect(codes).toHaveLength(1);
  loop.until(4);
  loop.until(9);
  expect(codes).toHaveLength(1);
  expect(due.done).toEqual([1, 2, 3, 4, 5, 6]);
});

test('an error in a step comes out, before and after, and the loop can go on', () => {
  for (const many of [1, 100]) {
    let steps = 0;
    const loop = new Loop(
      {
        step(until) {
          if (++steps === 4) throw new Error('the fourth');
          return steps <= until;
        },
      },
      many,
    );
    loop.until(2);
    expect(() => {
      loop.until(9);
    }).toThrow(new Error('the fourth'));
    loop.until(6);
    expect(steps).toBe(7);
  }
});
