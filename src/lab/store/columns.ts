/**
 * The columns of a finished part of an experiment, read from its parts as they are asked for: one column of one cell at
 * a time, so that the main process stays small however many runs there are.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadata, parquetSchema } from 'hyparquet';
import { readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { getTreePath } from 'hyparquet/src/schema.js';
import type { RunColumns, TableInfo } from '../../models/model.ts';
import type { Part } from './parts.ts';
import { OutputError } from './output-error.ts';
import { readOwn } from './own-file.ts';

/** Of a cell. */
const MOST_ROWS = 2 ** 28;

/** Decoded columns that are kept, bytes: summaries ask for some of them several times. */
const KEPT_BYTES = 32e6;

/**
 * The first table of each cell (`cells[i]` its parts, in the order of the runs), as objects whose numeric columns are
 * read at first use. Throws OutputError where a part cannot be read; whether it is as it was written is checked before.
 */
export function lazyColumns(
  folder: string,
  model: { readonly tables: readonly TableInfo[] },
  cells: readonly (readonly Part[])[],
): RunColumns[] {
  const table = model.tables[0]!;
  const cache = new ColumnCache();
  return cells.map((parts, cell) => {
    const files = parts
      .filter((part) => part.table === table.name)
      .map((part) => new PartFile(folder, part, table));
    const columns: Record<string, Float64Array> = {};
    for (const name of numericColumns(table)) {
      Object.defineProperty(columns, name, {
        enumerable: true,
        get: () => cache.get(`${cell}/${name}`, () => joined(files, name)),
      });
    }
    return columns;
  });
}

/** The same with all columns in memory, for who wants to drop the parts. */
export function loaded(columns: RunColumns): RunColumns {
  return Object.fromEntries(Object.keys(columns).map((name) => [name, columns[name]!]));
}

export function numericColumns(table: TableInfo): string[] {
  return table.columns.filter(({ type }) => type === 'INT32' || type === 'DOUBLE').map(({ name }) => name);
}

class ColumnCache {
  readonly #columns = new Map<string, Float64Array>();
  #bytes = 0;

  get(key: string, read: () => Float64Array): Float64Array {
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const column = read();
    this.#columns.set(key, column);
    this.#bytes += column.byteLength;
    for (const [oldest, { byteLength }] of this.#columns) {
      if (this.#bytes <= KEPT_BYTES || oldest === key) break;
      this.#columns.delete(oldest);
      this.#bytes -= byteLength;
    }
    return column;
  }
}

function joined(files: readonly PartFile[], name: string): Float64Array {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  if (rows > MOST_ROWS) throw new OutputError(`${rows} rows of ${name} are more than fit into memory`);
  const all = new Float64Array(rows);
  let at = 0;
  for (const file of files) at = file.read(name, all, at);
  return all;
}

/** Where a column of a part is: bytes `start` to `end` of the file hold `rows` values. */
interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly rows: number;
}

type Decoder = Parameters<typeof readColumn>[2];

/** One part; its footer is read once and kept as places, not as the objects that it is parsed to. */
class PartFile {
  readonly rows: number;
  readonly #folder: string;
  readonly #file: string;
  readonly #path: string;
  readonly #table: TableInfo;
  #chunks: Map<string, Chunk[]> | undefined;
  readonly #decoders: Map<string, Decoder>;

  constructor(folder: string, part: Part, table: TableInfo) {
    this.rows = part.rows;
    this.#folder = folder;
    this.#file = part.file;
    this.#path = join(folder, part.file);
    this.#table = table;
    this.#decoders = decodersOf(table);
  }

  /** Puts the values of a column into `into` from `at` on; returns the place after them. */
  read(name: string, into: Float64Array, at: number): number {
    let end: number;
    try {
      end = this.#read(name, into, at);
    } catch (error) {
      throw new OutputError(`${this.#path} cannot be read: ${(error as Error).message}`);
    }
    if (end === at + this.rows) return end;
    throw new OutputError(`${this.#path} has ${end - at} values of ${name} instead of ${this.rows}`);
  }

  #read(name: string, into: Float64Array, at: number): number {
    this.#chunks ??= this.#places();
    const file = openSync(this.#path, 'r');
    try {
      for (const { start, end, rows } of this.#chunks.get(name) ?? []) {
        const bytes = new Uint8Array(end - start);
        readSync(file, bytes, 0, bytes.length, start);
        const reader = { view: new DataView(bytes.buffer), offset: 0 };
        const group = { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows };
        for (const values of readColumn(reader, group, this.#decoders.get(name)!).data) {
          into.set(values as ArrayLike<number>, at);
          at += values.length;
        }
      }
    } finally {
      closeSync(file);
    }
    return at;
  }

  #places(): Map<string, Chunk[]> {
    const bytes = readOwn(this.#folder, this.#file);
    if (bytes === undefined) throw new Error('there is no such file');
    const { buffer } = new Uint8Array(bytes);
    const metadata = parquetMetadata(buffer);
    const schema = parquetSchema(metadata);
    const places = new Map<string, Chunk[]>(numericColumns(this.#table).map((name) => [name, []]));
    for (const { columns, num_rows } of metadata.row_groups) {
      for (const { meta_data: column } of columns) {
        const name = column?.path_in_schema[0] ?? '';
        const chunks = places.get(name);
        if (column === undefined || chunks === undefined) continue;
        if (!this.#decoders.has(name)) {
          const schemaPath = getTreePath(schema, column.path_in_schema);
          this.#decoders.set(name, {
            pathInSchema: column.path_in_schema,
            type: column.type,
            codec: column.codec,
            element: schemaPath.at(-1)!.element,
            schemaPath,
            parsers: DEFAULT_PARSERS,
          });
        }
        const start = Number(column.dictionary_page_offset ?? column.data_page_offset);
        chunks.push({ start, end: start + Number(column.total_compressed_size), rows: Number(num_rows) });
      }
    }
    return places;
  }
}

/** How columns are decoded is the same in all parts of a table. */
const decoders = new WeakMap<TableInfo, Map<string, Decoder>>();

function decodersOf(table: TableInfo): Map<string, Decoder> {
  const known = decoders.get(table) ?? new Map<string, Decoder>();
  decoders.set(table, known);
  return known;
}
