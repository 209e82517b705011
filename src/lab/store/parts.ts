/** Parts: the Parquet files that batches write, one a table and batch, each with its checksum. */
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { canonical } from '../../core/canonical.ts';
import { writeWhole } from './durable.ts';
import type { ColumnInfo, Rows, TableInfo } from '../../models/model.ts';
import { sha256 } from './sha256.ts';
import { OutputError } from './output-error.ts';
import { readOwn } from './own-file.ts';
import { shellCommand } from './shell-command.ts';

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
  return writeTable(folder, partName(table, batch), table, rows);
}

/** The file that a batch writes of a table. */
export function partName({ name }: Pick<TableInfo, 'name'>, batch: number): string {
  return `${name}-${String(batch).padStart(5, '0')}.parquet`;
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

/** Rows of a part as objects. Throws OutputError where it is damaged. Numbers of many runs: see columns.ts. */
export async function readTable(
  folder: string,
  part: Part,
  options: ReadOptions = {},
): Promise<Readonly<Record<string, unknown>>[]> {
  const bytes = checkedBytes(folder, part);
  try {
    return await parquetReadObjects({ file: new Uint8Array(bytes).buffer, ...options });
  } catch (error) {
    throw new OutputError(`${join(folder, part.file)} cannot be read: ${(error as Error).message}`);
  }
}

/** What is wrong with a part on the disk; undefined: its bytes are those that were written. */
export function damageOf(folder: string, part: Part): string | undefined {
  const found = bytesOf(folder, part);
  return typeof found === 'string' ? found : undefined;
}

/** Throws OutputError where a part is not as it was written. */
export function requireWhole(folder: string, part: Part): void {
  checkedBytes(folder, part);
}

function checkedBytes(folder: string, part: Part): Buffer {
  const found = bytesOf(folder, part);
  if (typeof found !== 'string') return found;
  throw new OutputError(
    `${join(folder, part.file)} ${found}; make it anew: ${shellCommand('resume', folder)}`,
  );
}

/** Bytes of a part, or what is wrong with them. */
function bytesOf(folder: string, part: Part): Buffer | string {
  let bytes: Buffer | undefined;
  try {
    bytes = readOwn(folder, part.file);
  } catch (error) {
    if (error instanceof OutputError) return error.message.replace(`${join(folder, part.file)} `, '');
    throw error;
  }
  if (bytes === undefined) return 'is missing';
  if (bytes.length !== part.bytes) return `has ${bytes.length} bytes instead of ${part.bytes}`;
  return sha256(bytes) === part.sha256 ? bytes : 'has another checksum than it was written with';
}

/** Number of the batch that wrote a part. */
export function batchOf({ table, file }: Part): number {
  return Number.parseInt(file.slice(table.length + 1), 10);
}

/** Hash of the parts' names and checksums, in the order of the plan. */
export function hashOfParts(parts: readonly Part[]): string {
  return sha256(parts.map((part) => `${part.file} ${part.sha256}\n`).join(''));
}

function columnData(column: ColumnInfo, values: readonly (number | string | boolean)[]) {
  if (column.type === 'INT32') return Int32Array.from(values as number[]);
  if (column.nullable === true) return values.map((value) => (Number.isNaN(value) ? null : value));
  if (column.type === 'DOUBLE') return canonical(Float64Array.from(values as number[]));
  return [...values];
}
