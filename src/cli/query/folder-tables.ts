/** What there is to ask a results folder: its tables, with the files that hold them. An unfinished folder has some of them. */
import { join, resolve } from 'node:path';
import { pointsTable, readDesign } from '../../lab/design/output.ts';
import { modelOf } from '../../lab/models/index.ts';
import type { TableInfo } from '../../lab/models/model.ts';
import type { Part } from '../../lab/parts.ts';
import { readManifest } from '../../lab/store/folder.ts';
import { unfinished } from '../../lab/store/holding.ts';
import type { BatchRecord } from '../../lab/store/journal.ts';
import { Journal } from '../../lab/store/journal.ts';
import type { DesignKind } from '../../lab/store/order.ts';
import { readOrder } from '../../lab/store/order.ts';
import { OutputError } from '../../lab/store/output-error.ts';

export interface StoredTable extends TableInfo {
  /** Absolute paths, in the order of the plan; none where nothing is done yet. */
  readonly files: readonly string[];
}

export interface StoredTables {
  readonly isFinished: boolean;
  readonly tables: readonly StoredTable[];
}

/** Throws OutputError where the folder holds no results. */
export function tablesOf(folder: string): StoredTables {
  const manifest = readManifest(folder);
  if (manifest !== undefined) {
    return { isFinished: true, tables: withFiles(folder, manifest.tables, manifest.parts) };
  }
  const { experiment, audited, design } = readOrder(folder);
  if (design !== undefined) return pointsOf(folder, design);
  const { tables, auditTables = [] } = modelOf(experiment);
  const parts = Journal.read<BatchRecord>(folder)
    .sort((a, b) => a.batch - b.batch)
    .flatMap((record) => record.parts);
  const all = audited.length === 0 ? tables : [...tables, ...auditTables];
  return { isFinished: false, tables: withFiles(folder, all, parts) };
}

/** Of a design the points alone, when it is finished. */
function pointsOf(folder: string, design: DesignKind): StoredTables {
  const document = readDesign(folder, design);
  if (document === undefined)
    throw new OutputError(`${folder}: no table yet; holds ${unfinished(folder, design)}`);
  const { points } = document;
  return { isFinished: true, tables: withFiles(folder, [pointsTable(points.columns)], [points]) };
}

function withFiles(folder: string, tables: readonly TableInfo[], parts: readonly Part[]): StoredTable[] {
  return tables.map((table) => ({
    ...table,
    files: parts.filter((part) => part.table === table.name).map(({ file }) => resolve(join(folder, file))),
  }));
}
