/** A results folder from its making to its last file: where it is, who may write to it, and what does not belong there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UNFINISHED } from '../durable.ts';
import type { Manifest } from '../manifest.ts';
import { JOURNAL } from './journal.ts';
import type { Lock } from './lock.ts';
import { lockFolder, STALE } from './lock.ts';
import { COMPILED, HEADER, TEXT } from './order.ts';
import { OutputError } from './output-error.ts';

export const MANIFEST = 'manifest.json';

export interface OpenFolder {
  readonly path: string;
  readonly lock: Lock;
}

/**
 * Makes a folder for new results, and locks it. It may be there if it is empty. Throws OutputError where it cannot be
 * used, and leaves nothing then.
 */
export function makeResultsFolder(path: string): OpenFolder {
  const made: string[] = [];
  if (existsSync(path) && !statSync(path).isDirectory())
    throw new OutputError(`--out ${path}: there is a file of that name`);
  try {
    makeFolder(path, made);
    const lock = lockFolder(path);
    if (!isAsGoodAsEmpty(path)) {
      const unfinished = existsSync(join(path, HEADER)) && !existsSync(join(path, MANIFEST));
      lock.release();
      throw new OutputError(
        unfinished
          ? `--out ${path}: the folder holds a run that is not finished; go on with it: npx unwind resume ${path}`
          : `--out ${path}: the folder exists and is not empty`,
      );
    }
    return { path, lock };
  } catch (error) {
    for (const folder of made.reverse()) removeIfEmpty(folder);
    throw error instanceof OutputError ? error : cannotWrite(path, error);
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
  const path = join(folder, MANIFEST);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new OutputError(`${path}: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text) as Manifest;
  } catch (error) {
    throw new OutputError(
      `${path}: ${(error as Error).message}; delete it to make it anew with unwind resume`,
    );
  }
}

/** Removes what a finished folder has no use for: the journal, files that are not whole, parts that do not count. */
export function sweep(folder: string, manifest: Manifest): void {
  const wanted = new Set(manifest.parts.map(({ file }) => file));
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
