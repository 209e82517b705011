/**
 * Data files that an experiment names, relative to its own folder: read once, checked line by line, and
 * listed with their hashes so that a result can say what it was made from.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { tierRowsSchema } from '../../sim/policy.ts';
import { validate } from './issues.ts';
import { suggestion } from './nearest.ts';
import { ExperimentError, ExperimentProblems, Problems } from './problems.ts';
import { Source } from './source.ts';
import { textOf } from './text.ts';

/** A file that an experiment was read from. */
export interface Input {
  /** As it was opened: relative to the working folder if the experiment file was given so. */
  readonly file: string;
  readonly sha256: string;
}

/** One row of a CSV file, with the place to name when it is wrong. */
export interface CsvRow {
  readonly fields: readonly string[];
  /** Throws an error at this line. */
  readonly fail: (what: string) => never;
}

/** Bytes of files by their paths. */
export type Contents = ReadonlyMap<string, Uint8Array>;

export class DataFiles {
  readonly inputs: Input[] = [];
  readonly #folder: string;
  readonly #contents: Map<string, Uint8Array>;

  /** `contents`: of files that are not read again, whatever they are now. */
  constructor(experimentFile: string, contents: Contents = new Map()) {
    this.#folder = dirname(experimentFile);
    this.#contents = new Map(contents);
  }

  /** Of all files that were read. */
  get contents(): Contents {
    return this.#contents;
  }

  /** Text of a file named in the experiment. Throws ConfigError when there is none. */
  text(reference: string): { readonly file: string; readonly text: string } {
    const file = join(this.#folder, reference);
    return { file, text: this.read(file) };
  }

  /** Text of a file by its path. Throws ConfigError when there is none. */
  read(file: string): string {
    const bytes = this.#contents.get(file) ?? bytesOf(file);
    this.#contents.set(file, bytes);
    if (!this.inputs.some((input) => input.file === file))
      this.inputs.push({ file, sha256: createHash('sha256').update(bytes).digest('hex') });
    return textOf(file, bytes);
  }

  /**
   * Rows of a CSV file with at least `columns` fields. A first line whose field `number` is no number is its
   * header; empty lines and lines that begin with # are passed over.
   */
  csv(reference: string, columns: readonly string[], number: number): CsvRow[] {
    const { file, text } = this.text(reference);
    const rows: CsvRow[] = [];
    text.split('\n').forEach((line, i) => {
      const fields = line.split(',').map((field) => field.trim());
      if (line.trim() === '' || line.startsWith('#')) return;
      const fail = (what: string): never => {
        throw new ConfigError([], `${file}:${i + 1}  ${what}`);
      };
      if (i === 0 && fields.length >= columns.length && Number.isNaN(Number(fields[number]))) return;
      if (fields.length < columns.length) fail(`needs ${columns.join(',')}, got ${line.trim().slice(0, 40)}`);
      rows.push({ fields, fail });
    });
    if (rows.length === 0) throw new ConfigError([], `${file}:1  needs rows of ${columns.join(',')}`);
    return rows;
  }

  /** A series of prices: rows of time and price, in the order of time. */
  prices(reference: string): Float64Array {
    let before = -Infinity;
    const prices = this.csv(reference, ['time', 'price'], 1).map(({ fields, fail }) => {
      const [time, price] = [Number(fields[0]), Number(fields[1])];
      if (fields[0] === '' || Number.isNaN(time)) fail(`needs a time, got ${fields[0]!}`);
      if (!(time > before)) fail(`needs times in rising order, got ${fields[0]!} after ${before}`);
      if (!(price > 0 && price < Infinity)) fail(`needs a price above 0, got ${fields[1]!}`);
      before = time;
      return price;
    });
    if (prices.length < 2) throw new ConfigError([], `${reference} has one price; it needs two at least`);
    return Float64Array.from(prices);
  }

  /**
   * A table of margin tiers: a JSON (or YAML) file that is the table itself, or has tables by name, at its
   * top or under `tiers`; `file.json#NAME` picks one.
   */
  tiers(reference: string): number[][] {
    try {
      return this.#tiers(reference);
    } catch (error) {
      // A place in the tier file is part of the message, not of the experiment's path.
      if (error instanceof ExperimentProblems) throw new ConfigError([], error.summary);
      if (error instanceof ExperimentError) throw new ConfigError([], error.message);
      throw error;
    }
  }

  #tiers(reference: string): number[][] {
    const [path, name] = reference.split('#', 2) as [string, string | undefined];
    const { file, text } = this.text(path);
    const source = new Source(file, text);
    for (const { label, path: at, what } of source.complaints) throw new ExperimentError(label, at, what);
    const top = source.value();
    const record = z.record(z.string(), z.unknown()).safeParse(top).data;
    const inner = record && z.record(z.string(), z.unknown()).safeParse(record['tiers']).data;
    const tables = inner ?? record;
    const where: string[] = [];
    let table: unknown = top;
    if (tables !== undefined) {
      const names = Object.keys(tables).filter((key) => Array.isArray(tables[key]));
      if (name === undefined) {
        throw new ConfigError([], `must name one table of the file: ${path}#${names[0] ?? 'NAME'}`);
      }
      if (!names.includes(name)) {
        throw new ConfigError([], `${file} has no table ${name}; ${suggestion(name, names)}`);
      }
      where.push(...(inner === undefined ? [name] : ['tiers', name]));
      table = tables[name];
    } else if (name !== undefined) {
      throw new ConfigError([], `${file} is one table; it has none named ${name}`);
    }
    const problems = new Problems(source);
    const rows = validate(tierRowsSchema, table, where, problems);
    problems.check();
    return rows!;
  }
}

function bytesOf(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file)); // not a piece of a pool
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError([], code === 'ENOENT' ? `no such file: ${file}` : `cannot read ${file}: ${code}`);
  }
}
