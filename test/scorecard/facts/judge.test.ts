// The verdict: over all runs by value, in a run by its interval; and that the interval is what it says.
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { judge, unjudgedFacts } from '../../../src/scorecard/facts/judge.ts';
import type { Observed } from '../../../src/scorecard/facts/observe.ts';
import type { Block } from '../../../src/stats/facts/block.ts';

/** As long as the runs below would be if they were an hour. */
const HOUR_S = 3600;
const YEAR_S = 365 * 86_400;

/** A run of stretches of normal returns with a volatility a year, on its own luck. */
function run(seed: string, volatility: number, over: Partial<Observed> = {}, blocks = 15): Observed {
  const rng = createRng(seed);
  const sd = volatility / Math.sqrt(YEAR_S);
  const path = (scale: number): Float64Array => {
    const prices = new Float64Array(241).fill(100);
    for (let i = 1; i <= 240; i++) prices[i] = prices[i - 1]! * Math.exp(scale * rng.normal());
    return prices;
  };
  const list = Array.from({ length: blocks }, (_, i): Block => {
    const signs = Float64Array.from({ length: 2000 }, () => (rng.chance(0.5) ? 1 : -1));
    const mid = path(sd);
    return {
      start_s: 240 * i,
      mid,
      index: mid.map((price) => price),
      spread: new Float64Array(100).fill(1),
      touch: new Float64Array(100).fill(100_000),
      activity: new Float64Array(100).fill(1),
      depth: 1,
      near: 1,
      trade_s: Float64Array.from(signs, (_, k) => 240 * i + k * 0.12),
      trade_sign: signs,
      trade_size: signs.map(() => 1),
    };
  });
  return { blocks: list, depth: { start: [1, 1], end: [1, 1] }, at_limit: 0, ...over };
}

describe('a fact', () => {
  const judged = judge([run('a', 0.6), run('b', 0.6), run('c', 0.6), run('d', 0.6)], HOUR_S, 'judge');
  const fact = (name: string) => judged.find((one) => one.name === name)!;

  test('holds where its value over all runs lies in the range', () => {
    expect(fact('volatility').holds).toBe(true);
    expect(fact('spread')).toMatchObject({ holds: true, refuted: [] });
    expect(fact("volatility over the index's, 1 s").value.value).toBe(1);
    expect(fact('depth comes back, bids').holds).toBe(true);
  });

  test('is refuted in the runs whose interval lies outside: signs without memory', () => {
    expect(fact('signs')).toMatchObject({ holds: false, refuted: [0, 1, 2, 3] });
    expect(Math.abs(fact('signs').value.value)).toBeLessThan(0.02);
  });

  test('one run decides where the worst counts', () => {
    const worst = judge([run('a', 0.6), run('b', 0.6, { at_limit: 0.2 })], HOUR_S, 'worst');
    const limit = worst.find(({ name }) => name === 'makers at their limit')!;
    expect(limit).toMatchObject({ holds: false, refuted: [1] });
    expect(limit.value.value).toBe(0.2);
  });

  test('too few stretches refute nothing', () => {
    const short = judge([run('a', 0.6, {}, 2)], HOUR_S, 'short');
    expect(short.find(({ name }) => name === 'signs')!.refuted).toEqual([]);
  });

  test('is judged only where runs are long enough: a last quarter that is also the first is none', () => {
    const short = [run('a', 0.6, {}, 1)];
    const names = judge(short, 240, 'short').map(({ name }) => name);
    expect(names).toContain('signs');
    expect(names.filter((name) => name.startsWith('stationary') || name.startsWith('depth'))).toEqual([]);
    expect(names.filter((name) => name.startsWith('moves'))).toEqual([]);
    const left = unjudgedFacts(240).map(({ name }) => name);
    expect(left).toContain('stationary: spread');
    expect(left).toContain('moves remembered, 100 min');
    expect(names.length + left.length).toBe(judge(short, 86_400, 'day').length);
    expect(unjudgedFacts(86_400)).toEqual([]);
  });

  test('of days is pooled over whole runs, and refuted in none', () => {
    const days = ['a', 'b', 'c', 'd', 'e'].map((seed) => run(seed, 0.6, {}, 24));
    const memory = judge(days, 86_400, 'days').find(({ name }) => name === 'moves remembered, 1 min')!;
    expect(memory).toMatchObject({ holds: false, refuted: [] });
    expect(memory.runs).toHaveLength(5);
    expect(memory.value.low).toBeLessThan(memory.value.high);
    expect(Math.abs(memory.value.value)).toBeLessThan(4 / Math.sqrt(5 * 96));
  });

  test('is the same on the same seed', () => {
    expect(judge([run('a', 0.6)], HOUR_S, 'same')).toEqual(judge([run('a', 0.6)], HOUR_S, 'same'));
  });
});
