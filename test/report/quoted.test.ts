/** How many digits a text quotes: as many as the interval allows. */
import { describe, expect, test } from 'vitest';
import { quoted } from '../../src/report/words/quoted.ts';

const of = (value: number, low = NaN, high = NaN) => ({ value, low, high });

describe('the last digit is that of the first digit of half the interval, one further after a 1 or a 2:', () => {
  test.each([
    [of(0.5, 0.3315, 0.6685), 'number', '0.50 [0.33, 0.67]'], // half .17
    [of(0, 0, 0.1135), 'number', '0.00 [0.00, 0.11]'], // half .057
    [of(1, 0.8865, 1), 'number', '1.00 [0.89, 1.00]'],
    [of(0.224797, 0.223495, 0.22626), 'share', '22.48 % [22.35 %, 22.63 %]'], // half .14 %
    [of(35867461, 32630121, 39861678), 'money', '36 M [33 M, 40 M]'], // half 3.6 M
    [of(16548703, 15495647, 17558207), 'money', '16.5 M [15.5 M, 17.6 M]'], // half 1.03 M
    [of(146.93, 0, 938.04), 'money', '100 [0, 900]'], // half 469
    [of(1058.8, 1039.4, 1077.3), 'count', '1,059 [1,039, 1,077]'], // half 19
    [of(1130.7, 1085.05, 1155.6), 'count', '1,130 [1,090, 1,160]'], // half 35
    [of(-4996630, -5514143, -4499356), 'money', '−5.0 M [−5.5 M, −4.5 M]'], // half .51 M
    [of(985e6, 0, 1.1e9), 'money', '1,000 M [0, 1,100 M]'],
    [of(0.5, 0.45, 0.55), 'number', '0.50 [0.45, 0.55]'], // half .05
    [of(9.96, 9.47, 10.46), 'number', '10.0 [9.5, 10.5]'],
  ] as const)('%j %s', (estimate, kind, text) => {
    expect(quoted(estimate, kind)).toBe(text);
  });
});

describe('where bounds are not known:', () => {
  test.each([
    [of(7288807, 6932306), 'money', '7.3 M (≥ 6.9 M)'],
    [of(0, NaN, 0.1135), 'number', '0.00 (≤ 0.11)'],
    [of(17.84e6), 'money', '17.8 M'],
    [of(0.05), 'number', '0.0500'],
    [of(0), 'money', '0'],
    [of(1), 'number', '1.00'],
    [of(NaN, 0, 1), 'number', 'unknown'],
  ] as const)('%j %s', (estimate, kind, text) => {
    expect(quoted(estimate, kind)).toBe(text);
  });
});

test('a digit that stands is right: no printed number is further from its own than half its last place', () => {
  for (let i = 1; i < 400; i++) {
    const value = ((i * 7919) % 1000) / 7;
    const half = ((i * 104729) % 997) / 50 + 1e-3;
    const text = quoted({ value, low: value - half, high: value + half }, 'number');
    const numbers = text.match(/−?\d+(?:,\d{3})*(?:\.\d+)?/g)!;
    const place = 10 ** -(numbers[0].split('.')[1]?.length ?? 0);
    const coarse = half >= 30 ? 10 : half >= 3 && place === 1 ? 1 : place;
    const [shown, low, high] = numbers.map((one) => Number(one.replaceAll(',', '').replace('−', '-')));
    for (const [printed, meant] of [
      [shown, value],
      [low, value - half],
      [high, value + half],
    ] as const)
      // prettier-ignore
      expect(Math.abs(printed! - meant)).toBeLessThanOrEqual(coarse / 2 + 1e-9);
  }
});
