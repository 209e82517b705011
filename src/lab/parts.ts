/** Parts: the Parquet files that batches write, one a table and batch, each with its checksum. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { canonical } from '../core/canonical.ts';
import { writeWhole } from './durable.ts';
import type { ColumnInfo, Rows, TableInfo } from './models/model.ts';
import { OutputError } from './store/output-error.ts';

export interface Part {
  readonly table: string;
  /** File name inside the results folder. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes one batch's rows of a table. */
export function writePart(folder: string, table: TableInfo, batch: number, rows: Rows): Part {
  return writeTable(folder, `${table.name}-${String(batch).padStart(5, '0')}.parquet`, table, rows);
}

/** Writes rows of a table to a file; the same rows give the same bytes. */
export function writeTable(folder: string, file: string, table: TableInfo, rows: Rows): Part {
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: table.columns.map((column, i) => ({
        name: column.name,
        data: columnData(column, rows[i]!),
        type: column.type,
        nullable: column.nullable === true,
      })),
    }),
  );
  writeWhole(join(folder, file), bytes);
  return { table: table.name, file, rows: rows[0]!.length, bytes: bytes.length, sha256: sha256(bytes) };
}

/** Which rows and columns: all if left out. */
export interface ReadOptions {
  readonly columns?: string[];
  readonly rowEnd?: number;
}

/** Rows of a Parquet file as objects. Throws OutputError where it cannot be read. Numbers of many runs: see columns.ts. */
export async function readTable(
  folder: string,
  file: string,
  options: ReadOptions = {},
): Promise<Readonly<Record<string, unknown>>[]> {
  const path = join(folder, file);
  try {
    return await parquetReadObjects({ file: new Uint8Array(readFileSync(path)).buffer, ...options });
  } catch (error) {
    throw new OutputError(`${path}: cannot be read: ${(error as Error).message}`);
  }
}

/** What is wrong with a part on the disk; undefined: its bytes are those that were written. */
export function damageOf(folder: string, part: Part): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(folder, part.file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'is missing' : `cannot be read (${code ?? 'unknown'})`;
  }
  if (bytes.length !== part.bytes) return `has ${bytes.length} bytes instead of ${part.bytes}`;
  return sha256(bytes) === part.sha256 ? undefined : 'has another checksum than it was written with';
}

/** Number of the batch that wrote a part. */
export function batchOf({ table, file }: Part): number {
  return Number.parseInt(file.slice(table.length + 1), 10);
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function columnData(column: ColumnInfo, values: readonly (number | string | boolean)[]) {
  if (column.type === 'INT32') return Int32Array.from(values as number[]);
  if (column.nullable === true) return values.map((value) => (Number.isNaN(value) ? null : value));
  if (column.type === 'DOUBLE') return canonical(Float64Array.from(values as number[]));
  return [...values];
}
