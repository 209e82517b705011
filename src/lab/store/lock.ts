/**
 * One process at a time writes to a results folder: a file says which. It is made whole by one system call, so that of
 * two processes one gets it; that of a process which is gone is taken over.
 */
import {
  constants,
  copyFileSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UNFINISHED } from '../durable.ts';
import { OutputError } from './output-error.ts';

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system says it: a number of a process is used again; empty where unknown. */
  readonly began: string;
}

const NAME = 'lock';
/** Ends the name of a lock that is being taken over. */
export const STALE = '.stale';

export interface Lock {
  release(): void;
}

/** Throws OutputError where another process has it, and what the system says where the folder cannot be written. */
export function lockFolder(folder: string): Lock {
  const path = join(folder, NAME);
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), began: beganAt(process.pid) });
  const draft = join(folder, `${NAME}.${process.pid}${UNFINISHED}`);
  try {
    for (;;) {
      writeFileSync(draft, mine); // each time: another process that finishes here sweeps what is not whole
      if (linked(draft, path)) break;
      const text = readIfThere(path);
      if (text === undefined) continue; // released meanwhile
      const owner = ownerOf(text);
      if (owner !== undefined && isAlive(owner)) throw new OutputError(takenBy(folder, owner));
      removeStale(path, text);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release() {
      if (readIfThere(path) === mine) rmSync(path, { force: true });
    },
  };
}

function takenBy(folder: string, { pid, host }: Owner): string {
  return host === hostname()
    ? `${folder}: process ${pid} is writing to it`
    : `${folder}: process ${pid} on ${host} is writing to it; if it is gone, delete ${join(folder, NAME)}`;
}

/** False where there is one already, or where the draft is gone. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP') throw error;
  }
  try {
    copyFileSync(draft, path, constants.COPYFILE_EXCL); // a file system without links
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Another process may take the stale lock over at the same moment: only what was read is removed. */
function removeStale(path: string, text: string): void {
  const aside = `${path}.${process.pid}${STALE}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== text) linked(aside, path);
  unlinkSync(aside);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function ownerOf(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

/** Of another host nothing can be known. */
function isAlive({ pid, host, began }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  return began === '' || began === beganAt(pid);
}

/** Boot of the machine and start of the process in ticks since then, where /proc tells them. */
function beganAt(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name in brackets may hold spaces; the start is the 20th field after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return `${boot} ${fields[19]!}`;
  } catch {
    return '';
  }
}
