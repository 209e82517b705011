/** DuckDB over the parts of a results folder, in memory: a view for each table. Loaded only when it is asked. */
import type { DuckDBValue } from '@duckdb/node-api';
import type { StoredTable } from './folder-tables.ts';
import { QueryError } from './query-error.ts';

/** A value as JSON has it. */
export type Plain = string | number | boolean | null;

export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Plain[])[];
}

/** Throws QueryError with the database's message, in one line. */
export async function ask(tables: readonly StoredTable[], sql: string): Promise<Answer> {
  const { DuckDBInstance } = await load();
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  const connection = await instance.connect();
  try {
    for (const { name, columns, files } of tables) {
      const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
      const empty = columns.map((column) => `null::${SQL_TYPES[column.type]} as "${column.name}"`).join(', ');
      const source =
        files.length > 0 ? `select * from read_parquet([${list}])` : `select ${empty} where false`;
      await connection.run(`create view "${name}" as ${source}`);
    }
    const reader = await connection.runAndReadAll(sql);
    return { columns: reader.columnNames(), rows: reader.getRows().map((row) => row.map(plain)) };
  } catch (error) {
    throw new QueryError(oneLine((error as Error).message));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const SQL_TYPES = { INT32: 'integer', DOUBLE: 'double', STRING: 'varchar', BOOLEAN: 'boolean' } as const;

async function load() {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    throw new QueryError(
      `the database cannot be loaded: ${oneLine((error as Error).message)}; any DuckDB reads the Parquet files`,
    );
  }
}

/** Whole numbers as numbers while they are exact, decimals as numbers, everything that is no JSON as a text. */
function plain(value: DuckDBValue): Plain {
  if (value === null) return null;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  const text = value.toString();
  return 'scale' in value ? Number(text) : text;
}

/** What is wrong; not the lines that show where in the question, with a caret. */
function oneLine(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  const end = lines.findIndex((line) => line.startsWith('LINE '));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .filter((line) => line !== '')
    .join(' ');
}
