// The parts of a margin call's latency, on calls written by hand.
import { expect, test } from 'vitest';
import { callLatency } from '../../../src/stats/cascade/call-latency.ts';

const S = 1e6;
const calls = {
  fill_us: [1 * S, -1, 4 * S],
  breach_us: [1.5 * S, 2 * S, 5 * S],
  detected_us: [2 * S, 2.5 * S, -1],
  sent_us: [2 * S, 3 * S, -1],
  answered_us: [12 * S, -1, -1],
  liquidated_us: [-1, 63 * S, -1],
  ended_us: [12 * S, 64 * S, -1],
};

test('each part is the mean over the calls in which it happened', () => {
  expect(callLatency(calls)).toEqual({
    staleness_s: 0.75,
    detection_s: 0.5,
    answer_s: 10,
    execution_s: 61,
    total_s: (10.5 + 62) / 2,
  });
});

test('a part that never happened is NaN', () => {
  expect(callLatency({ ...calls, answered_us: [-1, -1, -1] }).answer_s).toBeNaN();
});

test('a time before the one it is counted from is not counted', () => {
  expect(callLatency({ ...calls, answered_us: [1 * S, 5 * S, -1] }).answer_s).toBe(2);
});
