// Both methods of splitting: no bias, however scores tie, jump or depend on what no level shows; exact accounts of what was
// spent; and what is said when no particle comes on.
import { describe, expect, test } from 'vitest';
import { expandSeed } from '../../../src/core/seed.ts';
import { RandomWalk } from '../../../src/models/random-walk/world.ts';
import { ruinTop } from '../../../src/models/random-walk/gamblers-ruin.ts';
import { momentsOf, total } from '../../../src/stats/intervals/moments.ts';
import { adaptive } from '../../../src/stats/splitting/adaptive.ts';
import { fixedEffort } from '../../../src/stats/splitting/fixed-effort.ts';
import type { ForkableProcess } from '../../../src/stats/splitting/process.ts';
import type { SplittingResult } from '../../../src/stats/splitting/tally.ts';
import type { Steps } from './chain.ts';
import { Chain, exactChain } from './chain.ts';

const upTo = (level: number): number[] => Array.from({ length: level }, (_, i) => i + 1);

type Method = (process: ForkableProcess, seed: string) => SplittingResult;

const fixed =
  (particles: number, levels: readonly number[]): Method =>
  (process, seed) =>
    fixedEffort(process, expandSeed(seed), { particles, levels });

const killing =
  (kill: number, particles: number, levels: readonly number[]): Method =>
  (process, seed) =>
    adaptive(process, expandSeed(seed), { kill, particles, levels });

function estimates(process: ForkableProcess, method: Method, count: number): SplittingResult[] {
  return Array.from({ length: count }, (_, i) => method(process, `splitting/${i}`));
}

/** The mean is within four standard errors of the exact value. */
function expectMean(values: readonly number[], exact: number): void {
  const { mean, sd, n } = momentsOf(values);
  expect(Math.abs(mean - exact)).toBeLessThan((4 * sd) / Math.sqrt(n));
}

const EVEN: Steps = [[0.6, 1]];
const JUMPS: Steps = [
  [0.15, 0],
  [0.2, 1],
  [0.15, 3],
  [0.05, 7],
];
const LUCKY: Steps = [[0.8, 1]];
const HOPELESS: Steps = [[0.1, 1]];

describe.each([
  ['one step a level', [EVEN], 9],
  ['jumps over levels', [JUMPS], 12],
  ['a start that decides, unseen by any level', [LUCKY, HOPELESS, JUMPS], 8],
] as const)('with %s the mean is the probability', (_, kinds, event) => {
  const exact = exactChain(kinds, event);

  test.each([
    ['fixed effort, every level', fixed(16, upTo(event)), 32],
    ['fixed effort, few levels', fixed(15, [event / 3, event / 2, event]), 30],
    ['fixed effort, the event alone', fixed(16, [event]), 32],
    ['adaptive, the last particle', killing(1, 16, upTo(event)), 16],
    ['adaptive, a third', killing(5, 15, upTo(event)), 15],
    ['adaptive, all but one', killing(15, 16, upTo(event)), 16],
    ['adaptive, levels far apart', killing(4, 16, [event / 2, event]), 16],
  ] as const)('%s', (_name, method, slots) => {
    const found = estimates(new Chain(kinds, slots), method, 1500);
    expectMean(
      found.map(({ probability }) => probability.value),
      exact,
    );
  });
});

describe('the estimate is what the steps say', () => {
  test.each([
    ['fixed effort', fixed(50, upTo(12))],
    ['adaptive', killing(7, 50, upTo(12))],
  ] as const)('%s: the product of the shares, and the events of all steps', (_, method) => {
    for (const { probability, steps, events } of estimates(new Chain([JUMPS], 100), method, 50)) {
      const product = steps.reduce((p, { reached, particles }) => p * (reached / particles), 1);
      expect(probability.value).toBeCloseTo(product, 15);
      expect(total(steps.map((step) => step.events))).toBe(events);
      const levels = steps.map(({ level }) => level);
      expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    }
  });

  test.each([
    ['fixed effort', fixed(100, upTo(20))],
    ['adaptive', killing(10, 100, upTo(20))],
  ] as const)('%s: a plain walk takes start/(1 − 2·up) steps', (_, method) => {
    const found = estimates(new RandomWalk({ up: 0.3, start: 1 }, 200), method, 300);
    expectMean(
      found.map(({ plainEvents }) => plainEvents),
      2.5,
    );
  });

  test('the same key gives the same, whatever was done before', () => {
    const walk = new RandomWalk({ up: 0.3, start: 1 }, 60);
    for (const method of [fixed(30, upTo(8)), killing(3, 30, upTo(8))]) {
      const first = method(walk, 'a');
      method(walk, 'b');
      expect(method(walk, 'a')).toEqual(first);
    }
  });
});

describe('the interval', () => {
  test.each([
    ['fixed effort', fixed(200, upTo(15))],
    ['adaptive', killing(1, 200, upTo(15))],
  ] as const)('%s covers 92 to 97 %% on a walk', (_, method) => {
    const exact = ruinTop(0.3, 1, 15);
    const found = estimates(new RandomWalk({ up: 0.3, start: 1 }, 400), method, 1000);
    const covered = found.filter(({ probability: { low, high } }) => low <= exact && exact <= high).length;
    expect(covered).toBeGreaterThan(920);
    expect(covered).toBeLessThan(970);
  });

  test('holds the estimate, and lies between 0 and 1', () => {
    for (const { probability } of estimates(new Chain([EVEN], 20), fixed(10, upTo(4)), 500)) {
      const { value, low, high } = probability;
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(value);
      expect(value).toBeLessThanOrEqual(high);
      expect(high).toBeLessThanOrEqual(1);
    }
  });

  test('of a sure event reaches down to what all of N would hardly hide', () => {
    for (const method of [fixed(100, [1, 2]), killing(3, 100, [1, 2])]) {
      const { probability } = method(new Chain([[[1, 1]]], 200), 'sure');
      expect(probability).toEqual({ value: 1, low: expect.closeTo(0.025 ** 0.01, 12) as number, high: 1 });
    }
  });
});

describe('where no particle comes to the next level', () => {
  const levels = upTo(10);

  test.each([
    ['fixed effort', fixed(5, levels)],
    ['adaptive', killing(1, 5, levels)],
  ] as const)('%s: the estimate is 0, with an upper bound that is one', (_, method) => {
    const exact = exactChain([EVEN], 10);
    const found = estimates(new Chain([EVEN], 20), method, 2000);
    const extinct = found.filter(({ probability }) => probability.value === 0);
    expect(extinct.length).toBeGreaterThan(20);
    for (const { probability, steps } of extinct) {
      expect(probability.low).toBe(0);
      expect(probability.high).toBeGreaterThan(0);
      expect(steps.at(-1)!.reached).toBe(0);
    }
    const wrong = extinct.filter(({ probability }) => probability.high < exact).length;
    expect(wrong / found.length).toBeLessThan(0.025);
  });

  test('at once: N of N failing has a probability of a quarter of 5 % at the bound', () => {
    const { probability, plainEvents } = fixed(100, [1])(new Chain([[]], 200), 'never');
    expect(probability.high).toBeCloseTo(1 - 0.0125 ** 0.01, 12);
    expect(plainEvents).toBeCloseTo(1, 12);
  });
});

test('a method that would kill nobody, or everybody, is refused', () => {
  const walk = new RandomWalk({ up: 0.3, start: 1 }, 10);
  expect(() => killing(0, 5, [2])(walk, 'a')).toThrow('at least one particle');
  expect(() => killing(5, 5, [2])(walk, 'a')).toThrow('not all');
});
