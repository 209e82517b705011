/** Times of files: what a double holds is read without decimals, to the same number. */
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeOf, unitBySize } from '../../../src/experiment/data/times.ts';

const MICROSECONDS = { s: '1e6', ms: '1e3', us: '1', ns: '1e-3' } as const;

test('a number of any length is the nearest number of microseconds', () => {
  const digits = fc.stringMatching(/^\d{1,19}$/);
  const unit = fc.constantFrom('s', 'ms', 'us', 'ns');
  fc.assert(
    fc.property(digits, unit, fc.constantFrom('', '.0', '.5', '.123456789'), (whole, named, rest) => {
      const text = whole + rest;
      const value = new Decimal(text).times(MICROSECONDS[named]).toNumber();
      expect(timeOf(text, named)).toEqual({ unit: named, value });
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test('the unit is that in which it lies between 1990 and 2100', () => {
  const found = ['631151999', '631152000', '4102444799', '4102444799.9', '4102444800'].map(unitBySize);
  expect(found).toEqual(['order', 's', 's', 's', 'order']);
  expect(['631152000000', '4102444800000', '631152000000000', '4102444799999999'].map(unitBySize)).toEqual([
    ...['ms', 'order', 'us', 'us'],
  ]);
  expect(['631152000000000000', '4102444799999999999', '4102444800000000000'].map(unitBySize)).toEqual([
    ...['ns', 'ns', 'order'],
  ]);
});
