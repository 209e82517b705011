// Formulas as text: what they compute, what they show, and texts that are none.
import { describe, expect, test } from 'vitest';
import { Exact, plain, short } from '../../../src/published/formulas/exact.ts';
import { formula } from '../../../src/published/formulas/formula.ts';
import { Sheet } from '../../../src/published/formulas/sheet.ts';
import { InvariantError } from '../../../src/core/errors.ts';

const values = { a: new Exact(2), b: new Exact(-3), x2: new Exact('0.1') };

test.each([
  ['a + b·x2', '1.7', '2 + (−3)·0.1'],
  ['a − b − x2', '4.9', '2 − (−3) − 0.1'],
  ['a/x2/b', '-6.666666666666666666666666666666666666667', '2/0.1/(−3)'],
  ['−(a + b)·a', '2', '−(2 + (−3))·2'],
  ['1.5·a', '3', '1.5·2'],
  ['min(a, b, x2)', '-3', 'min(2, (−3), 0.1)'],
  ['max(a, sqrt(a·8))', '4', 'max(2, sqrt(2·8))'],
  ['floor(b·x2) + ceil(x2)', '0', 'floor((−3)·0.1) + ceil(0.1)'],
])('%s', (text, result, shown) => {
  const it = formula('y', text, 'something');
  expect(plain(it.evaluate(values))).toBe(result);
  expect(it.withNumbers(values)).toBe(shown);
});

test.each(['a +', 'a b', '(a', 'a)', 'a * b', 'min a', 'sin(a)', 'a - b', ''])('%s is no formula', (text) => {
  expect(() => formula('y', text, '')).toThrow(InvariantError);
});

test('a symbol without a value is a defect, not a number', () => {
  expect(() => formula('y', 'a + c', '').evaluate(values)).toThrow('the symbol c has no value');
});

describe('numbers are printed', () => {
  test.each([
    ['1e25', '10000000000000000000000000'],
    ['-1e-12', '-0.000000000001'],
    ['-0', '0'],
  ])('%s without an exponent', (text, printed) => {
    expect(plain(new Exact(text))).toBe(printed);
  });

  test('so that a third of three is 1, with 40 digits, or 12 for people', () => {
    const third = new Exact(1).div(3);
    expect(plain(third.times(3))).toBe('1');
    expect(plain(third)).toBe(`0.${'3'.repeat(40)}`);
    expect(short(third)).toBe('0.333333333333');
  });
});

test('a sheet writes its steps only when asked', () => {
  const work = (sheet: Sheet) => {
    sheet.given('a', values.a, 'a number');
    sheet.note(() => 'now:');
    sheet.work(formula('y', 'a·a', 'its square'));
    return sheet.lines;
  };
  expect(work(new Sheet())).toBeUndefined();
  expect(work(new Sheet(true))).toEqual(['a = 2: a number', 'now:', 'y = a·a = 2·2 = 4: its square']);
});
