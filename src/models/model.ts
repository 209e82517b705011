/**
 * What a model is: a kind of experiment that the lab can run in batches. A model says what its runs are compared by
 * (cells), what one run records (columns), and how columns become results. The lab does the rest: workers, seeds,
 * storage, order.
 */
import type { Frontiers } from './compare/index.ts';
import type { CommonFields } from '../experiment/experiment.ts';
import type { Caveat } from './caveat.ts';

/** A column of a recorded table. */
export interface ColumnInfo {
  readonly name: string;
  readonly type: 'INT32' | 'DOUBLE' | 'STRING' | 'BOOLEAN';
  /** Unit, as a reader would write it: USDT, lots, µs, share, accounts … */
  readonly unit: string;
  readonly about: string;
  /** Of a DOUBLE in a table other than the first: what is unknown, NaN in a row, is null in the file. */
  readonly nullable?: boolean;
}

/** Rows of a table as columns, in the order of the ColumnInfos. */
export type Rows = (number | string | boolean)[][];

/** A table of results. */
export interface TableInfo {
  readonly name: string;
  readonly about: string;
  readonly columns: readonly ColumnInfo[];
}

/** One combination that every seed is run under. */
export interface Cell {
  /** What tells it from the others: policy, shock, … ; readable. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Appends a row to a table; one value a column. */
export type Recorder = (table: string, row: readonly (number | string | boolean)[]) => void;

/** Runs of one cell, in a worker. */
export interface Runner {
  /** Runs number `run` (0, 1, …) and records it. Everything it does follows from the experiment and `run`. */
  run(run: number, record: Recorder): void;
  /** Goes on with the runs of another cell in the world that it has; false: it cannot. */
  readonly turnTo?: (cell: number) => boolean;
  /** Keeps nothing of the runs made before: the next is made from its seed. */
  readonly forget?: () => void;
  /** Runs it once more, from the same seed, and writes its audit journal; of models that can. */
  readonly audit?: (run: number, record: Recorder) => void;
}

/**
 * The `runs` table of one cell: a Float64Array per numeric column, in run order. A column may be read from the disk at
 * first use, so look at those alone that are needed. Lost runs have no row: pair cells by `pairedRuns`.
 */
export type RunColumns = Readonly<Record<string, Float64Array>>;

/** How the runs at hand came about. */
export interface Made {
  /** Of each cell, runs that came to no end. */
  readonly lost: readonly number[];
  /** Why there are no more. */
  readonly because?: 'runs' | 'time' | 'half_width';
}

/** What a model knows of the experiments that are not its own. */
type AnyExperiment = CommonFields & { readonly model: string };

export interface Model<E extends AnyExperiment> {
  readonly name: E['model'];
  /** The tables it records; the first is `runs`, one row a run. */
  readonly tables: readonly TableInfo[];
  /** What runs that are to be audited record beside. */
  readonly auditTables?: readonly TableInfo[];
  /** Kinds of the traders that take part; of models in which traders of the user's may. */
  readonly kinds?: (experiment: E) => readonly string[];
  /** Most runs that a worker should hold the rows of; 1000 if left out. */
  readonly mostRunsPerBatch?: number;
  /** The model with the tables that this experiment asks for, where these differ; the same object for the same experiment. */
  readonly of?: (experiment: E) => Model<E>;
  /** The experiment with more rows of the pool that a setting sizes, for runs that it is too small for; undefined: no. */
  readonly enlarged?: (experiment: E, setting: string) => E | undefined;
  cells(experiment: E): readonly Cell[];
  /**
   * A text for each cell, the same for cells whose runs of one number have the same past, which a worker then makes once;
   * left out: none has.
   */
  readonly pasts?: (experiment: E) => readonly string[];
  prepare(experiment: E, cell: number): Runner;
  /**
   * Results of all cells, in the order of `cells`, of the runs that finished: a cell may have lost any of them, even all.
   * To be called through src/lab/summarise.ts, which sees to what lost runs leave of these numbers.
   */
  summarise(experiment: E, cells: readonly RunColumns[], made?: Made): Summary;
}

/** What an experiment found: plain data, ready for JSON; the terminal's tables are drawn from it. */
export interface Summary {
  /** One entry a cell. */
  readonly cells: readonly CellSummary[];
  readonly comparisons: readonly Comparison[];
  /** Cost against safety, of models that have policies, where there is more than one. */
  readonly frontier?: Frontiers;
}

/** What was found of one cell: estimates and more by name. */
export interface CellSummary {
  readonly labels: Readonly<Record<string, string>>;
  /** Number of the cell, where one has several entries: one a venue. */
  readonly cell?: number;
  /** Runs that came to an end: the results are of them. */
  readonly runs: number;
  /** Runs that failed; filled in by the lab. */
  readonly lost?: number;
  /** What must be known before the numbers are believed. */
  readonly caveats?: readonly Caveat[];
  readonly metrics: Readonly<Record<string, unknown>>;
}

/** A paired difference between two cells on the same seeds. */
interface Comparison {
  readonly labels: Readonly<Record<string, string>>;
  /** The cell compared, less this one. */
  readonly against: string;
  readonly metrics: Readonly<Record<string, unknown>>;
}
