/** Prints validations: target, value, standard error, verdict. */
import pc from 'picocolors';
import type { Check } from '../../validation/validation.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

interface Result {
  readonly name: string;
  readonly about: string;
  readonly checks: readonly Check[];
}

export function printValidation(results: readonly Result[], json: boolean): void {
  if (json) {
    const holds = results.every((result) => result.checks.every((check) => check.holds));
    process.stdout.write(`${JSON.stringify({ holds, validations: results }, null, 2)}\n`);
    return;
  }
  for (const { name, about, checks } of results) {
    const title = wrapped(`${name}  ${about}`, widthOf(process.stdout), 2);
    const heading = `${pc.bold(name)}${title.slice(name.length)}`;
    if (checks.length === 0) {
      process.stdout.write(`${heading}\nno result is known for these settings\n\n`);
      continue;
    }
    const ranged = checks.some(({ interval }) => interval !== undefined);
    const rows = checks.map(({ what, target, value, standard_error, interval, tolerance, holds }) => [
      what,
      digits(target),
      digits(value),
      interval ? `${digits(interval.low)} … ${digits(interval.high)}` : digits(standard_error),
      Number.isNaN(tolerance) ? 'at least' : `± ${digits(tolerance)}`,
      holds ? pc.green('holds') : pc.red('FAILS'),
    ]);
    const heads = ['', 'target', 'value', ranged ? '95 % interval' : 'std. error', 'tolerance', ''];
    const text = tableOfRows(heads, rows, { aligns: ['left', 'right', 'right', 'right', 'right', 'left'] });
    process.stdout.write(`${heading}\n${text}\n\n`);
  }
}

function digits(value: number): string {
  if (Number.isNaN(value)) return '';
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
