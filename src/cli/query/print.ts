/** Answers and the dictionary of a results folder, as tables for people, as JSON, or as CSV. */
import Table from 'cli-table3';
import pc from 'picocolors';
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
      const table = new Table({
        head: [...columns],
        style: { head: [], border: [] },
        colAligns: isNumber.map((yes) => (yes && rows.length > 0 ? 'right' : 'left')),
      });
      for (const row of rows) table.push(row.map((value) => (value === null ? '' : String(value))));
      return `${table.toString()}\n${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`;
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
  return tables
    .map(({ name, about, columns }) => {
      const width = Math.max(...columns.map((column) => column.name.length));
      const units = Math.max(...columns.map((column) => column.unit.length));
      const lines = columns.map(
        (column) => `  ${column.name.padEnd(width)}  ${column.unit.padEnd(units)}  ${pc.dim(column.about)}`,
      );
      return [`${pc.bold(name)}  ${about}`, ...lines].join('\n');
    })
    .join('\n\n');
}

function csvField(value: Plain): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
