/** Prints validations: target, value, standard error, verdict. */
import pc from 'picocolors';
import type { Validated } from '../../report/page/validation.ts';
import { checkRow } from '../../report/words/checks.ts';
import { tableOfRows } from './table.ts';
import { wrapped } from './text.ts';
import { widthOf } from './width.ts';

export function printValidation(results: readonly Validated[], json: boolean): void {
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
    const rows = checks.map((check) => [
      ...checkRow(check),
      check.holds ? pc.green('holds') : pc.red('FAILS'),
    ]);
    const heads = ['', 'target', 'value', ranged ? '95 % interval' : 'std. error', 'tolerance', ''];
    const text = tableOfRows(heads, rows, { aligns: ['left', 'right', 'right', 'right', 'right', 'left'] });
    process.stdout.write(`${heading}\n${text}\n\n`);
  }
}
