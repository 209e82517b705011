/** Results of an experiment, read from their folder: estimates, and the rows of all runs as columns. */
import { ConfigError } from '../core/errors.ts';
import { suggestion } from '../experiment/nearest.ts';
import { requireManifest } from '../lab/store/finished.ts';
import type { Manifest } from '../lab/store/manifest.ts';
import { readTable } from '../lab/store/parts.ts';
import type { CellSummary, ColumnInfo, Summary, TableInfo } from '../models/model.ts';
import type { Estimate } from '../stats/estimate.ts';

/** One value a row: numbers that may be fractions (unknown: NaN), whole numbers, texts, yes or no. */
export type ColumnValues = Float64Array | Int32Array | readonly string[] | readonly boolean[];

/** Which cells or rows are meant, by what they say: `{ policy: 'binance' }`. */
export type Where = Readonly<Record<string, string | number | boolean>>;

/** Rows of a table as columns, in the order of cells and runs. */
export class Table {
  readonly name: string;
  readonly rows: number;
  /** Names, types, units and meanings of the columns. */
  readonly info: readonly ColumnInfo[];
  readonly columns: Readonly<Record<string, ColumnValues>>;

  constructor({ name, columns: info }: TableInfo, rows: readonly Readonly<Record<string, unknown>>[]) {
    this.name = name;
    this.rows = rows.length;
    this.info = info;
    this.columns = Object.fromEntries(info.map((column) => [column.name, valuesOf(column, rows)]));
  }

  /** A column of numbers, in the unit that `info` says. Throws ConfigError where there is none of that name. */
  numbers(name: string): Float64Array {
    const found = this.#of(name);
    if (found instanceof Float64Array) return found;
    if (found instanceof Int32Array) return Float64Array.from(found);
    throw new ConfigError([], `column ${name} of table ${this.name} holds no numbers`);
  }

  /** A column of texts. Throws ConfigError where there is none of that name. */
  texts(name: string): readonly string[] {
    const found = this.#of(name);
    if (Array.isArray(found) && this.info.find((one) => one.name === name)!.type === 'STRING')
      return found as readonly string[];
    throw new ConfigError([], `column ${name} of table ${this.name} holds no texts`);
  }

  #of(name: string): ColumnValues {
    const names = this.info.map((column) => column.name);
    if (names.includes(name)) return this.columns[name]!;
    throw new ConfigError([], `table ${this.name} has no column ${name}; ${suggestion(name, names)}`);
  }
}

/** What a finished run of an experiment found. */
export class Results {
  readonly folder: string;
  readonly experiment: string;
  readonly question: string;
  readonly seed: string;
  /** Of all rows: the same for the same experiment, whatever the number of workers. */
  readonly hash: string;
  /** Estimates of each cell (a policy under a shock), and paired differences between policies. */
  readonly summary: Summary;
  /** Runs that came to no end: cell, run, name and message of the error. */
  readonly failures: Manifest['failures'];
  /** What there is to read: tables with their columns, and what these mean. */
  readonly tables: readonly TableInfo[];
  readonly #manifest: Manifest;

  constructor(folder: string, manifest: Manifest) {
    this.folder = folder;
    this.experiment = manifest.experiment;
    this.question = manifest.question;
    this.seed = manifest.seed;
    this.hash = manifest.results_hash;
    this.summary = manifest.summary;
    this.failures = manifest.failures;
    this.tables = manifest.tables;
    this.#manifest = manifest;
  }

  /** The first cell whose labels say so. Throws ConfigError where there is none. */
  cell(where: Where = {}): CellSummary {
    const { cells } = this.summary;
    const found = cells.find(({ labels }) => isOf(labels, where));
    if (found !== undefined) return found;
    const known = cells.map(({ labels }) => JSON.stringify(labels)).join(', ');
    throw new ConfigError([], `there is no cell ${JSON.stringify(where)}; there are ${known}`);
  }

  /**
   * An estimate of a cell with its 95 % interval; NaN: unknown. Throws ConfigError where there is no such cell or metric.
   */
  estimate(metric: string, where: Where = {}): Estimate {
    const { metrics } = this.cell(where);
    const found = metrics[metric];
    // JSON has no NaN: what is unknown is null there.
    if (typeof found === 'object' && found !== null && 'value' in found) {
      const { value, low, high } = found as Readonly<Record<keyof Estimate, number | null>>;
      return { value: value ?? NaN, low: low ?? NaN, high: high ?? NaN };
    }
    throw new ConfigError([], `there is no metric ${metric}; ${suggestion(metric, Object.keys(metrics))}`);
  }

  /**
   * Rows of a table: all, or those whose columns have these values. The table `runs` has one row for each run of each cell; a lost
   * run has none. Rejects with ConfigError where there is no such table or column, OutputError where a file of it is damaged.
   */
  async table(name = 'runs', where: Where = {}): Promise<Table> {
    const info = this.tables.find((table) => table.name === name);
    if (info === undefined)
      throw new ConfigError(
        [],
        `there is no table ${name}; ${suggestion(
          name,
          this.tables.map((table) => table.name),
        )}`,
      );
    const names = info.columns.map((column) => column.name);
    const unknown = Object.keys(where).find((key) => !names.includes(key));
    if (unknown !== undefined)
      throw new ConfigError([], `table ${name} has no column ${unknown}; ${suggestion(unknown, names)}`);
    const rows: Readonly<Record<string, unknown>>[] = [];
    for (const part of this.#manifest.parts) {
      if (part.table !== name) continue;
      for (const row of await readTable(this.folder, part)) if (isOf(row, where)) rows.push(row);
    }
    return new Table(info, rows);
  }
}

/**
 * Results that lie in a folder, by `unwind run` or by runExperiment. Runs no code of theirs. Throws OutputError where the folder
 * holds no finished run, or is damaged.
 */
export function openResults(folder: string): Results {
  return new Results(folder, requireManifest(folder));
}

function isOf(values: Readonly<Record<string, unknown>>, where: Where): boolean {
  return Object.entries(where).every(([name, value]) => values[name] === value);
}

function valuesOf(
  { name, type }: ColumnInfo,
  rows: readonly Readonly<Record<string, unknown>>[],
): ColumnValues {
  const numbers = (row: Readonly<Record<string, unknown>>): number => Number(row[name] ?? NaN);
  if (type === 'DOUBLE') return Float64Array.from(rows, numbers);
  if (type === 'INT32') return Int32Array.from(rows, numbers);
  return rows.map((row) => row[name]) as string[] | boolean[];
}
