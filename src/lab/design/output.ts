/** What a finished design leaves in its folder: points.parquet, one row a point, and a JSON document that explains it. */
import { join } from 'node:path';
import { writeWhole } from '../durable.ts';
import type { ColumnInfo, TableInfo } from '../models/model.ts';
import type { Origin, Timing } from '../origin.ts';
import { originOf, withoutOrigin } from '../origin.ts';
import type { Part } from '../parts.ts';
import { readTable, writeTable } from '../parts.ts';
import { readLast } from '../store/folder.ts';
import { lastFile } from '../store/holding.ts';
import type { DesignKind, Order } from '../store/order.ts';
import type { Design, PointRow } from './design.ts';
import type { DesignFailures } from './failures.ts';

/**
 * `tune.json`, `sensitivity.json`: this, and the summary. All but `timing` is the same for an undisturbed design and one
 * that was stopped and resumed, on any number of workers.
 */
interface Head extends Origin, DesignFailures {
  readonly timing: Timing;
  readonly points: Part & { readonly columns: readonly ColumnInfo[] };
}

export interface DesignDocument {
  readonly points: Head['points'];
  readonly summary: object;
  readonly failures: DesignFailures;
}

const FILE = 'points.parquet';

export function pointsTable(columns: readonly ColumnInfo[]): TableInfo {
  return { name: 'points', about: 'One point a row, in the order in which they were chosen.', columns };
}

/** Writes both files, and says what is in the first. Throws what the system says where it cannot. */
export function writeDesign<R>(
  folder: string,
  design: Design<R>,
  result: R,
  failures: DesignFailures,
  order: Order,
  timing: Timing,
): Part {
  const columns = design.columnsOf(result);
  const table = pointsTable(columns.map(({ values: _, ...column }) => ({ ...column, type: 'DOUBLE' })));
  const values = columns.map((column) => [...column.values]);
  const part = writeTable(folder, FILE, table, values);
  const head: Head = {
    ...originOf(order),
    timing,
    ...failures,
    points: { ...part, columns: table.columns },
  };
  const document = { ...head, ...design.summaryOf(result) };
  writeWhole(join(folder, lastFile(design.kind)), `${JSON.stringify(document, null, 2)}\n`);
  return part;
}

/** Of a finished folder; undefined where there is none yet. Throws OutputError where it cannot be read. */
export function readDesign(folder: string, kind: DesignKind): DesignDocument | undefined {
  // JSON writes null for what is not a number.
  const document = readLast(folder, lastFile(kind), (_, value) => (value === null ? NaN : value));
  if (document === undefined) return undefined;
  const { timing: _, points, failed_points, failures, ...summary } = withoutOrigin(document as Head);
  return { points, summary, failures: { failed_points, failures } };
}

/** Rows of `points.parquet`. */
export async function readRows(folder: string): Promise<PointRow[]> {
  return (await readTable(folder, FILE)) as PointRow[];
}
