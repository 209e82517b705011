/**
 * CSV as the world writes it: commas, semicolons or tabs; quotes; `#` lines; one header line that names the columns, or
 * none where the layout of the rows leaves no doubt. What is not understood is refused with its line.
 */
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { ConfigError } from '../../core/errors.ts';

/** One row of a CSV file, with the place to name when it is wrong. */
export interface CsvRow {
  /** As written, of each column of the file. */
  readonly fields: readonly string[];
  readonly line: number;
}

export interface CsvTable {
  readonly file: string;
  /** Undefined where the first line is a row already. */
  readonly header: readonly string[] | undefined;
  /** Line of the header, or of the first row. */
  readonly headerLine: number;
  readonly rows: readonly CsvRow[];
}

/** Throws ConfigError that names the line of a file. */
export function failAt(file: string, line: number, what: string): never {
  throw new ConfigError([], `${file}:${line}  ${what}`);
}

/** `expected`: what the rows should hold, for messages. Throws ConfigError. */
export function readTable(file: string, text: string, expected: readonly string[]): CsvTable {
  const rows = recordsOf(file, text);
  const [first] = rows;
  if (first === undefined) failAt(file, 1, `needs rows of ${expected.join(',')}`);
  const header = isHeader(first.fields) ? first.fields : undefined;
  const body = header === undefined ? rows : rows.slice(1);
  if (body.length === 0) failAt(file, first.line, `is a header only; needs rows of ${expected.join(',')}`);
  const columns = header ?? expected;
  const width = header?.length ?? first.fields.length;
  for (const { fields, line } of body) {
    if (fields.length === width) continue;
    const count = `${width} field${width === 1 ? '' : 's'}`;
    const names = header === undefined && width !== expected.length ? count : shortened(columns.join(','));
    failAt(file, line, `needs ${names}, got ${shortened(fields.join(','))}`);
  }
  return { file, header, headerLine: first.line, rows: body };
}

function recordsOf(file: string, text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  try {
    parse(text, {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      delimiter: delimiterOf(text),
      max_record_size: 1_000_000,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record(record, { lines }) {
        // A line of spaces; and CryptoDataDownload's first line, its address.
        const isBlank = record.length === 1 && record[0] === '';
        const isAddress = rows.length === 0 && /^(?:https?:\/\/|www\.)\S+$/i.test(record[0]!) && isEmpty(record.slice(1)); // prettier-ignore
        if (!isBlank && !isAddress) rows.push({ fields: record, line: lines });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED';
    const line = isOpen ? quoteAfter(text, rows.at(-1)?.line ?? 0) : Number(error['lines'] ?? 1);
    failAt(file, line, wordsOf(error));
  }
  return rows;
}

function isEmpty(fields: readonly string[]): boolean {
  return fields.every((field) => field === '');
}

/** The first line with a quotation mark after those that were whole. */
function quoteAfter(text: string, line: number): number {
  const lines = text.split(/\r\n|\n|\r/);
  const at = lines.findIndex((one, i) => i >= line && one.includes('"') && !one.startsWith('#'));
  return at < 0 ? lines.length : at + 1;
}

function wordsOf({ code, message }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quotation mark is opened here and never closed';
  if (code === 'INVALID_OPENING_QUOTE' || code === 'CSV_INVALID_CLOSING_QUOTE')
    return 'a quotation mark stands inside a field';
  if (code === 'CSV_MAX_RECORD_SIZE') return 'a row is longer than 1,000,000 characters';
  return `is no CSV: ${message}`;
}

/** What separates the fields of the first line that is not empty and no comment. */
function delimiterOf(text: string): string {
  const first =
    /^(?!\s*(?:#|https?:|www\.))[^\r\n]*\S[^\r\n]*$/im.exec(text.replace(/^\uFEFF/, ''))?.[0] ?? '';
  const bare = first.replaceAll(/"[^"]*"/g, '');
  if (bare.includes(',')) return ',';
  return bare.includes(';') ? ';' : bare.includes('\t') ? '\t' : ',';
}

/** Names only: no number, no time, no side of a book. */
function isHeader(fields: readonly string[]): boolean {
  const isName = (field: string): boolean =>
    /\p{L}/u.test(field) &&
    !/^[\d+.-]/.test(field) &&
    !/^(?:nan|inf|infinity|null|none|true|false)$/i.test(field) &&
    !/^(?:bids?|asks?|buy|sell)$/i.test(field);
  return fields.some(isName) && fields.every((field) => field === '' || isName(field));
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)} …`;
}
