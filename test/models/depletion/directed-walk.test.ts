// The long-run variance of a directed walk: known special cases, and sums over the cycles between up-moves.
import { describe, expect, test } from 'vitest';
import { directedWalk, mixedRace } from '../../../src/models/depletion/directed-walk.ts';
import type { QueueRace } from '../../../src/models/depletion/queue-race.ts';

/** A move that is up with probability p and takes exactly `up` or `down`. */
function race(p: number, up: number, down: number): QueueRace {
  return { up: [p, p * up, p * up * up], down: [1 - p, (1 - p) * down, (1 - p) * down * down] };
}

describe('a directed walk', () => {
  test('of independent fair moves has the variance of their number', () => {
    const fair = race(0.5, 3, 3);
    const walk = directedWalk(fair, fair);
    expect([walk.continue, walk.duration, walk.drift]).toEqual([0.5, 3, 0]);
    expect(walk.variance).toBeCloseTo(1 / 3, 14);
  });

  test.each([0.2, 0.5, 0.8])('that continues with probability %d has p / (1 − p) times as much', (p) => {
    const walk = directedWalk(race(p, 2, 2), race(1 - p, 2, 2));
    expect(walk.continue).toBeCloseTo(p, 14);
    expect(walk.variance).toBeCloseTo(p / (1 - p) / 2, 12);
  });

  test('that nearly always goes up hardly varies, though there are moves all the time', () => {
    const drifting = race(1, 2, 2);
    expect(directedWalk(drifting, drifting)).toMatchObject({ drift: 0.5, variance: 0, continue: 1 });
  });

  test('with drift and durations that depend on both moves has the variance of its cycles', () => {
    // Cycles from up to up: one up-move, or k down-moves and one up-move.
    const [uu, du] = [0.7, 0.4];
    const [tUu, tUd, tDu, tDd] = [1, 2, 3, 0.5];
    const cycles = [{ probability: uu, x: 1, t: tUu }];
    for (let k = 1; k < 300; k++) {
      const probability = (1 - uu) * (1 - du) ** (k - 1) * du;
      cycles.push({ probability, x: 1 - k, t: tUd + (k - 1) * tDd + tDu });
    }
    const mean = (of: (cycle: (typeof cycles)[number]) => number) =>
      cycles.reduce((sum, cycle) => sum + cycle.probability * of(cycle), 0);
    const drift = mean(({ x }) => x) / mean(({ t }) => t);
    const variance = mean(({ x, t }) => (x - drift * t) ** 2) / mean(({ t }) => t);
    const walk = directedWalk(race(uu, tUu, tUd), race(du, tDu, tDd));
    expect(walk.drift).toBeCloseTo(drift, 12);
    expect(walk.variance).toBeCloseTo(variance, 12);
    expect([walk.continue_up, walk.continue_down]).toEqual([0.7, 0.6]);
  });

  test('that never turns has no long run', () => {
    expect(() => directedWalk(race(1, 1, 1), race(0, 1, 1))).toThrow('never turns');
  });
});

test('a mixed race weighs its races, whatever the weights sum to', () => {
  const mixed = mixedRace([
    { weight: 3, race: race(1, 2, 0) },
    { weight: 1, race: race(0, 0, 4) },
  ]);
  expect(mixed).toEqual({ up: [0.75, 1.5, 3], down: [0.25, 1, 4] });
});
