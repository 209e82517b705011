/** Answers and the dictionary of a results folder, as tables for people, as JSON, or as CSV. */
import pc from 'picocolors';
import { tableOfRows } from '../report/table.ts';
import { described, wrapped } from '../report/text.ts';
import { widthOf } from '../report/width.ts';
import type { Answer, Plain } from './database.ts';
import type { StoredTable } from './folder-tables.ts';

export type Form = 'table' | 'json' | 'csv';

export function formatAnswer({ columns, rows }: Answer, form: Form): string {
  switch (form) {
    case 'json':
      return JSON.stringify(
        rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]))),
        null,
        2,
      );
    case 'csv':
      return [columns, ...rows].map((row) => row.map(csvField).join(',')).join('\n');
    case 'table': {
      const isNumber = columns.map((_, i) =>
        rows.every((row) => typeof row[i] === 'number' || row[i] === null),
      );
      const cells = rows.map((row) => row.map((value) => (value === null ? '' : String(value))));
      const aligns = isNumber.map((yes) => (yes && rows.length > 0 ? 'right' : 'left'));
      return `${tableOfRows(columns, cells, { aligns })}\n${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`;
    }
  }
}

/** Tables and columns with units, from the manifest. */
export function formatDictionary(tables: readonly StoredTable[], form: Form): string {
  const entries = tables.flatMap(({ name: table, columns }) =>
    columns.map(({ name, type, unit, about }) => [table, name, type, unit, about]),
  );
  if (form !== 'table')
    return formatAnswer({ columns: ['table', 'column', 'type', 'unit', 'about'], rows: entries }, form);
  const room = widthOf(process.stdout);
  return tables
    .map(({ name, about, columns }) => {
      const width = Math.max(...columns.map((column) => column.name.length));
      const units = Math.max(...columns.map((column) => column.unit.length));
      const lines = columns.map((column) =>
        described(`  ${column.name.padEnd(width)}  ${column.unit.padEnd(units)}  `, column.about, room),
      );
      return [`${pc.bold(name)}${wrapped(`${name}  ${about}`, room, 2).slice(name.length)}`, ...lines].join(
        '\n',
      );
    })
    .join('\n\n');
}

function csvField(value: Plain): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
