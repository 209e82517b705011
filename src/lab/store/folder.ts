/** A results folder from its making to its last file: where it is, who may write to it, and what does not belong there. */
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unfinishedFile } from './durable.ts';
import type { Part } from './parts.ts';
import { holdingOf } from './holding.ts';
import { JOURNAL } from './journal.ts';
import type { Lock } from './lock.ts';
import { deadDrafts, LOCK, lockFolder, lockingProcess, requireUnlocked } from './lock.ts';
import type { Order } from './order.ts';
import { HEADER, writeOrder } from './order.ts';
import { OutputError } from './output-error.ts';
import { ownNames } from './own-names.ts';

export interface OpenFolder {
  readonly path: string;
  readonly lock: Lock;
  /** Folders that were made for it, the outermost first: those that go again with it. */
  readonly made: readonly string[];
}

/**
 * Makes a folder for new results, locks it, and writes into it what is to be done. It may be there if it is empty. Throws
 * OutputError where it cannot be used, and leaves nothing then.
 */
export function beginFolder(path: string, order: Order): OpenFolder {
  const folder = makeResultsFolder(path);
  try {
    writeOrder(path, order);
    return folder;
  } catch (error) {
    removeResults(folder, order);
    throw cannotWrite(path, error);
  }
}

function makeResultsFolder(path: string): OpenFolder {
  const made: string[] = [];
  if (existsSync(path) && !statSync(path).isDirectory())
    throw new OutputError(`--out ${path}: there is a file of that name`);
  let lock: Lock | undefined;
  try {
    makeFolder(path, made);
    requireEmpty(path); // before anything is written into it
    lock = lockFolder(path);
    requireEmpty(path); // another process may have been here meanwhile
    return { path, lock, made };
  } catch (error) {
    lock?.release();
    removeMade(made);
    throw error instanceof OutputError ? error : cannotWrite(path, error);
  }
}

/**
 * Throws OutputError where a folder holds anything but what a process leaves that was killed before it had begun; that is
 * removed, all but its lock.
 */
function requireEmpty(path: string): void {
  const locker = lockingProcess(path, LOCK);
  if (locker !== undefined && locker !== process.pid) requireUnlocked(path);
  const names = readdirSync(path);
  const left = leftOvers(path, names);
  if (names.some((name) => !left.has(name)))
    throw new OutputError(`--out ${path}: ${holdingOf(path) ?? 'the folder exists and is not empty'}`);
  for (const name of names) if (name !== LOCK) rmSync(join(path, name), { force: true });
}

/** Locks, each with its seal, and the order that one of their processes was writing. */
function leftOvers(path: string, names: readonly string[]): ReadonlySet<string> {
  const locks = new Map(names.map((name) => [name, lockingProcess(path, name)]));
  const left = new Set(names.filter((name) => locks.get(name) !== undefined));
  const pids = new Set(locks.values());
  for (const name of names) {
    const unfinished = unfinishedFile(name);
    if (unfinished?.finished === HEADER && pids.has(unfinished.pid)) left.add(name);
  }
  return left;
}

/** The path, or the first with a number behind it where nothing is. */
export function firstFree(path: string): string {
  for (let n = 1; ; n++) {
    const free = n === 1 ? path : `${path}-${n}`;
    if (!existsSync(free)) return free;
  }
}

/** Locks a folder that is there. Throws OutputError where it cannot be used. */
export function openResultsFolder(path: string): OpenFolder {
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new OutputError(`${path}: there is no such folder`);
  if (!existsSync(join(path, HEADER)))
    throw new OutputError(`${path}: no results folder: there is no ${HEADER} in it`);
  try {
    return { path, lock: lockFolder(path), made: [] };
  } catch (error) {
    throw error instanceof OutputError ? error : cannotWrite(path, error);
  }
}

/** Removes what a finished folder has no use for: the journal, files that are not whole, parts that do not count. */
export function sweep(folder: string, order: Order, parts: readonly Part[]): void {
  const own = ownNames(order);
  const wanted = new Set(parts.map(({ file }) => file));
  const names = readdirSync(folder);
  const drafts = new Set(deadDrafts(folder, names));
  for (const name of names) {
    const isStray = own.parts.has(name) && !wanted.has(name);
    const { finished } = unfinishedFile(name) ?? { finished: '' };
    const isUnfinished = own.parts.has(finished) || own.documents.has(finished);
    if (isStray || isUnfinished || drafts.has(name) || name === JOURNAL)
      rmSync(join(folder, name), { force: true });
  }
}

/** Removes what unwind wrote into a folder without results, and the folders that were made for it. */
export function removeResults({ path, lock, made }: OpenFolder, order: Order): void {
  sweep(path, order, []);
  for (const name of ownNames(order).documents) rmSync(join(path, name), { force: true });
  lock.release();
  removeMade(made);
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

/** Those that hold nothing, the innermost first. */
function removeMade(made: readonly string[]): void {
  for (const folder of [...made].reverse())
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

function cannotWrite(path: string, error: unknown): OutputError {
  return new OutputError(`cannot write to ${path}: ${(error as Error).message}`);
}
