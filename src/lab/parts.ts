/** Parts: the Parquet files that batches write, one a table and batch, each with its checksum. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { ColumnInfo, Rows, TableInfo } from './models/model.ts';

export interface Part {
  readonly table: string;
  /** File name inside the results folder. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes one batch's rows of a table; the same rows give the same bytes. */
export function writePart(folder: string, table: TableInfo, batch: number, rows: Rows): Part {
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: table.columns.map((column, i) => ({
        name: column.name,
        data: columnData(column, rows[i]!),
        type: column.type,
        nullable: false,
      })),
    }),
  );
  const file = `${table.name}-${String(batch).padStart(5, '0')}.parquet`;
  writeFileSync(join(folder, file), bytes);
  return {
    table: table.name,
    file,
    rows: rows[0]!.length,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

function columnData(column: ColumnInfo, values: readonly (number | string | boolean)[]) {
  if (column.type === 'INT32') return Int32Array.from(values as number[]);
  if (column.type === 'DOUBLE') return Float64Array.from(values as number[]);
  return [...values];
}
