/**
 * DuckDB over the parts of a results folder, in memory: a view for each table. It reads those files and nothing else, and
 * writes nothing: a folder may come from anybody, and so may a question. Loaded only when it is asked.
 */
import type { DuckDBConnection, DuckDBResult, DuckDBValue } from '@duckdb/node-api';
import type { TableInfo } from '../../models/model.ts';
import { QueryError } from './query-error.ts';

/** A value as JSON has it. */
export type Plain = string | number | boolean | null;

/** Read as it is asked for: there may be more rows than memory holds. */
export interface Answer {
  /** No two of the same name. */
  readonly columns: readonly string[];
  /** Some rows at a time. */
  readonly rows: AsyncIterable<readonly Row[]>;
}

export type Row = readonly Plain[];

/** A table, with the names of its files in the folder; none where nothing is done yet. */
export interface AskedTable extends TableInfo {
  readonly files: readonly string[];
}

/**
 * Gives the answer to `take`, which reads it. Throws QueryError with the database's message, in one line. The process is in
 * the folder meanwhile: DuckDB takes the characters of a path for a pattern, which stands for other files as well, and those
 * of parts are none.
 */
export async function ask(
  folder: string,
  tables: readonly AskedTable[],
  sql: string,
  take: (answer: Answer) => Promise<void>,
): Promise<void> {
  const { DuckDBInstance } = await load();
  const before = process.cwd();
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  const connection = await instance.connect();
  try {
    process.chdir(folder);
    for (const table of tables) await connection.run(viewOf(table));
    await confine(
      connection,
      tables.flatMap(({ files }) => files),
    );
    await answerTo(connection, sql, take);
  } catch (error) {
    if (error instanceof QueryError) throw error;
    throw new QueryError(oneLine((error as Error).message));
  } finally {
    process.chdir(before);
    connection.closeSync();
    instance.closeSync();
  }
}

const SQL_TYPES = { INT32: 'integer', DOUBLE: 'double', STRING: 'varchar', BOOLEAN: 'boolean' } as const;

function viewOf({ name, columns, files }: AskedTable): string {
  const empty = columns.map((column) => `null::${SQL_TYPES[column.type]} as ${quotedName(column.name)}`);
  const source =
    files.length > 0
      ? `select * from read_parquet(${listOf(files)})`
      : `select ${empty.join(', ')} where false`;
  return `create view ${quotedName(name)} as ${source}`;
}

/** From here on it opens these files alone, and this cannot be undone. */
async function confine(connection: DuckDBConnection, files: readonly string[]): Promise<void> {
  await connection.run(`set allowed_paths = ${listOf(files)}`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
}

/** Files that may be read may be written as well, for all that DuckDB knows: what writes is not done at all. */
const READING = ['SELECT', 'EXPLAIN', 'CREATE', 'DROP', 'SET'] as const;

/** Takes the rows of the last statement. */
async function answerTo(
  connection: DuckDBConnection,
  sql: string,
  take: (answer: Answer) => Promise<void>,
): Promise<void> {
  const { StatementType } = await load();
  const statements = await statementsOf(connection, sql);
  const allowed: readonly number[] = READING.map((name) => StatementType[name]);
  for (let i = 0; i < statements.count; i++) {
    const statement = await statements.prepare(i);
    const type = statement.statementType;
    const isCopyExplained = type === StatementType.EXPLAIN && /\bcopy\b/i.test(sql);
    if (!allowed.includes(type) || isCopyExplained)
      throw new QueryError(`${StatementType[type]}: a results folder is only read; needs a select`);
    // Not as a stream: DuckDB's ends without a word where a row gives an error. It holds the rows outside of the heap.
    const result = await statement.run();
    if (i === statements.count - 1)
      await take({ columns: toldApart(result.columnNames()), rows: plainRows(result) });
  }
}

async function* plainRows(result: DuckDBResult): AsyncGenerator<Row[]> {
  for await (const rows of result.yieldRows()) yield rows.map((row) => row.map(plain));
}

/** Names as they are, and those that were there already with a number behind: `bad_debt`, `bad_debt_1`. */
function toldApart(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let n = 1; seen.has(own) || (own !== name && taken.has(own)); n++) own = `${name}_${n}`;
    seen.add(own);
    return own;
  });
}

async function statementsOf(connection: DuckDBConnection, sql: string) {
  try {
    return await connection.extractStatements(sql);
  } catch (error) {
    // All that its binding says where there is nothing but spaces and comments.
    if ((error as Error).message === 'Error in native callback')
      throw new QueryError('the question is empty: needs a select');
    throw error;
  }
}

function listOf(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')}]`;
}

function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

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
  const lines = message
    .replace(/^Failed to extract statements: /, '')
    .split('\n')
    .map((line) => line.trim());
  const end = lines.findIndex((line) => line.startsWith('LINE '));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .filter((line) => line !== '')
    .join(' ');
}
