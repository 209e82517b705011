/** Files that are there whole or not at all, whatever happens meanwhile: written under another name, flushed, renamed. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { threadId } from 'node:worker_threads';

/** Ends the names of files that are not whole yet. */
export const UNFINISHED = '.part';

/** What a name of a file that is not whole says: which file it becomes, and which process writes it. */
export function unfinishedFile(
  name: string,
): { readonly finished: string; readonly pid: number } | undefined {
  const [, finished, pid] = /^(.+)\.(\d+)-\d+\.part$/.exec(name) ?? [];
  return finished === undefined ? undefined : { finished, pid: Number(pid) };
}

/** Writes a file and flushes it to the disk. Throws what the system says (ENOSPC, EACCES, …), and leaves nothing. */
export function writeWhole(path: string, bytes: Uint8Array | string): void {
  // Each thread under a name of its own: one that was ended may have left its file open.
  const temporary = `${path}.${process.pid}-${threadId}${UNFINISHED}`;
  try {
    writeNew(temporary, bytes);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes a file and flushes it. Never into what is there already: a link of that name could lead anywhere. */
export function writeNew(path: string, bytes: Uint8Array | string): void {
  rmSync(path, { force: true });
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Flushes the names in the folder of a file: only then a rename outlives a power cut. */
export function flushNames(path: string): void {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } catch (error) {
    // Not every system can flush a folder.
    if (!['EISDIR', 'EINVAL', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    closeSync(folder);
  }
}
