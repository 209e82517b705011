/**
 * What of a results folder's work is done: a line each, appended after its files are on the disk, with a checksum. A
 * process that is killed leaves at most a torn last line, which does not count.
 */
import { appendFileSync, closeSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flushNames, writeWhole } from '../durable.ts';
import type { Lost } from '../failed-run.ts';
import type { Part } from '../parts.ts';
import { sha256 } from '../parts.ts';

/** A batch that is done. */
export interface BatchRecord {
  readonly batch: number;
  /** Since the start, over all processes that worked on it, s. */
  readonly seconds: number;
  readonly parts: readonly Part[];
  readonly lost: readonly Lost[];
}

const NAME = 'journal.ndjson';

/** Of records that JSON can hold: batches of a run, points of a design. */
export class Journal<Entry> {
  readonly #path: string;
  #file: number;

  private constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'a');
  }

  /** A journal that begins with these records. */
  static open<Entry>(folder: string, records: readonly Entry[]): Journal<Entry> {
    const path = join(folder, NAME);
    writeWhole(path, Buffer.concat(records.map((record) => Buffer.from(lineOf(record)))));
    return new Journal(path);
  }

  /** What is written; nothing where there is no journal. */
  static read<Entry>(folder: string): Entry[] {
    let bytes: Buffer;
    try {
      bytes = readFileSync(join(folder, NAME));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    return linesOf(bytes).flatMap((line) => recordOf(line) ?? []) as Entry[];
  }

  append(record: Entry): void {
    flushNames(this.#path); // the parts first
    appendFileSync(this.#file, lineOf(record));
    fsyncSync(this.#file);
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }
}

export const JOURNAL = NAME;

function lineOf(record: unknown): string {
  const text = JSON.stringify(record);
  return `{"sha256":"${sha256(text)}","record":${text}}\n`;
}

const LINE = /^\{"sha256":"([0-9a-f]{64})","record":(.*)\}$/;

function recordOf(line: string): unknown {
  const [, hash, text] = LINE.exec(line) ?? [];
  return text !== undefined && sha256(text) === hash ? JSON.parse(text) : undefined;
}

/** One by one: all of them may be more than a string can hold. */
function linesOf(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf('\n', from);
    const to = end < 0 ? bytes.length : end;
    lines.push(bytes.toString('utf8', from, to));
    from = to + 1;
  }
  return lines;
}
