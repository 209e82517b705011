/** Uniform draws, whole numbers and chances: their laws at fixed seeds, with wrong laws that must be noticed. */
import { describe, expect, test } from 'vitest';
import { createRng, Rng } from '../../src/core/rng.ts';
import { distance, FAIR, misfit, momentErrors, unevenness } from './laws.ts';

const column = (...values: number[]): Int32Array => Int32Array.from(values);

describe('uniform draws', () => {
  test.each(['uniform', 'uniform53'] as const)('%s is uniform on [0, 1)', (method) => {
    const rng = createRng(method);
    const draw = (): number => rng[method]();
    const values = Float64Array.from({ length: 100_000 }, draw);
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(distance(values, (x) => x)).toBeLessThan(1.95);
    expect(Math.abs(misfit(500_000, draw, (x) => x))).toBeLessThan(FAIR);
    for (const error of momentErrors(500_000, draw, (order) => 1 / (order + 1))) {
      expect(Math.abs(error)).toBeLessThan(FAIR);
    }
  });

  test.each([
    ['uniform', 32],
    ['uniform53', 53],
  ] as const)('%s has %i bits, all of them in use', (method, bits) => {
    const rng = createRng(`bits of ${method}`);
    const ones = new Int32Array(bits);
    let finer = 0; // values with more bits
    for (let i = 0; i < 20_000; i++) {
      let rest = rng[method]();
      for (let place = 0; place < bits; place++) {
        rest *= 2;
        if (rest >= 1) {
          ones[place]!++;
          rest -= 1;
        }
      }
      if (rest > 0) finer++;
    }
    expect(finer).toBe(0);
    for (const n of ones) expect(Math.abs(n - 10_000) / Math.sqrt(5000)).toBeLessThan(FAIR);
  });

  test('a slightly wrong law is seen', () => {
    const rng = createRng('wrong');
    expect(
      misfit(
        500_000,
        () => rng.uniform() ** 1.02,
        (x) => x,
      ),
    ).toBeGreaterThan(FAIR);
    expect(
      distance(
        Float64Array.from({ length: 100_000 }, () => rng.uniform() ** 1.03),
        (x) => x,
      ),
    ).toBeGreaterThan(1.95);
  });
});

describe('below', () => {
  test.each([1, 2, 3, 7, 10, 256, 1000, 65_537])('is even over 0 ... %i - 1', (n) => {
    const rng = createRng(`below ${n}`);
    const counts = new Int32Array(n);
    for (let i = 0; i < 20 * n + 100_000; i++) counts[rng.below(n)]!++;
    if (n === 1) expect([...counts]).toEqual([100_020]);
    else expect(Math.abs(unevenness(counts))).toBeLessThan(FAIR);
  });

  test('is the high word of draw times n, to the last bit, for any n up to 2^32', () => {
    const rng = createRng('products');
    const replay = createRng('products');
    const ns = createRng('ns');
    const wrong: number[] = [];
    for (let i = 0; i < 50_000; i++) {
      const n = i < 100 ? 2 ** 32 - i : Math.max(1, Math.floor(ns.u32() / 2 ** ns.below(32)));
      const incomplete = 2n ** 32n % BigInt(n);
      let product = BigInt(replay.u32()) * BigInt(n);
      while ((product & 0xffffffffn) < incomplete) product = BigInt(replay.u32()) * BigInt(n);
      if (rng.below(n) !== Number(product >> 32n)) wrong.push(n);
    }
    expect(wrong).toEqual([]);
    expect(rng.d).toEqual(replay.d);
  });

  test('has no bias where the plain methods have: n = ¾ 2^32', () => {
    const n = 3 * 2 ** 30;
    const thirds = (draw: () => number): number => {
      const counts = new Int32Array(3);
      for (let i = 0; i < 300_000; i++) counts[Math.floor(draw() / 2 ** 30)]!++;
      return Math.abs(unevenness(counts));
    };
    const evens = (draw: () => number): number => {
      const counts = new Int32Array(3);
      for (let i = 0; i < 300_000; i++) counts[draw() % 3]!++;
      return Math.abs(unevenness(counts));
    };
    const rng = createRng('bias');
    expect(thirds(() => rng.below(n))).toBeLessThan(FAIR);
    expect(evens(() => rng.below(n))).toBeLessThan(FAIR);
    expect(thirds(() => rng.u32() % n)).toBeGreaterThan(50);
    expect(evens(() => Math.floor(rng.uniform() * n))).toBeGreaterThan(50);
  });
});

describe('chance', () => {
  test.each([0.5, 0.1, 0.001, 1 / 3, 0.9999])('is true with probability %d', (p) => {
    const rng = createRng(`chance ${p}`);
    let hits = 0;
    for (let i = 0; i < 400_000; i++) hits += Number(rng.chance(p));
    expect(Math.abs(hits - 400_000 * p) / Math.sqrt(400_000 * p * (1 - p))).toBeLessThan(FAIR);
  });

  test('never at 0 and below, always at 1 and above, with one draw each', () => {
    const rng = createRng('chance');
    for (let i = 0; i < 1000; i++) {
      expect([rng.chance(0), rng.chance(-1), rng.chance(1), rng.chance(2)]).toEqual([
        false,
        false,
        true,
        true,
      ]);
    }
    expect(rng.d[0]).toBe(13 + 4000);
  });

  test('goes on below the step of 2^-32 with a second draw', () => {
    const after = (draw: number, p: number): [boolean, number] => {
      // the next draw is `draw`, the one after it 2 at most
      const rng = new Rng(column(draw - 1), column(0), column(0), column(1));
      return [rng.chance(p), rng.d[0]!];
    };
    expect(after(0, 0.6 * 2 ** -32)).toEqual([true, 3]);
    expect(after(0, 0)).toEqual([false, 3]);
    expect(after(1, 0.6 * 2 ** -32)).toEqual([false, 2]);
    expect(after(5, 6 * 2 ** -32)).toEqual([true, 2]);
    expect(after(6, 6 * 2 ** -32)).toEqual([false, 3]);
  });
});
