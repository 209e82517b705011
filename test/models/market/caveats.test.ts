// What is said before the numbers of a cell are believed.
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { estimateCell, estimateText, percent, whole } from '../../../src/report/words/numbers.ts';
import { caveatLines } from '../../../src/cli/report/caveats.ts';
import { caveatsOf } from '../../../src/models/market/caveats.ts';
import { differenceOfThose, meanOfThose } from '../../../src/models/market/estimates.ts';
import { tail } from '../../../src/models/market/measures/tail.ts';
import { createRng } from '../../../src/core/rng.ts';
import { sizeSampler } from '../../../src/stats/intervals/tail-fit.ts';

const sure = { value: 10, low: 9, high: 11 };
const metrics = {
  p_systemic: sure,
  accounts_mean: sure,
  share_mean: sure,
  amplification: sure,
  worst_move: sure,
  bad_debt: sure,
  half_recovery_s: sure,
  spread_widening: sure,
  worst_initial_over_equity: sure,
  tail_law: 'untested',
};
/** A cell of so many runs. */
const columns = (count: number, accounts = 3) => ({
  run: Float64Array.from({ length: count }, (_, i) => i),
  accounts: new Float64Array(count).fill(accounts),
});
const texts = (...of: Parameters<typeof caveatsOf>) =>
  caveatsOf(...of).map(({ text, withholds }) => (withholds ? `no verdict: ${text}` : text));

describe('a cell is told of', () => {
  test('by nothing where all is well', () => {
    expect(texts(columns(10), metrics, 0, 'runs')).toEqual([]);
  });

  test('where nobody was liquidated, or too few runs were made, or time ended it', () => {
    expect(texts(columns(40, 0), metrics, 0, 'runs')).toEqual([
      'no verdict: no account was liquidated in any run',
    ]);
    expect(texts(columns(9), metrics, 0, 'runs')).toEqual([
      'no verdict: 9 runs are too few to tell (at least 10)',
    ]);
    expect(texts(columns(40), metrics, 0, 'time')).toEqual([
      'no verdict: stopped by time: a faster machine would have made more runs',
    ]);
    expect(texts(columns(38), metrics, 2, 'runs')).toEqual([
      'no verdict: 2 of 40 runs were lost, and may be the worst: only probabilities have bounds',
    ]);
  });

  test('where an interval is wider than its estimate, or a number is not of all runs', () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => (i < 9 ? NaN : 1 + i));
    const found = {
      ...metrics,
      bad_debt: { value: 4, low: 0, high: 4.5 },
      amplification: meanOfThose(values, 'the price does not fall without liquidations'),
    };
    expect(found.amplification).toMatchObject({ value: 25, n: 31, left_out: 9 });
    expect(texts(columns(40), found, 0, 'runs')).toEqual([
      'interval wider than the estimate: bad debt',
      'amplification is of 31 of 40 runs: in 9 the price does not fall without liquidations',
    ]);
  });

  test('where a table shows what it is of, intervals together', () => {
    const some = { value: 4, low: 0, high: 4.5 };
    const late = { ...sure, n: 1, left_out: 39, because: 'it was not made up' };
    const found = { ...metrics, p_systemic: some, bad_debt: some, worst_move: some, half_recovery_s: late };
    const cell = {
      labels: { policy: 'a' },
      runs: 40,
      metrics: {},
      caveats: caveatsOf(columns(40), found, 0, 'runs'),
    };
    const shown = (...metrics: string[]) =>
      caveatLines([cell], ({ of }) => of === undefined || metrics.includes(of.metric)).map((line) =>
        stripVTControlCharacters(line),
      );
    expect(shown('p_systemic', 'bad_debt')).toEqual([
      'interval wider than the estimate: P(cascade), bad debt',
    ]);
    expect(shown('half_recovery_s')).toEqual([
      'half-recovery time is of 1 of 40 runs: in 39 it was not made up',
    ]);
    expect(shown()).toEqual([]);
  });

  test('in one line, which names the policies that it holds for', () => {
    const few = { kind: 'few_runs', text: 'too few', withholds: true } as const;
    const cells = ['a', 'b', 'c'].map((policy) => ({ labels: { policy }, runs: 1, metrics: {} }));
    const plain = (lines: string[]) => lines.map((line) => stripVTControlCharacters(line));
    expect(plain(caveatLines(cells.map((cell) => ({ ...cell, caveats: [few] }))))).toEqual(['too few']);
    expect(plain(caveatLines(cells.map((cell, i) => ({ ...cell, caveats: i > 0 ? [few] : [] }))))).toEqual([
      'b, c: too few',
    ]);
  });
});

test('a difference is of the pairs that both have a number', () => {
  const [a, b] = [Float64Array.of(5, NaN, 9), Float64Array.of(1, 2, Infinity)];
  expect(differenceOfThose(a, b, 'why')).toMatchObject({ value: 4, n: 1, left_out: 2, because: 'why' });
});

describe('a law of sizes', () => {
  const of = (accounts: Float64Array) => {
    const runs = { accounts, share: accounts };
    const { tail_m, tail_theta } = tail.metrics(runs);
    return { tail_m, tail_theta, ...(tail.details!(runs) as { tail_law: string }) };
  };

  test('that its own test refuses has no parameters', () => {
    const twoSizes = Float64Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 2 : 60));
    const { tail_law, tail_m, tail_theta } = of(twoSizes);
    expect(tail_law).toBe('refused');
    expect([tail_m!.value, tail_theta!.value]).toEqual([NaN, NaN]);
    expect(
      texts(
        columns(40),
        { ...metrics, ...tail.details!({ accounts: twoSizes, share: twoSizes }) },
        0,
        'runs',
      ),
    ).toEqual([expect.stringMatching(/^the sizes are not generalised Poisson \(refused, p \.0\d\d\)$/)]);
  });

  test('that fits has its parameters, and one that cannot be tested has none', () => {
    const fitting = Float64Array.from({ length: 400 }, sizeSampler(2, 0.5, createRng('sizes')));
    const { tail_law, tail_m } = of(fitting);
    expect(tail_law).toBe('not refused');
    expect(tail_m!.value).toBeCloseTo(0.5, 1);
    expect(of(Float64Array.of(1, 2, 3))).toMatchObject({ tail_law: 'untested', tail_m: { value: NaN } });
  });
});

test('an estimate is printed with the bounds that it has, and no others', () => {
  expect(estimateCell({ value: 0.2, low: 0.1, high: 0.3 }, percent)).toBe('20.0 %\n[10.0 %, 30.0 %]');
  expect(estimateCell({ value: 447, low: 200, high: NaN }, whole)).toBe('447\n≥ 200');
  expect(estimateText({ value: 447, low: NaN, high: 500 }, whole)).toBe('447 ≤ 500');
  expect(estimateCell({ value: 0, low: NaN, high: NaN }, whole)).toBe('0');
});
