/** What a finished design leaves in its folder: points.parquet, one row a point, and a JSON document that explains it. */
import { join } from 'node:path';
import { z } from 'zod';
import { invariant } from '../../core/errors.ts';
import { writeWhole } from '../../lab/store/durable.ts';
import type { ColumnInfo, TableInfo } from '../../models/model.ts';
import type { Origin, Timing } from '../../lab/store/origin.ts';
import { originOf, withoutOrigin } from '../../lab/store/origin.ts';
import type { Part } from '../../lab/store/parts.ts';
import { readTable, writeTable } from '../../lab/store/parts.ts';
import { readFinished } from '../../lab/store/finished.ts';
import { lastFile, POINTS } from '../../lab/store/holding.ts';
import { sealed } from '../../lab/store/sealed.ts';
import {
  columnSchema,
  count,
  failedRunSchema,
  originShape,
  partSchema,
  timingSchema,
} from '../../lab/store/shapes.ts';
import type { DesignKind, Order } from '../../lab/store/order.ts';
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
  readonly timing: Timing;
  readonly points: Head['points'];
  readonly summary: object;
  readonly failures: DesignFailures;
}

const headSchema = z.looseObject({
  ...originShape,
  timing: timingSchema,
  failed_points: z.array(
    z.strictObject({
      point: count,
      sets: z.array(z.string()),
      seed: z.string(),
      policy: z.string().optional(),
      why: z.string(),
    }),
  ),
  failures: z.array(failedRunSchema.extend({ point: count })),
  points: partSchema.extend({ columns: z.array(columnSchema).min(1) }),
});

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
  const part = writeTable(folder, POINTS, table, values);
  const head: Head = {
    ...originOf(order),
    timing,
    ...failures,
    points: { ...part, columns: table.columns },
  };
  const summary = design.summaryOf(result);
  const taken = Object.keys(summary).filter((key) => key in head);
  invariant(taken.length === 0, `a summary must not say what the head says: ${taken.join(', ')}`);
  const document = { ...head, ...summary };
  const file = lastFile(design.kind);
  writeWhole(join(folder, file), sealed(file, document));
  return part;
}

/** Of a finished folder; undefined where there is none yet. Throws OutputError where it cannot be read. */
export function readDesign(folder: string, kind: DesignKind): DesignDocument | undefined {
  const document = readFinished(folder, lastFile(kind), headSchema);
  if (document === undefined) return undefined;
  const { timing, points, failed_points, failures, ...summary } = withoutOrigin(document as unknown as Head);
  return { timing, points, summary, failures: { failed_points, failures } };
}

/** Rows of `points.parquet`. */
export async function readRows(folder: string, { points }: DesignDocument): Promise<PointRow[]> {
  return (await readTable(folder, points)) as PointRow[];
}
