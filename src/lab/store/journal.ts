/**
 * What of a results folder's work is done: a line each, appended after its files are on the disk, with its number and a
 * checksum. A process that is killed leaves at most a torn last line, which does not count.
 */
import { appendFileSync, closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { flushNames, writeWhole } from './durable.ts';
import type { Lost } from './failed-run.ts';
import type { Part } from './parts.ts';
import { sha256 } from './sha256.ts';
import { readOwn } from './own-file.ts';

/** A batch that is done. */
export interface BatchRecord {
  readonly batch: number;
  /** Since the start, over all processes that worked on it, s. */
  readonly seconds: number;
  readonly parts: readonly Part[];
  readonly lost: readonly Lost[];
}

export const JOURNAL = 'journal.ndjson';

export interface JournalRead<Entry> {
  readonly records: Entry[];
  /** Lines in its midst are missing, or are not as they were written: it lacks what they told of. */
  readonly isDamaged: boolean;
}

/** Of records that JSON can hold: batches of a run, points of a design. */
export class Journal<Entry> {
  readonly #path: string;
  #file: number;
  #lines: number;

  private constructor(path: string, lines: number) {
    this.#path = path;
    this.#lines = lines;
    this.#file = openSync(path, 'a');
  }

  /** A journal that begins with these records. */
  static open<Entry>(folder: string, records: readonly Entry[]): Journal<Entry> {
    const path = join(folder, JOURNAL);
    writeWhole(path, Buffer.concat(records.map((record, i) => Buffer.from(lineOf(record, i)))));
    return new Journal(path, records.length);
  }

  /** What is written, in order; undefined where there is no journal. A record of another shape does not count. */
  static read<S extends z.ZodType>(folder: string, shape: S): JournalRead<z.output<S>> | undefined {
    const bytes = readOwn(folder, JOURNAL);
    if (bytes === undefined) return undefined;
    const lines = linesOf(bytes);
    const last = lines.pop()!; // torn, or empty
    const records: z.output<S>[] = [];
    let [next, isDamaged] = [0, false];
    [...lines, last].forEach((line, i) => {
      const { number, record } = recordOf(line) ?? { number: -1, record: undefined };
      const shaped = shape.safeParse(record);
      if (shaped.success) records.push(shaped.data);
      const isLast = i === lines.length; // or torn, or nothing
      if (!isLast || shaped.success) isDamaged ||= !shaped.success || number !== next++;
    });
    return { records, isDamaged };
  }

  append(record: Entry): void {
    flushNames(this.#path); // the parts first
    appendFileSync(this.#file, lineOf(record, this.#lines++));
    fsyncSync(this.#file);
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }
}

function lineOf(record: unknown, number: number): string {
  const text = JSON.stringify(record);
  return `{"line":${number},"sha256":"${sha256(`${number} ${text}`)}","record":${text}}\n`;
}

const LINE = /^\{"line":(\d+),"sha256":"([0-9a-f]{64})","record":(.*)\}$/;

function recordOf(line: string): { readonly number: number; readonly record: unknown } | undefined {
  const [, number, hash, text] = LINE.exec(line) ?? [];
  const isWhole = text !== undefined && sha256(`${number!} ${text}`) === hash;
  return isWhole ? { number: Number(number), record: JSON.parse(text) } : undefined;
}

/** One by one: all of them may be more than a string can hold. The last is what stands after the last line's end. */
function linesOf(bytes: Buffer): string[] {
  const lines: string[] = [];
  let from = 0;
  for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', from)) {
    lines.push(bytes.toString('utf8', from, end));
    from = end + 1;
  }
  lines.push(bytes.toString('utf8', from));
  return lines;
}
