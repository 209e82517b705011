// Exact races of two queues: the published numbers, and a second method (a truncated chain, solved by relaxation).
import { describe, expect, test } from 'vitest';
import { queueRace } from '../../../src/models/depletion/queue-race.ts';

/** E[N^k; up], N = number of jumps, k = 0, 1, 2 by Gauss-Seidel sweeps on {1..size}², arrivals at the edge refused. */
function chain(lambda: number, nu: number, size: number, bid: number, ask: number) {
  const width = size + 2;
  const at = (b: number, a: number) => b * width + a;
  const up = 0.5 * (lambda / (lambda + nu));
  const down = 0.5 * (nu / (lambda + nu));
  const solve = (source: Float64Array, win: number) => {
    const u = new Float64Array(width * width);
    for (let b = 1; b <= size; b++) u[at(b, 0)] = win;
    for (let sweep = 0, change = 1; change > 1e-13; sweep++) {
      expect(sweep).toBeLessThan(20_000);
      change = 0;
      for (let b = 1; b <= size; b++) {
        for (let a = 1; a <= size; a++) {
          const grown = u[at(Math.min(b + 1, size), a)]! + u[at(b, Math.min(a + 1, size))]!;
          const value = source[at(b, a)]! + up * grown + down * (u[at(b - 1, a)]! + u[at(b, a - 1)]!);
          change = Math.max(change, Math.abs(value - u[at(b, a)]!));
          u[at(b, a)] = value;
        }
      }
    }
    return u;
  };
  // h: P(up); m: E[N; up], where each step adds 1 to N, so m = h + P m; s: E[N(N + 1); up] = 2 Σ P^n m.
  const inside = (values: Float64Array) =>
    values.map((value, i) => (Math.floor(i / width) % (size + 1) === 0 || i % width === 0 ? 0 : value));
  const h = solve(new Float64Array(width * width), 1);
  const m = solve(inside(h), 0);
  const s = solve(
    inside(m).map((value) => 2 * value),
    0,
  );
  const rate = 2 * (lambda + nu);
  return [h[at(bid, ask)]!, m[at(bid, ask)]! / rate, s[at(bid, ask)]! / (rate * rate)];
}

describe('the race of two queues', () => {
  test('at balanced rates goes up as often as Cont and de Larrard print', () => {
    const found = [1, 2, 3, 4, 5].map((ask) => queueRace(1, 1, 1, ask).up[0]);
    expect(found.map((p) => p.toFixed(4))).toEqual(['0.5000', '0.3023', '0.2094', '0.1585', '0.1271']);
    expect(queueRace(1, 1, 2, 3).up[1]).toBe(Infinity); // a duration with a tail of 1/t
  });

  test('of 1 and of 5 orders at λ = .9 takes 1.374 and 16.57', () => {
    const duration = (n: number) => {
      const { up, down } = queueRace(0.9, 1, n, n);
      return up[1] + down[1];
    };
    expect(duration(1)).toBeCloseTo(1.374, 3);
    expect(duration(5)).toBeCloseTo(16.57, 2);
  });

  test.each([
    [0.5, 1, 1, 1],
    [0.5, 1, 3, 2],
    [0.1, 2, 5, 1],
    [1.2, 2, 1, 6],
  ])('at λ = %d, ν = %d from (%d, %d) is that of the chain, to the second moment', (lambda, nu, bid, ask) => {
    const { up, down } = queueRace(lambda, nu, bid, ask);
    const [p, m, s] = chain(lambda, nu, 60, bid, ask);
    expect(up[0]).toBeCloseTo(p!, 9);
    expect(up[1]).toBeCloseTo(m!, 8);
    expect(up[2]).toBeCloseTo(s!, 6);
    expect(down[0]).toBeCloseTo(chain(lambda, nu, 60, ask, bid)[0]!, 9);
  });

  test.each([
    [0.9, 1],
    [0.999, 1],
    [3, 3],
    [0.01, 1],
  ])('at λ = %d, ν = %d somebody wins', (lambda, nu) => {
    for (const [bid, ask] of [
      [1, 1],
      [4, 1],
      [2, 6],
    ] as const) {
      const { up, down } = queueRace(lambda, nu, bid, ask);
      expect(up[0] + down[0]).toBeCloseTo(1, 8);
      expect(queueRace(lambda, nu, ask, bid).up).toEqual(down);
    }
  });

  test('in another unit of time takes as much longer', () => {
    const slow = queueRace(0.9, 1, 2, 3);
    const fast = queueRace(9, 10, 2, 3);
    expect(fast.up[1]).toBeCloseTo(slow.up[1] / 10, 10);
    expect(fast.up[2]).toBeCloseTo(slow.up[2] / 100, 10);
  });

  test('is refused where it would not be exact, or never end', () => {
    expect(() => queueRace(2, 1, 1, 1)).toThrow('needs 0 < arrivals');
    expect(() => queueRace(0, 1, 1, 1)).toThrow('needs 0 < arrivals');
    expect(() => queueRace(0.01, 1, 10, 1)).toThrow('double precision');
    expect(() => queueRace(1 - 1e-9, 1, 1, 1)).toThrow('too near to each other');
  });
});
