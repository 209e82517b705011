/** Runs one batch and writes its parts: what a worker does. Independent of everything but its arguments. */
import type { Experiment } from './experiment/index.ts';
import { modelOf } from './models/index.ts';
import type { Model, RunColumns, Runner } from './models/model.ts';
import type { Part } from './parts.ts';
import { writePart } from './parts.ts';
import type { Batch } from './plan.ts';

/** What goes back to the main thread: a result or an error as plain data (classes do not survive the way). */
export type BatchResult =
  | {
      readonly ok: true;
      readonly batch: number;
      readonly parts: readonly Part[];
      readonly columns: RunColumns;
    }
  | { readonly ok: false; readonly batch: number; readonly run: number; readonly failure: Failure };

export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** For a full pool: the setting to raise. */
  readonly setting?: string;
}

/** A world is large: a worker keeps only the one that it used last; batches come cell by cell. */
let kept: { readonly experiment: Experiment; readonly cell: number; readonly runner: Runner } | undefined;

function runnerOf(model: Model, experiment: Experiment, cell: number): Runner {
  if (kept !== undefined && kept.experiment === experiment && kept.cell === cell) return kept.runner;
  kept = undefined; // frees the old world before the new one is made
  const runner = model.prepare(experiment, cell);
  kept = { experiment, cell, runner };
  return runner;
}

/** `audited`: numbers of the runs that also write their audit journal. */
export function runBatch(
  experiment: Experiment,
  batch: Batch,
  folder: string,
  audited: readonly number[] = [],
): BatchResult {
  const model: Model = modelOf(experiment);
  const isAudited = (n: number): boolean => audited.includes(n);
  const inBatch = audited.some((n) => n >= batch.first && n < batch.first + batch.count);
  const tables = [...model.tables, ...(inBatch ? (model.auditTables ?? []) : [])];
  const rows = tables.map((table) => table.columns.map(() => [] as (number | string | boolean)[]));
  const tableIndex = new Map(tables.map((table, i) => [table.name, i]));
  const record = (table: string, row: readonly (number | string | boolean)[]): void => {
    const columns = rows[tableIndex.get(table)!]!;
    for (let i = 0; i < columns.length; i++) columns[i]!.push(row[i]!);
  };
  let run = batch.first;
  try {
    const runner = runnerOf(model, experiment, batch.cell);
    for (; run < batch.first + batch.count; run++) {
      runner.run(run, record);
      if (isAudited(run)) runner.audit?.(run, record);
    }
  } catch (error) {
    return { ok: false, batch: batch.index, run, failure: failureOf(error) };
  }
  const parts = tables.map((table, i) => writePart(folder, table, batch.index, rows[i]!));
  const columns: Record<string, Float64Array> = {};
  model.tables[0]!.columns.forEach((column, i) => {
    if (column.type === 'INT32' || column.type === 'DOUBLE') {
      columns[column.name] = Float64Array.from(rows[0]![i] as number[]);
    }
  });
  return { ok: true, batch: batch.index, parts, columns };
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: '' };
  const { name, message, stack = '' } = error;
  const setting = 'setting' in error ? String(error.setting) : undefined;
  return { name, message, stack, ...(setting === undefined ? {} : { setting }) };
}
