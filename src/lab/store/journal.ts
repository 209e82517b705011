/**
 * Which batches are done: a line each, appended after its parts are on the disk. A process that is killed leaves at most
 * a torn last line, which does not count.
 */
import { appendFileSync, closeSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flushNames, writeWhole } from '../durable.ts';
import type { Part } from '../parts.ts';

/** A run that came to no end. */
export interface Lost {
  readonly cell: number;
  readonly run: number;
  /** Of the error: its class, and what it said. */
  readonly name: string;
  readonly message: string;
}

/** A batch that is done. */
export interface BatchRecord {
  readonly batch: number;
  /** Since the start, over all processes that worked on it, s. */
  readonly seconds: number;
  readonly parts: readonly Part[];
  readonly lost: readonly Lost[];
}

const NAME = 'journal.ndjson';

export class Journal {
  readonly #path: string;
  #file: number;

  private constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'a');
  }

  /** A journal that begins with these records. */
  static open(folder: string, records: Iterable<BatchRecord>): Journal {
    const path = join(folder, NAME);
    writeWhole(path, [...records].map((record) => `${JSON.stringify(record)}\n`).join(''));
    return new Journal(path);
  }

  /** What is written; nothing where there is no journal. */
  static read(folder: string): BatchRecord[] {
    let text: string;
    try {
      text = readFileSync(join(folder, NAME), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    return text.split('\n').flatMap((line) => recordOf(line) ?? []);
  }

  append(record: BatchRecord): void {
    flushNames(this.#path); // the parts first
    appendFileSync(this.#file, `${JSON.stringify(record)}\n`);
    fsyncSync(this.#file);
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }
}

export const JOURNAL = NAME;

function recordOf(line: string): BatchRecord | undefined {
  try {
    return JSON.parse(line) as BatchRecord;
  } catch {
    return undefined;
  }
}
