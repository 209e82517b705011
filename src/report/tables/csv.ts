/** A table as comma-separated values: a number in three columns, its value and the bounds of its interval, with all digits. */
import type { Cell, TextTable } from './text-table.ts';
import { headText } from './text-table.ts';

/** Empty: not known. Source of the form: RFC 4180, lines end with \n. */
export function csvOf({ title, heads, rows }: TextTable): string {
  const [naming = '', ...columns] = heads.map(headText);
  const isMeasured = columns.map((_, i) => rows.some((row) => typeof row[i + 1] === 'object'));
  const names = columns.flatMap((name, i) =>
    isMeasured[i] ? [name, `${name}, low`, `${name}, high`] : [name],
  );
  const lines = rows.map(([name, ...cells]) => [
    title,
    name,
    ...cells.flatMap((cell, i) => fieldsOf(cell, isMeasured[i]!)),
  ]);
  return [['table', naming, ...names], ...lines].map((line) => `${line.map(quoted).join(',')}\n`).join('');
}

function fieldsOf(cell: Cell, isMeasured: boolean): string[] {
  if (typeof cell === 'string') return isMeasured ? [cell, '', ''] : [cell];
  const { value, low, high } = cell.estimate;
  return [value, low, high].map((one) => (Number.isNaN(one) ? '' : String(one)));
}

/** A field that a spreadsheet would take for a formula gets an apostrophe before it. */
function quoted(field: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.])/.test(field) ? `'${field}` : field;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
