import { describe, expect, test } from 'vitest';
import { markRules } from '../../src/market/mark.ts';
import type { MarkInputs, MarkRule } from '../../src/market/mark.ts';
import { SECOND } from '../../src/core/units.ts';

const INPUTS: MarkInputs = { last: 103, bid: 100, ask: 105, index: 99.5, elapsed_us: 1000, previous: 90 };

/** A rule as an experiment file would give it. */
function rule(name: string, settings: object = {}): MarkRule {
  const definition = markRules.get(name);
  return definition.compile(definition.settings.parse(settings) as never);
}

const sample = (name: string, inputs: Partial<MarkInputs> = {}): number =>
  rule(name).sample({ ...INPUTS, ...inputs });

test('the rules have each a name and say what they assume', () => {
  expect(markRules.names).toEqual(['last', 'mid', 'smoothed', 'index']);
  for (const { about } of markRules) expect(about).toMatch(/^[A-Z].{20,}\.$/);
});

test.each(markRules.names)('%s refuses settings that it does not know', (name) => {
  expect(() => rule(name, { speed: 3 })).toThrow(/speed/);
});

describe('last', () => {
  test('is the last traded price', () => {
    expect(sample('last')).toBe(103);
  });

  test('stands still before the first trade', () => {
    expect(sample('last', { last: 0 })).toBe(90);
  });
});

describe('mid', () => {
  test('is the middle of the best prices, half ticks included', () => {
    expect(sample('mid')).toBe(102.5);
  });

  test.each([
    ['bids', { bid: 0 }],
    ['asks', { ask: 0 }],
    ['bids and asks', { bid: 0, ask: 0 }],
  ])('stands still without %s', (_name, empty) => {
    expect(sample('mid', empty)).toBe(90);
  });
});

describe('index', () => {
  test('is the price elsewhere, whatever happens here', () => {
    expect(sample('index')).toBe(99.5);
    expect(sample('index', { last: 1, bid: 0, ask: 0, previous: 7 })).toBe(99.5);
  });
});

describe('smoothed', () => {
  const halfLife = 2 * SECOND;
  const smoothed = rule('smoothed', { half_life: '2 s' });
  const after = (elapsed_us: number, previous = 90): number =>
    smoothed.sample({ ...INPUTS, bid: 99, ask: 101, elapsed_us, previous });

  test.each([
    [1, 95],
    [2, 97.5],
    [3, 98.75],
    [10, 100 - 10 / 1024],
  ])('after %i half-lives of a step from 90 to 100 it is at %d', (halfLives, expected) => {
    expect(Math.abs(after(halfLives * halfLife) - expected)).toBeLessThan(100 * 1e-12);
    const share = (after(halfLives * halfLife, 0) - 0) / 100;
    expect(Math.abs(share - (1 - 2 ** -halfLives))).toBeLessThan(1e-12);
  });

  test('no time, no move; a long time, the whole of it', () => {
    expect(after(0)).toBe(90);
    expect(after(1000 * halfLife)).toBe(100);
    expect(after(1)).toBeGreaterThan(90);
  });

  test('many short samples arrive where one long sample does', () => {
    let value = 90;
    for (let i = 0; i < 1000; i++) value = after(halfLife / 1000, value);
    expect(value).toBeCloseTo(95, 10);
  });

  test('falls as it rises', () => {
    expect(after(12_345, 90) - 90).toBeCloseTo(110 - after(12_345, 110), 12);
  });

  test.each([{ bid: 0 }, { ask: 0 }, { bid: 0, ask: 0 }])('stands still with %j', (empty) => {
    expect(smoothed.sample({ ...INPUTS, ...empty, elapsed_us: 1e9 })).toBe(90);
  });

  test('has a half-life of 5 s unless told otherwise, and never one of 0', () => {
    expect(sample('smoothed', { elapsed_us: 5 * SECOND })).toBeCloseTo((90 + 102.5) / 2, 12);
    expect(() => rule('smoothed', { half_life: '0 s' })).toThrow(/at least 1 us/);
    expect(() => rule('smoothed', { half_life: 5 })).toThrow(/with its unit/);
  });
});
