/** Answers and the dictionary of a results folder, as tables for people, as JSON, or as CSV: written as they are read. */
import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import pc from 'picocolors';
import { shellCommand } from '../../lab/store/shell-command.ts';
import { tableOfRows } from '../report/table.ts';
import { described, wrapped } from '../report/text.ts';
import { widthOf } from '../report/width.ts';
import { writeTo } from '../written.ts';
import type { Answer, Plain, Row } from './database.ts';
import type { StoredTable } from './folder-tables.ts';

export type Form = 'table' | 'json' | 'csv';

/** Rows that a table shows; JSON and CSV have all. */
const MOST_ROWS = 100;

/** All forms but the table's are written while the answer comes in, so that its length does not matter. */
export async function printAnswer(answer: Answer, form: Form, output: Writable): Promise<void> {
  switch (form) {
    case 'json':
      return printJson(answer, output);
    case 'csv':
      return printCsv(answer, output);
    case 'table':
      return writeTo(output, `${await tableOf(answer)}\n`);
  }
}

async function printJson({ columns, rows }: Answer, output: Writable): Promise<void> {
  let before = '[';
  for await (const some of rows) {
    let text = '';
    for (const row of some) {
      const entries = Object.fromEntries(columns.map((name, i) => [name, row[i]]));
      text += `${before}\n  ${JSON.stringify(entries, null, 2).replaceAll('\n', '\n  ')}`;
      before = ',';
    }
    await writeTo(output, text);
  }
  await writeTo(output, before === '[' ? '[]\n' : '\n]\n');
}

async function printCsv({ columns, rows }: Answer, output: Writable): Promise<void> {
  await writeTo(output, csvLine(columns));
  for await (const some of rows) await writeTo(output, some.map(csvLine).join(''));
}

/** The first rows, and how many there are. */
async function tableOf({ columns, rows }: Answer): Promise<string> {
  const shown: Row[] = [];
  let count = 0;
  for await (const some of rows) {
    shown.push(...some.slice(0, MOST_ROWS - shown.length));
    count += some.length;
  }
  const isNumber = columns.map((_, i) => shown.every((row) => typeof row[i] === 'number' || row[i] === null));
  const cells = shown.map((row) => row.map((value) => (value === null ? '' : String(value))));
  const aligns = isNumber.map((yes) => (yes && shown.length > 0 ? 'right' : 'left'));
  const drawn = tableOfRows(columns, cells, { aligns });
  if (count === shown.length) return `${drawn}\n${count} ${count === 1 ? 'row' : 'rows'}`;
  return `${drawn}\nthe first ${shown.length} of ${count.toLocaleString('en-US')} rows; all of them: the same with --csv or --json`;
}

/** Tables and columns with units, from the manifest. */
export async function printDictionary(
  tables: readonly StoredTable[],
  form: Form,
  dir: string,
  output: Writable,
): Promise<void> {
  if (form === 'table') return writeTo(output, `${dictionaryText(tables, dir)}\n`);
  const entries = tables.flatMap(({ name: table, columns }) =>
    columns.map(({ name, type, unit, about }) => [table, name, type, unit, about]),
  );
  const rows = Readable.from([entries]) as AsyncIterable<readonly Row[]>;
  const answer = { columns: ['table', 'column', 'type', 'unit', 'about'], rows };
  return form === 'json' ? printJson(answer, output) : printCsv(answer, output);
}

function dictionaryText(tables: readonly StoredTable[], dir: string): string {
  const room = widthOf(process.stdout);
  const texts = tables.map(({ name, about, columns }) => {
    const width = Math.max(...columns.map((column) => column.name.length));
    const units = Math.max(...columns.map((column) => column.unit.length));
    const lines = columns.map((column) =>
      described(`  ${column.name.padEnd(width)}  ${column.unit.padEnd(units)}  `, column.about, room),
    );
    return [`${pc.bold(name)}${wrapped(`${name}  ${about}`, room, 2).slice(name.length)}`, ...lines].join(
      '\n',
    );
  });
  const example = `select * from ${tables[0]!.name} limit 10`;
  return [...texts, `next:\n  ${shellCommand('query', dir, example)}`].join('\n\n');
}

function csvLine(row: Row): string {
  return `${row.map(csvField).join(',')}\n`;
}

function csvField(value: Plain): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
