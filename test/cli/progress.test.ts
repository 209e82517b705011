/** The words beside the bar. */
import { expect, test } from 'vitest';
import { courseText } from '../../src/cli/progress.ts';

test('speed and time left are of the runs of this process; before the first there is neither', () => {
  const course = { done: 40, lost: 0, before: 40, total: 240, seconds: 12.4 };
  expect(courseText(course)).toBe('12 s so far, time left unknown');
  expect(courseText({ ...course, done: 90, seconds: 50 })).toBe('1.00 runs/s · 2 min 30 s left');
  expect(courseText({ ...course, done: 140, lost: 2, seconds: 200 })).toBe(
    '0.500 runs/s · 3 min 20 s left · 2 lost',
  );
  expect(courseText({ ...course, done: 200_040, total: 300_040, seconds: 10 })).toBe(
    '20,000 runs/s · 5.0 s left',
  );
});
