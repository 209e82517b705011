/** A check of a validation in words, in the terminal and in reports alike. */
import type { Check } from '../../validation/validation.ts';

/** What was checked, target, value, its interval or standard error, and the tolerance. */
export function checkRow(check: Check): [what: string, ...numbers: string[]] {
  const { what, target, value, standard_error, interval, tolerance } = check;
  return [
    what,
    digits(target),
    digits(value),
    interval ? `${digits(interval.low)} … ${digits(interval.high)}` : digits(standard_error),
    Number.isNaN(tolerance) ? 'at least' : `± ${digits(tolerance)}`,
  ];
}

function digits(value: number): string {
  if (Number.isNaN(value)) return '';
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
