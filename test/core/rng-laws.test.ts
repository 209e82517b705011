/** Exponential, normal, lognormal and Pareto draws: their laws at fixed seeds, with wrong laws that must be noticed. */
import { describe, expect, test } from 'vitest';
import { normalCdf } from '../../src/core/quantiles.ts';
import { createRng, Rng } from '../../src/core/rng.ts';
import { distance, FAIR, misfit, momentErrors, unevenness } from './laws.ts';

const column = (...values: number[]): Int32Array => Int32Array.from(values);
const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const evenFactorial = (n: number): number => (n < 2 ? 1 : (n - 1) * evenFactorial(n - 2));
const normalMoment = (order: number): number => (order % 2 === 1 ? 0 : evenFactorial(order));
const exponentialCdf = (x: number): number => -Math.expm1(-x);
describe('exponential and normal', () => {
  const COUNT = 2_000_000;
  const EXPONENTIAL_TAIL = 7.69711747013105;
  const NORMAL_TAIL = 3.654152885361009;

  /**
   * How many of `count` draws are beyond `edge`, in standard deviations from `p`, and what they exceed it by.
   */
  function tail(count: number, draw: () => number, edge: number, p: number): [number, Float64Array] {
    const excess: number[] = [];
    for (let i = 0; i < count; i++) {
      const x = draw();
      if (x > edge) excess.push(x - edge);
    }
    return [Math.abs(excess.length - count * p) / Math.sqrt(count * p), Float64Array.from(excess)];
  }

  test('exponential: bins, distance and moments', () => {
    const rng = createRng('exponential');
    const draw = (): number => rng.exponential(1);
    expect(Math.abs(misfit(COUNT, draw, exponentialCdf))).toBeLessThan(FAIR);
    expect(distance(Float64Array.from({ length: 200_000 }, draw), exponentialCdf)).toBeLessThan(1.95);
    for (const error of momentErrors(COUNT, draw, factorial)) expect(Math.abs(error)).toBeLessThan(FAIR);
  });

  test('exponential: the tail beyond the ziggurat is as long as it should be', () => {
    const rng = createRng('exponential tail');
    const [count, excess] = tail(
      2 * COUNT,
      () => rng.exponential(1),
      EXPONENTIAL_TAIL,
      Math.exp(-EXPONENTIAL_TAIL),
    );
    expect(count).toBeLessThan(FAIR);
    expect(distance(excess, exponentialCdf)).toBeLessThan(1.95);
    expect(excess.some((x) => x > 5)).toBe(true);
  });

  test('exponential: the mean is a factor', () => {
    const [one, seven] = [createRng('mean'), createRng('mean')];
    for (let i = 0; i < 1000; i++) expect(seven.exponential(7)).toBe(7 * one.exponential(1));
    expect(one.exponential(0)).toBe(0);
  });

  test('normal: bins, distance and moments', () => {
    const rng = createRng('normal');
    const draw = (): number => rng.normal();
    expect(Math.abs(misfit(COUNT, draw, normalCdf))).toBeLessThan(FAIR);
    expect(distance(Float64Array.from({ length: 200_000 }, draw), normalCdf)).toBeLessThan(1.95);
    for (const error of momentErrors(COUNT, draw, normalMoment)) expect(Math.abs(error)).toBeLessThan(FAIR);
  });

  test('normal: both tails beyond the ziggurat are as long as they should be', () => {
    const rng = createRng('normal tail');
    const beyond = normalCdf(-NORMAL_TAIL);
    const law = (x: number): number => 1 - normalCdf(-NORMAL_TAIL - x) / beyond;
    for (const sign of [1, -1]) {
      const [count, excess] = tail(2 * COUNT, () => sign * rng.normal(), NORMAL_TAIL, beyond);
      expect(count).toBeLessThan(FAIR);
      expect(distance(excess, law)).toBeLessThan(1.95);
      expect(excess.some((x) => x > 0.8)).toBe(true);
    }
  });

  test('a near miss of the normal law is seen: twelve uniforms less six', () => {
    const rng = createRng('twelve');
    const draw = (): number => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += rng.uniform();
      return sum;
    };
    expect(misfit(1_000_000, draw, normalCdf)).toBeGreaterThan(FAIR);
    expect(Math.abs(momentErrors(1_000_000, draw, normalMoment)[3]!)).toBeGreaterThan(FAIR);
    expect(tail(1_000_000, draw, NORMAL_TAIL, normalCdf(-NORMAL_TAIL))[0]).toBeGreaterThan(FAIR);
  });

  /** Chi-square of the joint 16 × 16 bins of each draw and the next. */
  function dependence(count: number, draw: () => number): number {
    const pairs = new Int32Array(256);
    let before = 0;
    for (let i = 0; i <= count; i++) {
      const bin = Math.floor(16 * normalCdf(draw()));
      if (i > 0) pairs[before * 16 + bin]!++;
      before = bin;
    }
    return Math.abs(unevenness(pairs));
  }

  test('normal: a draw says nothing of the next one, which would be seen', () => {
    const rng = createRng('pairs');
    expect(dependence(COUNT, () => rng.normal())).toBeLessThan(FAIR);
    let last = 0;
    const dependent = (): number => (last = 0.02 * last + Math.sqrt(1 - 0.02 ** 2) * rng.normal());
    expect(dependence(COUNT, dependent)).toBeGreaterThan(FAIR);
  });

  /** A generator whose next two draws are `high` and `rest`, and the others random. */
  function forced(high: number, rest: number, random: Rng): Rng {
    const b = random.int32();
    const d = random.int32();
    const c = Math.imul(rest - (b ^ (b >>> 9)) - d - 1, 0x38e38e39); // sfc32 solved for its state; 1/9 mod 2^32
    return new Rng(column(high - b - d), column(b), column(c), column(d));
  }

  test('what is beyond the ziggurat has the law of the tail, to 1 % of it', () => {
    const random = createRng('tails');
    const layer0 = (): number => random.int32() & ~255;
    const beyond = normalCdf(-NORMAL_TAIL);
    const law = (x: number): number => 1 - normalCdf(-NORMAL_TAIL - x) / beyond;
    const excesses = (draw: () => number): Float64Array => Float64Array.from({ length: 40_000 }, draw);
    const above = excesses(() => forced(0x7fffffff, layer0(), random).normal() - NORMAL_TAIL);
    const below = excesses(() => -forced(-0x80000000, layer0(), random).normal() - NORMAL_TAIL);
    const waits = excesses(() => forced(-1, layer0(), random).exponential(1) - EXPONENTIAL_TAIL);
    expect(distance(above, law)).toBeLessThan(1.95);
    expect(distance(below, law)).toBeLessThan(1.95);
    expect(distance(waits, exponentialCdf)).toBeLessThan(1.95);
    // the exponential that the normal tail is cut out of would be noticed
    const uncut = excesses(() => random.exponential(1 / NORMAL_TAIL));
    expect(distance(uncut, law)).toBeGreaterThan(5);
  });

  test('the layer and the position in it are of different bits', () => {
    const random = createRng('bits');
    for (const draw of [(rng: Rng): number => rng.normal(), (rng: Rng): number => rng.exponential(1)]) {
      for (let i = 0; i < 1000; i++) {
        const high = random.int32() & 0x3fffffff; // well inside of the layers
        const rest = (random.int32() & ~255) | (1 + random.below(200));
        const x = draw(forced(high, rest, random));
        expect(Math.abs(draw(forced(high ^ 255, rest, random)) - x)).toBeLessThan(1e-5);
        expect(Math.abs(draw(forced(high, rest ^ 0xffffff00, random)) - x)).toBeLessThan(1e-5);
        expect(Math.abs(draw(forced(high, rest + 1, random)) / x - 1)).toBeGreaterThan(1e-5);
      }
    }
  });
});

describe('lognormal and pareto', () => {
  test('lognormal: its logarithm is normal with mean mu and deviation sigma', () => {
    const rng = createRng('lognormal');
    const draw = (): number => (Math.log(rng.lognormal(2, 0.7)) - 2) / 0.7;
    expect(Math.abs(misfit(400_000, draw, normalCdf))).toBeLessThan(FAIR);
    expect(rng.lognormal(3, 0)).toBeCloseTo(Math.exp(3), 12);
  });

  test('pareto: P(X > x) = (min / x)^alpha', () => {
    const rng = createRng('pareto');
    const draw = (): number => rng.pareto(5, 1.3);
    expect(Math.abs(misfit(400_000, draw, (x) => 1 - (5 / x) ** 1.3))).toBeLessThan(FAIR);
    expect(Float64Array.from({ length: 10_000 }, draw).every((x) => x >= 5)).toBe(true);
  });
});
