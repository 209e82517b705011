/** Work that did not come to its end and can go on: what is said then. */
import { shellCommand } from './shell-command.ts';

/** A pool was told to stop. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** It did not come to its end, and can go on: at a signal, or where the disk does not take any more. */
export class UnfinishedError extends Error {
  override readonly name = 'UnfinishedError';
  /** True: it was told to stop. */
  readonly isStopped: boolean;

  constructor(folder: string, why: string, kept: string, isStopped: boolean) {
    super(`${why}; ${kept} are kept. Go on with: ${shellCommand('resume', folder)}`);
    this.isStopped = isStopped;
  }
}

/** What the disk says when it does not take any more. */
const FULL: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'a file would be larger than is allowed',
  EROFS: 'the disk can only be read',
  EACCES: 'a file cannot be written (no permission)',
  EIO: 'the disk does not work',
  ENOENT: 'a file or the folder is gone',
  EISDIR: 'a folder stands in the place of a file',
};

/** The error to report of work on a folder: an UnfinishedError where it can go on, else itself. `kept`: `12 runs`. */
export function asUnfinished(error: unknown, path: string, kept: string): unknown {
  if (error instanceof Stopped) return new UnfinishedError(path, 'stopped', kept, true);
  const { code = '', message } = error as NodeJS.ErrnoException;
  const why = FULL[code];
  const isElsewhere = message.includes("'") && !message.includes(path);
  return why === undefined || isElsewhere ? error : new UnfinishedError(path, `${path}: ${why}`, kept, false);
}
