/**
 * Runs of one cell, one after another, in a worker. The one rule for runs that fail, in a batch as at a point of a design: a
 * failed run has no rows in any table, is told of, and the others go on.
 */
import { carryOver, difference, ownCode } from './carry-over.ts';
import type { Experiment } from '../../models/experiment.ts';
import type { AnyModel } from '../../models/index.ts';
import { modelOf } from '../../models/index.ts';
import type { Recorder, Runner, TableInfo } from '../../models/model.ts';
import { Room } from '../../models/room.ts';
import type { Thrown } from './thrown.ts';
import { readThrown } from './thrown.ts';
import { watched } from './watched.ts';
import type { RunWatch } from './watch.ts';

export interface RunRange {
  readonly cell: number;
  /** Runs first … first + count − 1 of the cell. */
  readonly first: number;
  readonly count: number;
}

/** A run that came to no end. */
export interface Failure extends Thrown {
  readonly run: number;
}

export interface RunsMade {
  /** Of each table the columns, in the order of the ColumnInfos: rows of the runs that finished. */
  readonly rows: readonly Column[][];
  readonly failures: readonly Failure[];
}

type RunMaker = Pick<AnyModel, 'prepare' | 'enlarged' | 'kinds'>;

export interface RunsOptions {
  /** Numbers of the runs that also write their audit journal. */
  readonly audited?: readonly number[];
  readonly watch: RunWatch;
  /** What makes them; the experiment’s own model if left out. */
  readonly model?: RunMaker;
}

/** Keeps the rows of these tables. What a run throws is one of the failures. */
export async function makeRuns(
  experiment: Experiment,
  { cell, first, count }: RunRange,
  tables: readonly TableInfo[],
  options: RunsOptions,
): Promise<RunsMade> {
  const { watch } = options;
  const recorded = new RecordedRows(tables);
  const failures: Failure[] = [];
  const isRepeated = watch.isRepeated && ownCode(experiment).length > 0;
  let finished: { readonly run: number; readonly rows: readonly Column[][] } | undefined;
  for (let run = first; run < first + count; run++) {
    const lost = watch.lostBefore(cell, run);
    if (lost !== undefined) {
      failures.push({ run, name: lost.name, message: lost.message, stack: '' });
      continue;
    }
    try {
      await makeRun(experiment, cell, run, recorded, options);
      recorded.keep();
      if (isRepeated) finished ??= { run, rows: recorded.copy() };
    } catch (error) {
      failures.push({ run, ...readThrown(error) });
      recorded.drop();
    }
  }
  if (finished !== undefined) {
    const again = new RecordedRows(tables);
    kept?.runner.forget?.();
    let what: string | undefined;
    try {
      await makeRun(experiment, cell, finished.run, again, options);
      what = difference(tables, finished.rows, again.rows);
    } catch (error) {
      what = `fails: ${readThrown(error).message}`;
    }
    if (what !== undefined) throw carryOver(experiment, cell, finished.run, what);
  }
  watch.end();
  return { rows: recorded.rows, failures };
}

/** Throws what the run throws. */
async function makeRun(
  experiment: Experiment,
  cell: number,
  run: number,
  recorded: RecordedRows,
  { audited = [], watch, model = modelOf(experiment) }: RunsOptions,
): Promise<void> {
  try {
    await watched(watch, { cell, run }, model.kinds !== undefined, () =>
      roomOf(model, experiment).make((sized) => {
        recorded.drop(); // what an attempt without enough room has left
        const runner = runnerOf(model, sized, cell);
        runner.run(run, recorded.record);
        if (audited.includes(run)) runner.audit?.(run, recorded.record);
      }),
    );
  } catch (error) {
    kept = undefined; // whatever the error left behind
    throw error;
  }
}

/** Pools that were too small for one run are kept larger for the next. */
let room: Room<Experiment> | undefined;

function roomOf(model: RunMaker, experiment: Experiment): Room<Experiment> {
  if (room?.experiment !== experiment) room = new Room(experiment, model.enlarged);
  return room;
}

/** A world is large: a worker keeps only the one that it used last, which cells with one past share; their batches come one after another. */
let kept: { readonly experiment: Experiment; readonly cell: number; readonly runner: Runner } | undefined;

function runnerOf(model: RunMaker, experiment: Experiment, cell: number): Runner {
  if (kept !== undefined && kept.experiment === experiment) {
    if (kept.cell === cell) return kept.runner;
    if (kept.runner.turnTo?.(cell) === true) return (kept = { experiment, cell, runner: kept.runner }).runner;
  }
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

  /** The rows so far, on their own. */
  copy(): Column[][] {
    return this.rows.map((columns) => columns.map((column) => column.slice()));
  }

  drop(): void {
    this.rows.forEach((columns, i) => columns.forEach((column) => (column.length = this.#kept[i]!)));
  }
}
