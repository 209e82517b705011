/** `unwind formula`: every worked case through the session; what it says of lines that are wrong. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FormulaSession } from '../../src/cli/formula/session.ts';

interface Case {
  readonly fn: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: number | Readonly<Record<string, number>>;
  readonly tolerance: Readonly<Record<string, unknown>>;
}

const { cases } = JSON.parse(readFileSync(new URL('./cases/ecology.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Case[];
};

function answer(line: unknown): Record<string, unknown> {
  const session = new FormulaSession();
  session.line(typeof line === 'string' ? line : JSON.stringify(line), 7);
  return JSON.parse(session.out) as Record<string, unknown>;
}

describe('the worked cases', () => {
  test.each(cases.map((it, i) => ({ ...it, i })))('$i: $fn', ({ fn, input, expected, i }) => {
    const beside = answer({ id: i, fn, ...input });
    expect(beside['id']).toBe(i);
    const { result } = beside;
    expect(answer({ id: i, fn, input })['result']).toEqual(result);
    const wanted = typeof expected === 'number' ? { value: expected } : expected;
    const got = typeof result === 'number' ? { value: result } : (result as Record<string, number>);
    expect(Object.keys(got).sort()).toEqual(Object.keys(wanted).sort());
    for (const [name, value] of Object.entries(wanted))
      expect(Math.abs(got[name]! / value - 1), name).toBeLessThan(1e-8);
  });
});

describe('limits of the latent book', () => {
  const impact = (m0overJ: number) => answer({ fn: 'latentBookImpact', m0overJ })['result'] as number;
  const decay = (m0overJ: number, timeOverDuration: number) =>
    answer({ fn: 'latentBookImpactDecay', m0overJ, timeOverDuration })['result'] as number;

  test('slow: m0/(J√π), and √z − √(z−1) afterwards', () => {
    expect(impact(1e-7) / (1e-7 / Math.sqrt(Math.PI))).toBeCloseTo(1, 9);
    expect(decay(1e-5, 3)).toBeCloseTo(Math.sqrt(3) - Math.sqrt(2), 6);
    expect(decay(1, 1)).toBe(1);
  });

  test('fast: √(2 m0/J)', () => {
    expect(impact(1e8) / Math.sqrt(2e8)).toBeCloseTo(1, 5);
  });

  test.each([
    [1000, 2],
    [150, 1.2],
    [70, 1.05],
  ])(
    'a price in a gap that a rate of %d has left at %d T is refused, not guessed',
    (m0overJ, timeOverDuration) => {
      const said = answer({ fn: 'latentBookImpactDecay', m0overJ, timeOverDuration });
      expect(said['result']).toBeUndefined();
      expect(said['error']).toContain('empty round the price');
    },
  );

  test('what is left grows with the rate as far as it can be told', () => {
    const left = [0.01, 1, 10, 50, 100, 120].map((rate) => decay(rate, 2));
    expect(left).toEqual(left.toSorted((a, b) => a - b));
  });
});

describe('a wrong line is answered by what is wrong', () => {
  test.each([
    ['{"id":"a","fn":"latentBookImpact","m0overJ":0}', 'm0overJ'],
    ['{"id":"a","fn":"latentBookImpact"}', 'm0overJ'],
    ['{"id":"a","fn":"latentBookImpact","m0overJ":1,"more":2}', 'more'],
    ['{"id":"a","fn":"latentBookImpactDecay","m0overJ":1,"timeOverDuration":0.5}', 'timeOverDuration'],
    ['{"id":"a","fn":"orderSignAutocorrelation","tailExponent":1,"lag":1}', 'tailExponent'],
    ['{"id":"a","fn":"orderSignAutocorrelation","tailExponent":1.5,"lag":1.5}', 'lag'],
    ['{"id":"a","fn":"latentBookImpct","m0overJ":1}', 'latentBookImpact'],
    ['{"id":"a"}', 'fn'],
    ['{"id":1.5,"fn":"latentBookImpact","m0overJ":1}', 'id'],
    ['[1]', 'object'],
    ['{', 'JSON'],
  ])('%s: %s', (line, names) => {
    const said = answer(line);
    expect(said['result']).toBeUndefined();
    expect(said['error']).toContain(names);
  });

  test('an infinite variance is null', () => {
    const { result } = answer({ fn: 'splitterDiffusion', tailExponent: 1.5, impactExponent: 1 });
    expect(result).toEqual({ variancePerOrder: null, moveTail: 1.5 });
  });
});
