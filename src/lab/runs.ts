/**
 * Runs of one cell, one after another, in a worker. The one rule for runs that fail, in a batch as at a point of a design: a
 * failed run has no rows in any table, is told of, and the others go on.
 */
import type { Experiment } from './experiment/index.ts';
import { modelOf } from './models/index.ts';
import type { Model, Recorder, Runner, TableInfo } from './models/model.ts';

export interface RunRange {
  readonly cell: number;
  /** Runs first … first + count − 1 of the cell. */
  readonly first: number;
  readonly count: number;
}

/** A run that came to no end. */
export interface Failure {
  readonly run: number;
  /** Of the error's class. */
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** For a full pool: the setting to raise. */
  readonly setting?: string;
}

export interface RunsMade {
  /** Of each table the columns, in the order of the ColumnInfos: rows of the runs that finished. */
  readonly rows: readonly Column[][];
  readonly failures: readonly Failure[];
}

export interface RunsOptions {
  /** Numbers of the runs that also write their audit journal. */
  readonly audited?: readonly number[];
  /** Called before each run. */
  readonly check?: () => void;
}

/** Keeps the rows of these tables. What a run throws is one of the failures. */
export function makeRuns(
  experiment: Experiment,
  { cell, first, count }: RunRange,
  tables: readonly TableInfo[],
  { audited = [], check = () => undefined }: RunsOptions = {},
): RunsMade {
  const model = modelOf(experiment);
  const recorded = new RecordedRows(tables);
  const failures: Failure[] = [];
  for (let run = first; run < first + count; run++) {
    check();
    try {
      const runner = runnerOf(model, experiment, cell);
      runner.run(run, recorded.record);
      if (audited.includes(run)) runner.audit?.(run, recorded.record);
      recorded.keep();
    } catch (error) {
      failures.push({ run, ...failureOf(error) });
      recorded.drop();
      kept = undefined; // whatever the error left behind
    }
  }
  return { rows: recorded.rows, failures };
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

/** Rows of some tables as columns; those of a run are kept all together or not at all. */
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
      const columns = byName.get(table);
      if (columns === undefined) return;
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

/** Longest message of an error that is kept. */
const LONGEST_MESSAGE = 500;

function failureOf(error: unknown): Omit<Failure, 'run'> {
  if (!(error instanceof Error)) return { name: 'Error', message: shortened(String(error)), stack: '' };
  const { name, message, stack = '' } = error;
  const setting = 'setting' in error ? String(error.setting) : undefined;
  return { name, message: shortened(message), stack, ...(setting === undefined ? {} : { setting }) };
}

function shortened(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)} …` : message;
}
