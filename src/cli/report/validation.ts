/** Prints validations: target, value, standard error, verdict. */
import Table from 'cli-table3';
import pc from 'picocolors';
import type { Check } from '../../lab/validation/validation.ts';

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
    if (checks.length === 0) {
      process.stdout.write(`${pc.bold(name)}  ${about}\nno result is known for these settings\n\n`);
      continue;
    }
    const ranged = checks.some(({ interval }) => interval !== undefined);
    const table = new Table({
      head: ['', 'target', 'value', ranged ? '95 % interval' : 'std. error', 'tolerance', ''],
      style: { head: [], border: [] },
      colAligns: ['left', 'right', 'right', 'right', 'right', 'left'],
    });
    for (const { what, target, value, standard_error, interval, tolerance, holds } of checks) {
      table.push([
        what,
        digits(target),
        digits(value),
        interval ? `${digits(interval.low)} … ${digits(interval.high)}` : digits(standard_error),
        Number.isNaN(tolerance) ? 'at least' : `± ${digits(tolerance)}`,
        holds ? pc.green('holds') : pc.red('FAILS'),
      ]);
    }
    process.stdout.write(`${pc.bold(name)}  ${about}\n${table.toString()}\n\n`);
  }
}

function digits(value: number): string {
  if (Number.isNaN(value)) return '';
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
