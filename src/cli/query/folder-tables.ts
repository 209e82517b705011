/** What there is to ask a results folder: its tables, with the files that hold them. An unfinished folder has some of them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pointsTable, readDesign } from '../../design/points/output.ts';
import type { TableInfo } from '../../models/model.ts';
import type { Part } from '../../lab/store/parts.ts';
import { requireWhole } from '../../lab/store/parts.ts';
import { planOf } from '../../lab/plan/plan.ts';
import { readManifest } from '../../lab/store/finished.ts';
import { MANIFEST, unfinished } from '../../lab/store/holding.ts';
import { Journal, JOURNAL } from '../../lab/store/journal.ts';
import type { DesignKind, Order } from '../../lab/store/order.ts';
import { readOrder } from '../../lab/store/order.ts';
import { OutputError } from '../../lab/store/output-error.ts';
import { ownNames, tablesOf } from '../../lab/store/own-names.ts';
import { batchRecordSchema } from '../../lab/store/shapes.ts';
import { shellCommand } from '../../lab/store/shell-command.ts';

export interface StoredTable extends TableInfo {
  readonly parts: readonly Part[];
}

export interface StoredTables {
  readonly tables: readonly StoredTable[];
  /** What of the results is there, where it is not all. */
  readonly lacks?: string;
}

/** Throws OutputError where the folder holds no results. */
export function storedTables(folder: string): StoredTables {
  const finished = finishedTables(folder);
  if (finished !== undefined) return finished;
  const order = readOrder(folder);
  if (order.design !== undefined) return pointsOf(folder, order.design);
  const journal = Journal.read(folder, batchRecordSchema);
  // It may have been finished meanwhile: then the journal is gone.
  return (journal === undefined ? finishedTables(folder) : undefined) ?? tablesSoFar(folder, order, journal);
}

/** Names of a table's files, in the order of the plan. Throws OutputError where one is not as it was written. */
export function filesOf(folder: string, { parts }: StoredTable): string[] {
  for (const part of parts) requireWhole(folder, part);
  return parts.map(({ file }) => file);
}

function finishedTables(folder: string): StoredTables | undefined {
  const manifest = readManifest(folder);
  return manifest && { tables: withParts(manifest.tables, manifest.parts) };
}

function tablesSoFar(
  folder: string,
  order: Order,
  journal: ReturnType<typeof Journal.read<typeof batchRecordSchema>>,
): StoredTables {
  if (journal?.isDamaged === true)
    throw new OutputError(
      `${join(folder, JOURNAL)} is damaged: what it lacks is made anew by ${shellCommand('resume', folder)}`,
    );
  const records = [...(journal?.records ?? [])].sort((a, b) => a.batch - b.batch);
  const parts = records.flatMap((record) => record.parts);
  const { experiment, audited, only } = order;
  const all = planOf(experiment, only).length;
  const unnamed = unnamedParts(folder, order, parts);
  const others =
    unnamed === 0 ? '' : `; ${JOURNAL} does not name ${unnamed} files of others: under way, or it was cut`;
  return {
    tables: withParts(tablesOf(experiment, audited), parts),
    lacks: `${folder} is not finished (there is no ${MANIFEST}): these are ${records.length} of its ${all} batches${others}`,
  };
}

/** How many files of batches are there that are not told to be done. */
function unnamedParts(folder: string, order: Order, parts: readonly Part[]): number {
  const own = ownNames(order).parts;
  const named = new Set(parts.map(({ file }) => file));
  return readdirSync(folder).filter((name) => own.has(name) && !named.has(name)).length;
}

/** Of a design the points alone, when it is finished. */
function pointsOf(folder: string, design: DesignKind): StoredTables {
  const document = readDesign(folder, design);
  if (document === undefined)
    throw new OutputError(`${folder}: no table yet; holds ${unfinished(folder, design)}`);
  const { points } = document;
  return { tables: withParts([pointsTable(points.columns)], [points]) };
}

function withParts(tables: readonly TableInfo[], parts: readonly Part[]): StoredTable[] {
  return tables.map((table) => ({ ...table, parts: parts.filter((part) => part.table === table.name) }));
}
