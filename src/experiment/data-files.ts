/**
 * Data files that an experiment names, relative to its own folder: read once, checked line by line, and
 * listed with their hashes so that a result can say what it was made from.
 */
import { createHash } from 'node:crypto';
import type { CsvTable } from './data/csv.ts';
import { readTable } from './data/csv.ts';
import { DataFolder } from './data/data-folder.ts';
import type { PriceSeries } from './data/price-series.ts';
import { readPrices, stepWarning } from './data/price-series.ts';
import { MOST_DATA_BYTES, MOST_EXPERIMENT_BYTES, readRegularFile } from './data/regular-file.ts';
import { readTiers } from './data/tiers.ts';
import { textOf } from './text.ts';

/** A file that an experiment was read from. */
export interface Input {
  /** As it was opened: relative to the working folder if the experiment file was given so. */
  readonly file: string;
  readonly sha256: string;
  /** Of a data file, in words: what it holds, in which columns; of prices the unit of their times, from when to when, and gaps. */
  readonly read_as?: string;
  /** True: prices, whose times are told apart by their size; what they were read as is said beside the results. */
  readonly is_series?: boolean;
}

/** Bytes of files by their paths. */
export type Contents = ReadonlyMap<string, Uint8Array>;

export interface DataOptions {
  /** Of files that are not read again, whatever they are now. */
  readonly contents?: Contents | undefined;
  /** Folders beside the experiment's own in which data files may lie. */
  readonly roots?: readonly string[] | undefined;
}

export class DataFiles {
  readonly #inputs = new Map<string, Input>();
  readonly #warnings = new Set<string>();
  readonly #series = new Map<string, PriceSeries>();
  readonly #folder: DataFolder;
  readonly #contents: Map<string, Uint8Array>;

  constructor(experimentFile: string, { contents = new Map(), roots = [] }: DataOptions = {}) {
    this.#folder = new DataFolder(experimentFile, roots);
    this.#contents = new Map(contents);
  }

  /** Of all files that were read. */
  get contents(): Contents {
    return this.#contents;
  }

  /** All files that were read, in that order. */
  get inputs(): readonly Input[] {
    return [...this.#inputs.values()];
  }

  /** What is odd about them, but no error: a sentence each. */
  get warnings(): readonly string[] {
    return [...this.#warnings];
  }

  /** Text of a file named in the experiment. Throws ConfigError when there is none, or where it must not be read. */
  text(reference: string): { readonly file: string; readonly text: string } {
    const file = this.#folder.pathOf(reference);
    if (!this.#contents.has(file)) this.#folder.requireInside(reference);
    return { file, text: this.read(file, MOST_DATA_BYTES) };
  }

  /** Text of a file by its path. Throws ConfigError when there is none. */
  read(file: string, most = MOST_EXPERIMENT_BYTES): string {
    const bytes = this.#contents.get(file) ?? readRegularFile(file, most);
    this.#contents.set(file, bytes);
    if (!this.#inputs.has(file))
      this.#inputs.set(file, { file, sha256: createHash('sha256').update(bytes).digest('hex') });
    return textOf(file, bytes);
  }

  /** Rows of a CSV file; `expected`: what they should hold, for messages. Throws ConfigError. */
  csv(reference: string, expected: readonly string[]): CsvTable {
    const { file, text } = this.text(reference);
    return readTable(file, text, expected);
  }

  /**
   * A series of prices: rows of time and price, in the order of time. Where their times contradict `step_us` there is a
   * warning.
   */
  prices(reference: string, step_us?: number): Float64Array {
    const series = this.#seriesOf(reference);
    const warning = step_us === undefined ? undefined : stepWarning(series, step_us);
    if (warning !== undefined) this.warn(warning);
    return series.prices;
  }

  warn(sentence: string): void {
    this.#warnings.add(sentence);
  }

  #seriesOf(reference: string): PriceSeries {
    const known = this.#series.get(reference);
    if (known !== undefined) return known;
    const { file, text } = this.text(reference);
    const series = readPrices(file, text);
    this.#series.set(reference, series);
    this.#inputs.set(file, { ...this.#inputs.get(file)!, read_as: series.readAs, is_series: true });
    return series;
  }

  /** What a file was read as; of one that is read for several things all of them. */
  readAs(file: string, words: string): void {
    const input = this.#inputs.get(file)!;
    const { read_as } = input;
    if (read_as?.split('; ').includes(words) === true) return;
    this.#inputs.set(file, { ...input, read_as: read_as === undefined ? words : `${read_as}; ${words}` });
  }

  /** A table of margin tiers: `file.json#NAME`. Throws ConfigError. */
  tiers(reference: string): number[][] {
    const [path, name] = reference.split('#', 2) as [string, string | undefined];
    const { file, text } = this.text(path);
    const rows = readTiers(file, text, path, name);
    this.readAs(file, `${rows.length} tiers${name === undefined ? '' : ` of ${name}`}`);
    return rows;
  }
}
