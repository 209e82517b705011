/** Runs one batch and writes its parts: what a worker does. Independent of everything but its arguments. */
import type { Experiment } from './experiment/index.ts';
import { modelOf } from './models/index.ts';
import type { Model, Recorder, Runner, TableInfo } from './models/model.ts';
import type { Part } from './parts.ts';
import { writePart } from './parts.ts';
import type { Batch } from './plan.ts';

/** What the workers of an experiment are given. */
export interface BatchInput {
  readonly experiment: Experiment;
  readonly folder: string;
  /** Numbers of the runs that also write their audit journal. */
  readonly audited: readonly number[];
}

/** What goes back to the main process: little, as there may be many. */
export interface BatchResult {
  readonly parts: readonly Part[];
  readonly failures: readonly Failure[];
}

/** A run that came to no end: it has no rows in any table. */
export interface Failure {
  readonly run: number;
  /** Of the error's class. */
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** For a full pool: the setting to raise. */
  readonly setting?: string;
}

/** Longest message of an error that is kept. */
const LONGEST_MESSAGE = 500;

/** The task of a worker: batches of one experiment. */
export function batchTask({ experiment, folder, audited }: BatchInput): (batch: Batch) => BatchResult {
  const main = process.ppid;
  return (batch) =>
    runBatch(experiment, batch, folder, audited, () => {
      if (process.ppid !== main) process.exit(); // nobody waits for the result any more
    });
}

/**
 * Throws where parts cannot be written; what a run throws is one of its failures. `check` is called before each run, and
 * before anything is written.
 */
export function runBatch(
  experiment: Experiment,
  batch: Batch,
  folder: string,
  audited: readonly number[] = [],
  check: () => void = () => undefined,
): BatchResult {
  const model: Model = modelOf(experiment);
  const inBatch = audited.some((n) => n >= batch.first && n < batch.first + batch.count);
  const tables = [...model.tables, ...(inBatch ? (model.auditTables ?? []) : [])];
  const recorded = new RecordedRows(tables);
  const failures: Failure[] = [];
  for (let run = batch.first; run < batch.first + batch.count; run++) {
    check();
    try {
      const runner = runnerOf(model, experiment, batch.cell);
      runner.run(run, recorded.record);
      if (audited.includes(run)) runner.audit?.(run, recorded.record);
      recorded.keep();
    } catch (error) {
      failures.push({ run, ...failureOf(error) });
      recorded.drop();
      kept = undefined; // whatever the error left behind
    }
  }
  check();
  const parts = tables.map((table, i) => writePart(folder, table, batch.index, recorded.rows[i]!));
  return { parts, failures };
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

type Column = (number | string | boolean)[];

/** Rows of all tables as columns; those of a run are kept all together or not at all. */
class RecordedRows {
  readonly rows: readonly Column[][];
  readonly record: Recorder;
  /** Rows of each table that belong to finished runs. */
  readonly #kept: number[];

  constructor(tables: readonly TableInfo[]) {
    this.rows = tables.map((table) => table.columns.map(() => []));
    this.#kept = tables.map(() => 0);
    const byName = new Map(tables.map((table, i) => [table.name, this.rows[i]!]));
    this.record = (table, row) => {
      const columns = byName.get(table)!;
      for (let i = 0; i < columns.length; i++) columns[i]!.push(row[i]!);
    };
  }

  keep(): void {
    this.rows.forEach((columns, i) => (this.#kept[i] = columns[0]!.length));
  }

  drop(): void {
    this.rows.forEach((columns, i) => columns.forEach((column) => (column.length = this.#kept[i]!)));
  }
}

function failureOf(error: unknown): Omit<Failure, 'run'> {
  if (!(error instanceof Error)) return { name: 'Error', message: shortened(String(error)), stack: '' };
  const { name, message, stack = '' } = error;
  const setting = 'setting' in error ? String(error.setting) : undefined;
  return { name, message: shortened(message), stack, ...(setting === undefined ? {} : { setting }) };
}

function shortened(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)} …` : message;
}
