/** A results folder from its making to its last file: where it is, who may write to it, and what does not belong there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UNFINISHED } from '../durable.ts';
import type { Manifest } from '../manifest.ts';
import type { Part } from '../parts.ts';
import { holdingOf, MANIFEST } from './holding.ts';
import { JOURNAL } from './journal.ts';
import type { Lock } from './lock.ts';
import { lockFolder, STALE } from './lock.ts';
import type { Order } from './order.ts';
import { COMPILED, TEXT, writeOrder } from './order.ts';
import { OutputError } from './output-error.ts';

export interface OpenFolder {
  readonly path: string;
  readonly lock: Lock;
}

/**
 * Makes a folder for new results, and locks it. It may be there if it is empty. Throws OutputError where it cannot be
 * used, and leaves nothing then.
 */
function makeResultsFolder(path: string): OpenFolder {
  const made: string[] = [];
  if (existsSync(path) && !statSync(path).isDirectory())
    throw new OutputError(`--out ${path}: there is a file of that name`);
  try {
    makeFolder(path, made);
    const lock = lockFolder(path);
    if (!isAsGoodAsEmpty(path)) {
      lock.release();
      throw new OutputError(`--out ${path}: ${holdingOf(path) ?? 'the folder exists and is not empty'}`);
    }
    return { path, lock };
  } catch (error) {
    for (const folder of made.reverse()) removeIfEmpty(folder);
    throw error instanceof OutputError ? error : cannotWrite(path, error);
  }
}

/** The same, with what is to be done written into it. */
export function beginFolder(path: string, order: Order): OpenFolder {
  const folder = makeResultsFolder(path);
  try {
    writeOrder(path, order);
    return folder;
  } catch (error) {
    removeResults(path);
    throw cannotWrite(path, error);
  }
}

/** The path, or the first with a number behind it where nothing is. */
export function firstFree(path: string): string {
  for (let n = 1; ; n++) {
    const free = n === 1 ? path : `${path}-${n}`;
    if (!existsSync(free)) return free;
  }
}

/** Nothing in it, or what a process leaves that was killed before it had begun. */
function isAsGoodAsEmpty(path: string): boolean {
  return readdirSync(path).every(
    (name) => name.startsWith('lock') || name === TEXT || name === COMPILED || name.endsWith(UNFINISHED),
  );
}

/** Locks a folder that is there. Throws OutputError where it cannot be used. */
export function openResultsFolder(path: string): OpenFolder {
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new OutputError(`${path}: there is no such folder`);
  try {
    return { path, lock: lockFolder(path) };
  } catch (error) {
    throw error instanceof OutputError ? error : cannotWrite(path, error);
  }
}

/** Of a finished folder; undefined where there is none yet. Throws OutputError where it cannot be read. */
export function readManifest(folder: string): Manifest | undefined {
  return readLast(folder, MANIFEST) as Manifest | undefined;
}

/** The same of any file that completes a folder; `revive`: as JSON.parse takes it. */
export function readLast(
  folder: string,
  name: string,
  revive?: (key: string, value: unknown) => unknown,
): unknown {
  const path = join(folder, name);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new OutputError(`${path}: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text, revive);
  } catch (error) {
    throw new OutputError(
      `${path}: ${(error as Error).message}; delete it to make it anew with unwind resume`,
    );
  }
}

/** Removes what a finished folder has no use for: the journal, files that are not whole, parts that do not count. */
export function sweep(folder: string, parts: readonly Part[]): void {
  const wanted = new Set(parts.map(({ file }) => file));
  for (const name of readdirSync(folder)) {
    const isStray = name.endsWith('.parquet') && !wanted.has(name);
    const isLeft = name.endsWith(UNFINISHED) || name.endsWith(STALE);
    if (isStray || isLeft || name === JOURNAL) rmSync(join(folder, name), { force: true });
  }
}

/** Removes a folder without results, and the folders above it that hold nothing else. */
export function removeResults(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const above of [dirname(folder), 'results']) removeIfEmpty(above);
}

/** Makes a folder and its parents one by one: Node's own recursion never ends where a parent cannot be made (/proc). */
function makeFolder(folder: string, made: string[]): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), made);
  try {
    mkdirSync(folder);
    made.push(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was faster
  }
}

function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

function cannotWrite(path: string, error: unknown): OutputError {
  return new OutputError(`cannot write to ${path}: ${(error as Error).message}`);
}
